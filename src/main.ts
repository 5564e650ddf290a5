import { startApp } from './app.ts';
import { ConfigFaults, readConfig } from './config.ts';
import { Refusal } from './errors.ts';
import { createLog, type Log } from './log.ts';

/** Faults that whoever starts the program can mend: one sentence each, and no stack. */
function sayWhy(error: unknown, log: Log): void {
  if (error instanceof Refusal) log.fatal(error.text.en);
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    log.fatal(`${error.message}. Stop the program that uses it, or set PORT to another one.`);
  else log.fatal({ err: error }, 'vc-bot could not start');
}

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  try {
    const app = await startApp(config, log);
    let stopping = false;
    const stop = (signal: NodeJS.Signals) => {
      if (stopping) process.exit(1);
      stopping = true;
      log.info({ signal }, 'stopping');
      app.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'stopped with an error');
          process.exit(1);
        },
      );
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  } catch (error) {
    sayWhy(error, log);
    process.exit(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigFaults ? error.message : String(error)}\n`);
  process.exit(1);
});
