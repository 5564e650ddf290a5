import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a process uses: processor time in milliseconds, the rest in bytes. */
export interface Uses {
  cpu: number;
  /** The most that it ever held, as the operating system counts it. */
  peak: number;
  rss: number;
  heapUsed: number;
  external: number;
}

/** Asks a program, from outside, what it uses. */
export interface Probe {
  /** Variables for the program. */
  readonly env: Readonly<Record<string, string>>;
  /** Of the program that connected last. */
  uses(): Promise<Uses>;
  stop(): void;
}

export async function startProbe(): Promise<Probe> {
  const server = createServer();
  let socket: Socket | undefined;
  let lines: AsyncIterator<string> | undefined;
  server.on('connection', (connected) => {
    connected.on('error', () => connected.destroy());
    socket = connected;
    lines = createInterface({ input: connected })[Symbol.asyncIterator]();
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    env: {
      NODE_OPTIONS: `--import ${new URL('probe.mjs', import.meta.url)}`,
      BENCH_PROBE: String(port),
    },
    async uses() {
      socket?.write('?');
      const line = await lines?.next();
      return JSON.parse(line?.value ?? '{}') as Uses;
    },
    stop() {
      socket?.destroy();
      server.close();
    },
  };
}
