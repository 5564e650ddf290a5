import { type Browser, startBrowser } from '../../support/browser.ts';
import { emptyStore } from '../../support/database.ts';
import { lifetime } from '../../support/lifetime.ts';
import { admins, company } from '../../support/people.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { type Smtp, startSmtp } from '../../support/smtp.ts';
import { leaksIn } from './leaks.ts';
import { type Store, storeAt } from './store.ts';

/** What every surface's world stands on: mail, an empty store, the program, a browser when somebody needs one. */
export interface Ground {
  readonly mail: Smtp;
  readonly program: Program;
  readonly store: Store;
  joins(more: Readonly<Record<string, string>>): Promise<Program>;
  opens(url: string, options?: Parameters<Browser['page']>[0]): ReturnType<Browser['page']>;
  close(): Promise<void>;
}

/** Starts the program with `env` (a surface's variables) on an empty store, ready when returned. */
export async function layGround(env: Readonly<Record<string, string>>, server = false): Promise<Ground> {
  const things = lifetime();
  try {
    const mail = things.keep(await startSmtp());
    const store = await emptyStore(server ? 'server' : 'embedded');
    things.keep({ stop: store.remove });
    const start = async (more: Readonly<Record<string, string>>) =>
      things.keep(
        await startProgram({
          dataDir: store.dataDir,
          patience: 60_000,
          env: {
            SMTP_URL: mail.url,
            MAIL_FROM: 'vc-bot@company.se',
            MAIL_RATE: '1000/s',
            ORG_NAME: company.name,
            HELP_CONTACT: company.helpContact,
            ADMINS: admins,
            ...(store.url ? { DATABASE_URL: store.url } : {}),
            ...env,
            ...more,
          },
        }),
      );
    const program = await start({});
    const others: Program[] = [];
    let browser: Promise<Browser> | undefined;
    return {
      mail,
      program,
      store: storeAt(store),
      async joins(more) {
        const other = await start(more);
        others.push(other);
        return other;
      },
      async opens(url, options) {
        browser ??= startBrowser().then((started) => things.keep(started));
        const page = await (await browser).page(options);
        await page.goto(url);
        return page;
      },
      async close() {
        await things.end();
        const lines = [program, ...others].flatMap((one) => one.lines);
        const leaks = leaksIn(lines, [mail.password, ...secretsOf(env)]);
        if (leaks.length > 0) throw new Error(`Secrets or addresses in the log:\n${leaks.join('\n')}`);
      },
    };
  } catch (error) {
    await things.end();
    throw error;
  }
}

function secretsOf(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env)
    .filter(([name]) => /TOKEN|SECRET|PASSWORD/.test(name))
    .map(([, value]) => value);
}
