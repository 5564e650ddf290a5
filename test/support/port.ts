import { createServer } from 'node:net';

/** Each worker of a test run has ports of its own, below those that the system gives to whoever asks for any. */
const PORTS = 2_500;
const firstPort = 10_000 + (Number(process.env.VITEST_POOL_ID ?? 0) % 8) * PORTS;

const given = new Set<number>();

/**
 * A port of 127.0.0.1 that nobody listens on, and that stays free for a program that is started later, or again: no
 * other worker takes it, nor does the system for a connection that goes out meanwhile.
 */
export async function freePort(): Promise<number> {
  while (given.size < PORTS) {
    const port = firstPort + Math.floor(Math.random() * PORTS);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
  throw new Error(`All of this worker's ${PORTS} ports have been given`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
