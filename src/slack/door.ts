import { setTimeout as pause } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { Application } from 'express';
import type { Dispatch } from '../core/dispatch.ts';
import type { Outbox } from '../core/outbox.ts';
import { Refusal, refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import { boltLog } from './bolt-log.ts';
import { createDeliver } from './deliver.ts';
import { handleEvent } from './events.ts';
import { createFiles } from './files.ts';
import { createSelf } from './identity.ts';
import { type EventStore, listen } from './listen.ts';
import { createOutbox } from './outbox.ts';
import { createPace } from './pace.ts';
import { createProfiles } from './people.ts';
import { createPlaces } from './places.ts';
import { acknowledgesLast, httpReceiver, socketReceiver } from './receiver.ts';
import { keepConnected, type Socket } from './socket.ts';
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

/** What the door needs to take requests. */
interface Listening {
  dispatch: Dispatch;
  events: EventStore;
  /** Where HTTP requests come in; nothing that reads bodies may stand before it. Socket Mode leaves it alone. */
  express: Application;
}

export interface SlackDoor {
  outbox: Outbox;
  /** What the job of a kept event does with the body that was stored. */
  eventHandler(dispatch: Dispatch): (body: unknown) => Promise<void>;
  /** Begins to take requests. Throws a Refusal where Slack does not accept a token; anything passing is tried again. */
  open(listening: Listening): Promise<void>;
  /** Whether Slack knows the bot and, in Socket Mode, is connected. */
  ready(): boolean;
  /** Takes nothing more, and waits for answers under way, ten seconds at most. */
  stop(): Promise<void>;
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
const stopWithinMs = 10_000;

/** Why Slack does not take the token in `variable`, and what mends it. */
function tokenRefused(variable: string, begins: string, error: unknown): Refusal {
  const scope = missingScope(error);
  if (scope) return refuse('slack_scope', { variable, scope });
  const reason = refusalOf(error) ?? '';
  if (reason === 'not_allowed_token_type') return refuse('slack_token_kind', { variable, begins });
  return refuse('slack_refused', { variable, reason });
}

/** The door to one Slack workspace. Its outbox works from the start; `open` lets people in. */
export function createSlackDoor({ config, language, log }: SlackDoorOptions): SlackDoor {
  const { botToken, apiUrl } = config;
  const logger = boltLog(log);
  const client = createClient(botToken, apiUrl, logger);
  const self = createSelf(client);
  const places = createPlaces(client, self, log);
  const files = createFiles(client, { token: botToken, apiUrl });
  const outbox = createOutbox({
    client,
    pace: createPace(),
    places,
    files,
    profile: createProfiles(client, self),
  });
  const lost = (error: unknown) => log.error({ err: error }, 'Slack: an answer reached nobody');
  const deliver = createDeliver({ client, outbox, lost });
  const underWay = new Set<Promise<void>>();
  let opened = false;
  let socket: Socket | undefined;

  function background(work: () => Promise<void>): void {
    const done = work()
      .catch(lost)
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

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
    outbox,

    eventHandler: (dispatch) => (body) => handleEvent(body, { dispatch, places, files, deliver }),

    async open({ dispatch, events, express }) {
      await checkToken();
      const botUserId = async () => (await self.get()).botUserId;
      listen(boltOn(express), { dispatch, events, places, deliver, botUserId, language, background, log });
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
      await Promise.race([Promise.all(underWay), pause(stopWithinMs, undefined, { ref: false })]);
    },
  };
}
