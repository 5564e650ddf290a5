import { type App, ExpressReceiver, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';
import type { Application } from 'express';
import { limits } from './limits.ts';
import { clientOptions } from './web.ts';

/**
 * Receives by HTTP, at /slack/events of `express`: unsigned, forged and old requests get 401, huge ones 413.
 * Nothing that reads request bodies may stand before it.
 */
export function httpReceiver(signingSecret: string, express: Application, logger: Logger): Receiver {
  return new ExpressReceiver({ signingSecret, app: express, bodyLimit: limits.requestBody, logger });
}

/** Receives by Socket Mode. The door itself sees to new connections. */
export function socketReceiver(
  appToken: string,
  apiUrl: string | undefined,
  logger: Logger,
): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: clientOptions(apiUrl, logger) },
    logger,
  });
}

/**
 * Bolt acknowledges an event before its listeners run; here it is acknowledged after them, and not at all when one
 * fails, so that Slack sends it again (A6). Everything waits for `before`, which fails where the bot cannot work yet.
 */
export function acknowledgesLast(receiver: Receiver, before: () => Promise<unknown>): Receiver {
  return {
    init(app) {
      const late: App = Object.create(app);
      late.processEvent = async (event) => {
        await before();
        if (event.body.type !== 'event_callback') return app.processEvent(event);
        await app.processEvent({ ...event, ack: async () => undefined });
        await event.ack();
      };
      receiver.init(late);
    },
    start: (...args) => receiver.start(...args),
    stop: (...args) => receiver.stop(...args),
  };
}
