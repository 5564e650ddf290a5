import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { pino } from 'pino';
import { administrator } from '../../src/core/access.ts';
import type { Answer, Command, DroppedFile, Place, Request } from '../../src/core/command.ts';
import { createDispatch } from '../../src/core/dispatch.ts';
import { keepButtons } from '../../src/core/keep.ts';
import type { Attempt, Origin, Owner, StoredPress } from '../../src/core/ports.ts';
import { registry } from '../../src/core/registry.ts';
import type { MessageView, View } from '../../src/core/view.ts';
import { refuse } from '../../src/errors.ts';
import type { Text } from '../../src/rules/language.ts';
import { type Token, tokenText } from '../../src/rules/line.ts';
import { createSlackDoor, type SlackDoor } from '../../src/slack/door.ts';
import { limits } from '../../src/slack/limits.ts';
import type { EventStore } from '../../src/slack/listen.ts';
import { channels, people, team } from '../support/people.ts';
import { type Slack, type SlackOptions, startSlack } from '../support/slack.ts';

/** The door on a Slack of our own, with real dispatch before commands made for it. */
export interface House {
  slack: Slack;
  door: SlackDoor;
  /** Where the door listens. */
  url: string;
  /** Every line that ran, as a command was given it, and where. */
  ran: { line: string; place: Place; platformId: string }[];
  dropped: DroppedFile[];
  /** Ids of kept events, in the order of their first coming. */
  kept: string[];
  attempts: Attempt[];
  /** The log, one object a line. */
  logged: Record<string, unknown>[];
  /** Posts the question of \`ask\` in a channel, for anybody to press. */
  asks(channel: string): Promise<void>;
  /** What the store of events does next: fails so many times. */
  failStore(times: number): void;
  stop(): Promise<void>;
}

interface HouseOptions extends Partial<SlackOptions> {
  /** Told of the Slack before the door opens. */
  before?: (slack: Slack) => void | Promise<void>;
}

const both = (text: string): Text => ({ sv: text, en: text });

/** A command from what it answers; anybody may use it. */
function command(
  name: string,
  run: (request: Request, words: string[]) => Promise<Answer[]> | Answer[],
  more: Partial<Command> = {},
): Command {
  return {
    name,
    swedish: [],
    summary: both(name),
    usage: [both(name)],
    examples: [],
    permission: () => null,
    run: async (request, args: readonly Token[]) => run(request, args.map(tokenText)),
    ...more,
  };
}

const note = (text: string): MessageView => ({ kind: 'note', tone: 'plain', text });

/** What `ask` answers: a question with buttons. */
const question: MessageView = {
  kind: 'note',
  tone: 'plain',
  text: 'Shall I?',
  actions: [
    { label: 'Confirm', line: 'say "It is done" replace', acting: true, style: 'primary' },
    { label: 'Whisper', line: 'say "Only you, Anna" replace', acting: false },
    { label: 'Form', line: 'form', acting: false },
    { label: 'Page', url: 'https://bot.company.se/imports/42' },
  ],
};

