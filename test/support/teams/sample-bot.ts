import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json as bodyOf } from 'node:stream/consumers';
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  type Activity,
  CardFactory,
  type ConversationReference,
  MessageFactory,
  TeamsInfo,
  TurnContext,
} from 'botbuilder';

/** What the bot got, in order. */
export interface Heard {
  readonly type: string;
  readonly name: string | undefined;
  readonly activity: Partial<Activity>;
}

export interface SampleBot {
  readonly url: string;
  readonly heard: Heard[];
  /** Speaks first, to where it was spoken to last. */
  says(text: string): Promise<void>;
  stop(): Promise<void>;
}

const action = (title: string, data: object) => ({
  type: 'Action.Execute',
  verb: 'press',
  title,
  data,
  fallback: { type: 'Action.Submit', title, data },
});

const words = (text: string, color?: string) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...(color ? { color } : {}) }],
});

const cardOf = (body: object[], actions: object[] = []) =>
  CardFactory.adaptiveCard({ type: 'AdaptiveCard', version: '1.5', body, actions });

const messageOf = (text: string, actions: object[] = []) => ({
  type: 'message',
  summary: text,
  attachments: [cardOf([words(text)], actions)],
});

/** A form with a search and a typed field. */
const form = (email = '', fault = '') => {
  const user = {
    type: 'Input.ChoiceSet',
    id: 'user',
    label: 'User',
    isRequired: true,
    errorMessage: 'Whom?',
    choices: [{ title: 'Nobody yet', value: ' ' }],
    'choices.data': { type: 'Data.Query', dataset: 'form/user' },
  };
  const typed = { type: 'Input.Text', id: 'email', label: 'Email', value: email };
  const card = cardOf(
    [user, typed, ...(fault ? [words(fault, 'attention')] : [])],
    [{ type: 'Action.Submit', title: 'Verify account', data: { form: 'form' } }],
  );
  return { task: { type: 'continue', value: { title: 'Verify', card } } };
};

/** A small bot on Microsoft's own adapter, to try a test's Teams with. */
export async function startSampleBot(): Promise<SampleBot> {
  const adapter = new TeamsAdapter();
  const heard: Heard[] = [];
  let last: Partial<ConversationReference> = {};

  async function turn(context: TurnContext): Promise<void> {
    const { activity } = context;
    heard.push({ type: activity.type, name: activity.name, activity: structuredClone(activity) });
    last = TurnContext.getConversationReference(activity);
    if (activity.type === 'invoke') {
      const body = await invoked(context);
      await context.sendActivity({
        type: 'invokeResponse',
        value: body ? { status: 200, body } : { status: 501 },
      });
    } else if (activity.type === 'message') {
      await (activity.value ? pressed(context, activity.value) : written(context));
    }
  }

  async function written(context: TurnContext): Promise<void> {
    const text = TurnContext.removeRecipientMention(context.activity)?.replaceAll('&nbsp;', ' ').trim() ?? '';
    const [file] = context.activity.attachments ?? [];
    if (file?.contentType.includes('file.download.info')) {
      const bytes = await (await fetch(file.content.downloadUrl)).text();
      await context.sendActivity(`A file of ${bytes.length}`);
    } else if (text === 'who') {
      const { name, email, userRole } = await TeamsInfo.getMember(context, context.activity.from.id);
      await context.sendActivity(`${name} ${email ?? 'without address'} ${userRole}`);
    } else if (text === 'post') {
      const question = {
        type: 'AdaptiveCard',
        body: [words('Sure?')],
        actions: [action('Yes', { press: 'stop' })],
      };
      const stop = { type: 'Action.ShowCard', title: 'Stop', card: question };
      await context.sendActivity(messageOf('Start?', [action('Start now', { press: 'start' }), stop]));
    } else if (text === 'form') {
      const data = { press: 'form', msteams: { type: 'task/fetch' } };
      await context.sendActivity(messageOf('A form', [{ type: 'Action.Submit', title: 'Open', data }]));
    } else if (text === 'file') {
      const content = {
        description: 'Yours',
        sizeInBytes: 3,
        acceptContext: { a: 1 },
        declineContext: { a: 2 },
      };
      const contentType = 'application/vnd.microsoft.teams.card.file.consent';
      await context.sendActivity({
        type: 'message',
        summary: 'A file',
        attachments: [{ contentType, name: 'rows.csv', content }],
      });
    } else await context.sendActivity(`You said: ${text}`);
  }

  async function pressed(context: TurnContext, { press }: { press: string }): Promise<void> {
    const id = context.activity.replyToId ?? '';
    if (press === 'start') await context.updateActivity({ ...messageOf('Started by press'), id });
    else await context.deleteActivity(id);
  }

  async function invoked(context: TurnContext): Promise<object | undefined> {
    const { name, value } = context.activity;
    switch (name) {
      case 'adaptiveCard/action':
        await pressed(context, value.action.data);
        return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Thanks' };
      case 'task/fetch':
        return form();
      case 'task/submit':
        if (!value.data.email.includes('@')) return form(value.data.email, 'Not an address');
        await context.sendActivity(MessageFactory.text(`Form: ${value.data.user} ${value.data.email}`));
        return {};
      case 'application/search': {
        const results = [{ title: `Anna Svensson ${value.queryText}`, value: 'anna' }];
        return { type: 'application/vnd.microsoft.search.searchResponse', value: { results } };
      }
      case 'fileConsent/invoke':
        if (value.action === 'accept') await handOver(context, value.uploadInfo);
        return {};
      default:
        return undefined;
    }
  }

  async function handOver(
    context: TurnContext,
    { uploadUrl, uniqueId, contentUrl, name }: Record<string, string>,
  ): Promise<void> {
    const headers = { 'content-range': 'bytes 0-2/3' };
    await fetch(uploadUrl ?? '', { method: 'PUT', body: 'a;b', headers });
    await context.sendActivity({
      type: 'message',
      summary: 'Here it is',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.teams.card.file.info',
          name: name ?? '',
          contentUrl: contentUrl ?? '',
          content: { uniqueId, fileType: 'csv' },
        },
      ],
    });
  }

  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const asExpress = {
      header: (field: string, value: string) => response.setHeader(field, value),
      status: (code: number) => {
        response.statusCode = code;
      },
      send(said: object) {
        response.setHeader('content-type', 'application/json').write(JSON.stringify(said));
      },
      end: () => response.end(),
      socket: undefined,
    };
    await adapter.process(
      Object.assign(request, { body, header: undefined }) as never,
      asExpress as never,
      turn,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: urlOf(server),
    heard,
    says: (text) =>
      adapter.continueConversationAsync('', last, async (context) => {
        await context.sendActivity(text);
      }),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
