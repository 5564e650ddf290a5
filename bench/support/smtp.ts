// A mail server that takes everything and keeps nothing, in a process of its own.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { listensAt } from './child.ts';

let taken = 0;
let awaited: { count: number; reached: () => void } | undefined;

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => {
      taken += 1;
      if (taken === awaited?.count) awaited.reached();
      done();
    });
  },
});

const asks = {
  /** Resolves once so many messages were taken, counted from now on. */
  messages(count: number): Promise<void> {
    taken = 0;
    return new Promise((resolve) => {
      awaited = { count, reached: resolve };
    });
  },
};

export type SmtpAsks = typeof asks;

server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => listensAt((server.server.address() as AddressInfo).port, asks));
