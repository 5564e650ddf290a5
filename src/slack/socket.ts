import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../log.ts';

/** A connection of Socket Mode that is kept up. */
export interface Socket {
  /** Connects. Throws where Slack refuses; tries on in the background where it does not answer. */
  open(): Promise<void>;
  connected(): boolean;
  close(): Promise<void>;
}

type SocketClient = SocketModeReceiver['client'];

const firstWaitMs = 500;
const longestWaitMs = 30_000;
/** How long Slack may take to answer the goodbye. */
const goodbyeMs = 5_000;

/**
 * Slack renews every connection after some hours. Bolt's own reconnecting pauses five seconds first, in which commands
 * fail, and a token that was revoked meanwhile ends the process; so the door connects again itself, at once at first.
 */
export function keepConnected(client: SocketClient, refused: (error: unknown) => boolean, log: Log): Socket {
  let connected = false;
  let closing = false;
  let trying = false;

  client.on('connected', () => {
    connected = true;
    if (closing) void client.disconnect();
  });
  client.on('disconnected', () => {
    connected = false;
    if (!closing && !trying) void reconnect();
  });

  async function reconnect(): Promise<void> {
    trying = true;
    for (
      let wait = 0;
      !closing && !connected;
      wait = Math.min(Math.max(wait * 2, firstWaitMs), longestWaitMs)
    ) {
      await pause(wait, undefined, { ref: false });
      if (!closing) await attempt();
    }
    trying = false;
  }

  async function attempt(): Promise<void> {
    try {
      await client.start();
    } catch (error) {
      log.warn({ err: error }, 'Slack: no connection by Socket Mode yet');
    }
  }

  return {
    connected: () => connected,
    async open() {
      trying = true;
      try {
        await client.start();
        trying = false;
      } catch (error) {
        trying = false;
        if (refused(error)) throw error;
        log.warn({ err: error }, 'Slack: no connection by Socket Mode yet');
        void reconnect();
      }
    },
    async close() {
      closing = true;
      if (connected) await Promise.race([client.disconnect(), pause(goodbyeMs, undefined, { ref: false })]);
    },
  };
}
