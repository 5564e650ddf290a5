import { App } from '@slack/bolt';
import type { Application } from 'express';
import type { Door } from '../core/door.ts';
import { createBackground } from '../doors/background.ts';
import { createPace } from '../doors/pace.ts';
import { Refusal, refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import { boltLog } from './bolt-log.ts';
import { createDeliver } from './deliver.ts';
import { handleEvent } from './events.ts';
import { createFiles } from './files.ts';
import { createSelf } from './identity.ts';
import { limits } from './limits.ts';
import { listen } from './listen.ts';
import { createOutbox } from './outbox.ts';
import { createProfiles } from './people.ts';
import { createPlaces } from './places.ts';
import { acknowledgesLast, httpReceiver, socketReceiver } from './receiver.ts';
import { keepConnected, type Socket } from './socket.ts';
import { createUpload } from './upload.ts';
import { createClient, missingScope, refusalOf } from './web.ts';

interface SlackSettings {
  botToken: string;
  /** One of the two: HTTP or Socket Mode. */
  signingSecret: string | undefined;
  appToken: string | undefined;
  /** Undefined: Slack's own. */
  apiUrl: string | undefined;
}

export interface SlackDoorOptions {
  config: SlackSettings;
  /** The organisation's language. */
  language: Language;
  log: Log;
}

/** Slack's words for a token that will never do. */
const badToken = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'no_permission',
  'missing_scope',
]);

/** Why Slack does not take the token in `variable`, and what mends it. */
function tokenRefused(variable: string, begins: string, error: unknown): Refusal {
  const scope = missingScope(error);
  if (scope) return refuse('slack_scope', { variable, scope });
  const reason = refusalOf(error) ?? '';
  if (reason === 'not_allowed_token_type') return refuse('slack_token_kind', { variable, begins });
  return refuse('slack_refused', { variable, reason });
}

/** The door to one Slack workspace, ready once Slack knows the bot and, in Socket Mode, is connected. */
export function createSlackDoor({ config, language, log }: SlackDoorOptions): Door {
  const { botToken, apiUrl } = config;
  const logger = boltLog(log);
  const client = createClient(botToken, apiUrl, logger);
  const self = createSelf(client);
  const places = createPlaces(client, self, log);
  const files = createFiles(client, { token: botToken, apiUrl });
  const outbox = createOutbox({
    client,
    pace: createPace(limits.posts),
    places,
    files,
    upload: createUpload(client, apiUrl),
    profile: createProfiles(client, self),
  });
  const lost = (error: unknown) => log.error({ err: error }, 'Slack: an answer reached nobody');
  const deliver = createDeliver({ client, outbox, lost });
  const background = createBackground(lost);
  let opened = false;
  let socket: Socket | undefined;

  async function checkToken(): Promise<void> {
    try {
      await self.get();
    } catch (error) {
      if (error instanceof Refusal) throw error;
      if (badToken.has(refusalOf(error) ?? '')) throw tokenRefused('SLACK_BOT_TOKEN', 'xoxb-', error);
      log.warn({ err: error }, 'Slack does not answer yet');
    }
  }

  async function connect(connection: Socket): Promise<void> {
    try {
      await connection.open();
    } catch (error) {
      throw tokenRefused('SLACK_APP_TOKEN', 'xapp-', error);
    }
  }

  async function authorize() {
    const { botId, botUserId, teamId } = await self.get();
    return { botToken, botId, botUserId, teamId };
  }

  /** Bolt's app: it asks nothing of Slack by itself, and keeps no conversations. */
  function boltOn(express: Application): App {
    const socketMode = config.appToken ? socketReceiver(config.appToken, apiUrl, logger) : undefined;
    if (socketMode)
      socket = keepConnected(socketMode.client, (error) => badToken.has(refusalOf(error) ?? ''), log);
    const receiver = socketMode ?? httpReceiver(config.signingSecret ?? '', express, logger);
    return new App({
      receiver: acknowledgesLast(receiver, self.get),
      authorize,
      convoStore: false,
      logger,
      clientOptions: apiUrl ? { slackApiUrl: apiUrl } : {},
    });
  }

  return {
    surface: 'slack',
    outbox,

    eventHandler: (dispatch) => (body) => handleEvent(body, { dispatch, places, files, deliver }),

    async open({ dispatch, events, express }) {
      await checkToken();
      const botUserId = async () => (await self.get()).botUserId;
      listen(boltOn(express), {
        dispatch,
        events,
        places,
        deliver,
        botUserId,
        language,
        background: background.run,
        log,
      });
      if (socket) await connect(socket);
      opened = true;
    },

    ready() {
      if (!self.known()) self.get().catch(() => undefined);
      return opened && self.known() && (socket?.connected() ?? true);
    },

    async stop() {
      opened = false;
      await socket?.close();
      await background.ended();
    },
  };
}
