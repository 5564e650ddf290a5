import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail server on this machine alone. */
export interface MailServer {
  /** Value for SMTP_URL. */
  url: string;
  /** Breaks what is under way: a message is taken whole or not at all. */
  stop(): Promise<void>;
}

const user = 'vc-bot';
/** The longest message that is taken, in bytes. */
const size = 10 * 1024 * 1024;

/** Listens on a free port of 127.0.0.1. A message is acknowledged once `take` has kept it. */
export async function startMailServer(take: (raw: Buffer) => Promise<void>): Promise<MailServer> {
  const password = randomBytes(24).toString('base64url');
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size,
    onAuth: (given, _session, done) =>
      given.password === password ? done(null, { user }) : done(new Error('Not for you')),
    onData(stream, _session, done) {
      buffer(stream)
        .then((raw) => (stream.sizeExceeded ? Promise.reject(tooLarge()) : take(raw)))
        .then(() => done(), done);
    },
  });
  // A client that leaves in the middle has not sent anything.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${user}:${password}@127.0.0.1:${port}`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const tooLarge = () => Object.assign(new Error('Message too large'), { responseCode: 552 });