/** Starts everything. The commands: help, say, ask, form, slow, boom, and import for files. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { before, ...slackOptions } = options;
  const slack = await startSlack({ team, users: people, channels, ...slackOptions });
  const logged: House['logged'] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const door = createSlackDoor({
    config: {
      botToken: slack.token,
      signingSecret: slack.env.SLACK_SIGNING_SECRET,
      appToken: slack.env.SLACK_APP_TOKEN,
      apiUrl: slack.apiUrl,
    },
    language: 'sv',
    log,
  });
  const ran: House['ran'] = [];
  const dropped: DroppedFile[] = [];
  const attempts: Attempt[] = [];
  const presses = pressesInMemory();
  const dispatch = createDispatch({
    registry: registry(houseCommands(ran, dropped)),
    employee: command('employee', () => [{ view: note('Hej, så här står det till.') }]),
    people: { identify: async (from) => identify(from), languageOf: () => undefined },
    presses,
    trail: { record: (attempt) => attempts.push(attempt) },
    report: (error, doing) => log.error({ err: error }, doing),
    house: { language: 'sv' },
  });
  const kept: string[] = [];
  const handle = door.eventHandler(dispatch);
  let failures = 0;
  const jobs = new Set<Promise<unknown>>();
  const events: EventStore = {
    async store(id, body) {
      if (failures-- > 0) throw new Error('the database is gone');
      if (kept.includes(id)) return 'known';
      kept.push(id);
      jobs.add(handle(JSON.parse(JSON.stringify(body))).catch((error) => log.error({ err: error }, 'event')));
      return 'new';
    },
  };
  const app = express();
  const server: Server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await Promise.all(jobs);
    await door.stop();
    await slack.stop();
  };
  await before?.(slack);
  slack.talksTo(url);
  await door.open({ dispatch, events, express: app }).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    slack,
    door,
    url,
    ran,
    dropped,
    kept,
    attempts,
    logged,
    async asks(channel) {
      const view = await keepButtons(question, (buttons) => presses.keep(buttons, { personId: null }));
      const place = { surface: 'slack', tenant: '', id: slack.id(channel), kind: 'channel' } as const;
      await door.outbox.post(place, view, 'en');
    },
    failStore: (times) => {
      failures = times;
    },
    stop,
  };
}

/** Everybody is an administrator; only shared channels are refused here. */
function identify(from: Origin) {
  if (from.shared) throw refuse('place_shared');
  return {
    id: numberOf(from.platformId),
    name: from.platformId,
    access: administrator,
    language: 'en' as const,
  };
}

function numberOf(platformId: string): number {
  return [...platformId].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7);
}

function pressesInMemory() {
  const stored = new Map<string, StoredPress>();
  return {
    async keep(buttons: readonly { line: string; acting: boolean }[], { personId }: Owner) {
      return buttons.map(({ line, acting }) => {
        const id = `press${stored.size + 1}`;
        stored.set(id, { line, acting, spent: false, expired: false, personId });
        return id;
      });
    },
    find: async (id: string) => stored.get(id),
  };
}

function houseCommands(ran: House['ran'], dropped: DroppedFile[]): Command[] {
  const seen = (request: Request, line: string) =>
    ran.push({ line, place: request.place, platformId: request.person.name });
  return [
    command('help', (request, words) => {
      seen(request, ['help', ...words].join(' '));
      return [{ view: note('What I can do') }];
    }),
    // say TEXT [replace]: one answer.
    command('say', (request, [text = '', replace]) => {
      seen(request, `say ${text}`);
      return [{ view: note(text), replace: replace === 'replace' }];
    }),
    command('ask', (request) => {
      seen(request, 'ask');
      return [{ view: question }];
    }),
    formCommand(seen),
    command('import', () => [], {
      drop: async (request, file) => {
        seen(request, `drop ${file.name}`);
        dropped.push(file);
        if (!file.name.endsWith('.csv')) throw refuse('file_binary');
        return [{ view: note(`Got ${file.name}`) }];
      },
    }),
  ];
}

function formCommand(seen: (request: Request, line: string) => void): Command {
  return command(
    'form',
    (request) => {
      seen(request, 'form');
      const view: View = {
        kind: 'form',
        title: 'Verify account',
        text: 'Who, and where?',
        fields: [
          { name: 'user', label: 'User', type: 'user' },
          { name: 'email', label: 'Email', type: 'email', value: 'anna@company.se' },
          { name: 'again', label: 'Confirm email', type: 'email' },
          {
            name: 'language',
            label: 'Language',
            type: 'choice',
            optional: true,
            options: [
              { value: 'sv', label: 'Svenska' },
              { value: 'en', label: 'English' },
            ],
          },
        ],
        submit: 'Verify',
        cancel: 'Cancel',
        line: 'form',
      };
      return [{ view }];
    },
    {
      async submit(request, _args, values) {
        const { user, email, again, language } = values;
        seen(request, `submit ${user} ${email} ${again} ${language}`);
        if (email?.startsWith('slow')) await pause(limits.validationMs + 300);
        if (again !== email) throw refuse('unknown_verb', { verb: again ?? '' }, 'again');
        return [{ view: note(`Sent to ${email}`) }];
      },
      search: async (_request, _args, field, typed) =>
        Array.from({ length: 130 }, (_, n) => ({
          value: `user:"${n}"`,
          label: `${field} ${typed} ${n} ${'x'.repeat(80)}`,
        })),
    },
  );
}
