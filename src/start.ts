import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { App } from './app/index.ts';
import { type Config, ConfigFaults, readConfig } from './config.ts';
import { type Embedded, startEmbedded } from './database/embedded/index.ts';
import { Refusal } from './errors.ts';
import { createLog, type Log, redact } from './log.ts';
import { requirePort } from './web/port.ts';

/** How long the program takes to stop at most, in milliseconds. */
const stopWithin = 25_000;

/** Says on standard error why the program does not start, whatever LOG_LEVEL is: one sentence where somebody can mend it. */
function sayWhy(error: unknown): void {
  const mendable = error instanceof ConfigFaults || error instanceof Refusal;
  const words = error instanceof Error ? error.message : String(error);
  process.stderr.write(redact(mendable ? `${words}\n` : `vc-bot could not start: ${words}\n`));
}

/**
 * Stops at the first signal, also one that comes during the start; the second ends at once, and so does the first while
 * the store is not there yet: nothing is under way then.
 */
function stopsAtSignal(starting: Promise<App>, embedded: Promise<Embedded> | undefined, log: Log): void {
  let stopping = false;
  let without = embedded !== undefined;
  const there = () => {
    without = false;
  };
  embedded?.then(there, there);
  const stop = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    if (without) process.exit(0);
    setTimeout(() => {
      log.error('not everything ended in time');
      process.exit(1);
    }, stopWithin).unref();
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/** The embedded store starts in its thread while the rest of the program is read: neither waits for the other. */
async function start(config: Config, log: Log, store: Promise<Embedded> | undefined): Promise<App> {
  let embedded = store;
  const { startApp } = await import('./app/index.ts');
  if (config.slack || config.teams) return startApp(config, log, { embedded });
  const { startPlayground } = await import('./playground/index.ts');
  // What is wrong with DATA_DIR the store says in a sentence; the playground has its mailbox there.
  await embedded;
  const app = await startPlayground({
    config,
    log,
    gallery: async () => (await import('./gallery.ts')).gallery(),
    startApp(settings, playground) {
      const options = { embedded, playground };
      // Whoever starts over has closed it.
      embedded = undefined;
      return startApp(settings, log, options);
    },
  });
  process.stdout.write(`The playground is open at ${app.url}\n`);
  return app;
}

/** A large import leaves garbage faster than V8 cares to collect it. Not before the start is over: there it costs time. */
function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
  // The heap's next limit follows from a collection; the one of the start would come late.
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  await requirePort(config.port, config.host);
  // Once signals are heeded: from then on there is something that could be left behind.
  const embedded = config.databaseUrl
    ? undefined
    : Promise.resolve(config.dataDir).then((dataDir) => startEmbedded(dataDir));
  const starting = start(config, log, embedded);
  stopsAtSignal(starting, embedded, log);
  await starting.catch((error: unknown) => {
    if (!(error instanceof Refusal)) log.fatal({ err: error }, 'vc-bot could not start');
    throw error;
  });
  keepMemorySmall();
}

main().catch((error: unknown) => {
  sayWhy(error);
  process.exit(1);
});
