import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a child can be asked, by name: plain values in, plain values out. */
// biome-ignore lint/suspicious/noExplicitAny: any function at all, whatever it takes
type Asks = Record<string, (...given: any[]) => unknown>;

/** A script of the bench in a process of its own. */
export interface Child<A extends Asks> {
  /** Where it listens, on 127.0.0.1. */
  readonly port: number;
  ask<K extends keyof A & string>(what: K, ...given: Parameters<A[K]>): Promise<Awaited<ReturnType<A[K]>>>;
  /** The processor time that it has used, in milliseconds. */
  cpu(): Promise<number>;
  stop(): Promise<void>;
}

type Question = { id: number; what: string; given: unknown[] };
type Answer = { id: number; value: unknown };

/** Starts `script`, which says where it listens by `listensAt`. It ends with this process. */
export async function startChild<A extends Asks>(
  script: URL,
  env: Readonly<Record<string, string>> = {},
): Promise<Child<A>> {
  const child = fork(fileURLToPath(script), { env: { ...process.env, ...env } });
  const ended = once(child, 'exit');
  const waiting = new Map<number, (value: unknown) => void>();
  let asked = 0;
  const port = await Promise.race([
    once(child, 'message').then(([first]) => (first as { port: number }).port),
    ended.then(() => Promise.reject(new Error(`${script.pathname} ended before it listened`))),
  ]);
  child.on('message', ({ id, value }: Answer) => {
    waiting.get(id)?.(value);
    waiting.delete(id);
  });
  const ask = (what: string, given: unknown[]) =>
    new Promise<unknown>((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      child.send({ id: asked, what, given } satisfies Question);
    });
  return {
    port,
    ask: (what, ...given) => ask(what, given) as never,
    cpu: () => ask('cpu', []) as Promise<number>,
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** In the child: tells where it listens, and answers what it is asked, until the parent lets go. */
export function listensAt(port: number, asks: Asks, parent: NodeJS.Process | ChildProcess = process): void {
  const all: Asks = { ...asks, cpu: cpuTime };
  parent.on('message', async ({ id, what, given }: Question) => {
    const value = await all[what]?.(...given);
    if (process.connected) process.send?.({ id, value } satisfies Answer);
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ port });
}

/** The processor time that this process has used, in milliseconds. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
