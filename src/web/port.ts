import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { refuse } from '../errors.ts';

/** Has the server listen; port 0 takes a free one. Throws the refusals `port_taken` and `address_unusable`. */
export async function listenOn(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host);
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw refuse('port_taken', { port });
    throw refuse('address_unusable', { host, port, reason: error.code ?? error.message });
  });
}

/** Throws as `listenOn` does, and leaves the port free: to be asked before anything is opened that takes a while. */
export async function requirePort(port: number, host: string): Promise<void> {
  const server = createServer();
  await listenOn(server, port, host);
  const closed = once(server, 'close');
  server.close();
  await closed;
}
