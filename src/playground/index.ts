import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Router } from 'express';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { openSlack, openTeams } from './chats.ts';
import { type ConnectStandIn, openConnect } from './connect/index.ts';
import { emptyDemo } from './demo/empty.ts';
import { administrators, organisation } from './demo/members.ts';
import { demoUsers } from './demo/organisation.ts';
import { samples } from './demo/samples.ts';
import { seed } from './demo/seed.ts';
import { openMailbox } from './mail/box.ts';
import { startMailServer } from './mail/server.ts';
import { playgroundRouter } from './router.ts';
import { tourState } from './tour.ts';
import type { GalleryItem } from './wire.ts';

/** What the playground reads of the program's settings. */
interface Given {
  publicUrl: string;
  databaseUrl: string | undefined;
  dataDir: string;
  admins: readonly string[];
  orgName: string | undefined;
  helpContact: string | undefined;
  orgLanguage: 'sv' | 'en';
  connectLoginUrl: string | undefined;
  mail: object | undefined;
  identity: object | undefined;
}

/** The settings that the playground brings: as if they had come from the environment. */
type Brought = ReturnType<typeof settingsOf>;

/** The program, started on the playground's settings. */
interface Program {
  /** The address to open on this machine. */
  url: string;
  stop(): Promise<void>;
}

/** What is needed to start the playground; `C` is the program's settings. */
export interface PlaygroundOptions<C extends Given> {
  config: C;
  log: Log;
  gallery(): Promise<readonly GalleryItem[]>;
  /** Starts the program; `pages` come before its own, and `prepare` is called with the open store. */
  startApp(
    config: C & Brought,
    playground: { pages: readonly Router[]; prepare(database: Database): Promise<void> },
  ): Promise<Program>;
}

/**
 * Starts the program with a chat, a mailbox and a login page of its own, all on this machine, so that everything can be
 * tried in a browser. What happens there is kept in the data directory beside the store.
 */
export async function startPlayground<C extends Given>(options: PlaygroundOptions<C>): Promise<Program> {
  const { config, log } = options;
  if (config.mail) log.warn('SMTP_URL is not used: mail to invented people stays on this machine');
  if (config.identity) log.warn('CONNECT_SCIM_URL is not used: invented people get no real accounts');
  let running = open(options, startOver);
  let startingOver = false;

  /** Answers at once; the page sees it when the program is back. Whoever asks meanwhile gets the same. */
  async function startOver(): Promise<void> {
    if (startingOver) return;
    startingOver = true;
    const before = running;
    running = new Promise<void>((next) => setImmediate(next)).then(async () => {
      await (await before).stop();
      await writeFile(startsOver(config), '');
      return open(options, startOver);
    });
    running
      .then(() => {
        startingOver = false;
      })
      .catch((error: unknown) => {
        log.fatal({ err: error }, 'the playground could not start over');
        process.exit(1);
      });
  }

  const { url } = await running;
  return { url, stop: async () => (await running).stop() };
}

/** The file that is there from the wish to start over until it is done: a start that finds it begins anew. */
const startsOver = ({ dataDir }: Given) => join(dataDir, 'starting-over');

const folderOf = ({ dataDir }: Given) => join(dataDir, 'playground');

async function open<C extends Given>(
  { config, log, gallery, startApp }: PlaygroundOptions<C>,
  startOver: () => Promise<void>,
): Promise<Program> {
  const folder = folderOf(config);
  const anew = existsSync(startsOver(config));
  if (anew) await rm(folder, { recursive: true, force: true });
  const stops: (() => Promise<void> | void)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      for (const one of stops.reverse()) await one();
    })();
    return stopped;
  };
  try {
    const mailbox = await openMailbox(join(folder, 'mail'));
    const mail = await startMailServer(mailbox.take);
    stops.push(mail.stop);
    const connect = await openConnect({
      journal: join(folder, 'accounts.jsonl'),
      url: `${config.publicUrl}${loginPath}`,
      mail,
      language: config.orgLanguage,
      existing: connected(),
      log,
    });
    stops.push(connect.stop);
    const slack = await openSlack(folder);
    stops.push(slack.stop);
    const teams = await openTeams(folder);
    stops.push(teams.stop);
    const world = await worldOf(folder);
    let store: Database | undefined;
    const tour = async () => store && tourState(store, connect.hasLoggedIn);
    const page = playgroundRouter({
      slack: slack.chat,
      teams: teams.chat,
      mailbox,
      samples,
      gallery,
      tour,
      startOver,
      world,
    });
    const chats = { slack: slack.settings, teams: teams.settings };
    const brought = { ...settingsOf(config, mail, connect), ...chats };
    const login = Router().use(loginPath, connect.router);
    const prepare = async (database: Database) => {
      if (anew) await emptyDemo(database);
      await seed(database);
      await rm(startsOver(config), { force: true });
      store = database;
    };
    const program = await startApp({ ...config, ...brought }, { pages: [page.router, login], prepare });
    stops.push(program.stop, page.stop);
    slack.talksTo(program.url);
    teams.talksTo(program.url);
    return { url: program.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The name of what happens in this folder, until everything is started over. */
async function worldOf(folder: string): Promise<string> {
  const path = join(folder, 'world');
  if (!existsSync(path)) await writeFile(path, randomUUID());
  return readFile(path, 'utf8');
}

/** Where the login page of the stand-in is. */
const loginPath = '/connect';

/** Who has an account from before. */
const connected = () =>
  demoUsers().flatMap(({ standing, connectEmail, name }) =>
    standing === 'connected' && connectEmail !== null ? [{ address: connectEmail, name }] : [],
  );

function settingsOf(given: Given, mail: { url: string }, { identity }: Pick<ConnectStandIn, 'identity'>) {
  return {
    mail: { url: mail.url, from: `no-reply@${organisation.domain}`, replyTo: undefined, rate: '10/s' },
    orgName: given.orgName ?? organisation.name,
    helpContact: given.helpContact ?? organisation.contact,
    admins: [...administrators, ...given.admins],
    identity,
    connectLoginUrl: given.connectLoginUrl ?? `${given.publicUrl}${loginPath}/`,
  };
}
