import type { Router } from 'express';
import type { Config } from '../config.ts';
import { type Database, openDatabase } from '../database/database.ts';
import type { Embedded } from '../database/embedded/index.ts';
import { isDemo } from '../database/mark.ts';
import { refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import { createAudit } from '../services/audit.ts';
import { failedPage, homeRouter, notFound } from '../web/home.tsx';
import { addPages, createWeb, listen } from '../web/server.ts';
import { verifyRouter } from '../web/verify/router.ts';
import { createBase } from './base.ts';
import { openChat, slackDoors, teamsDoors } from './chat.ts';
import { type Stops, stopAll } from './stops.ts';

/** The running program. */
export interface App {
  /** The address to open on this machine. */
  url: string;
  /** Takes nothing more, lets what is under way end, and closes the store. */
  stop(): Promise<void>;
}

/** What is given to a start. */
export interface StartOptions {
  /** The embedded store, where it is starting already. */
  embedded?: Promise<Embedded> | undefined;
  /** The store is to hold invented people, whom `prepare` puts there, and these pages come first. */
  playground?: { pages: readonly Router[]; prepare(database: Database): Promise<void> };
}

/** Starts the program. Throws a Refusal, or an error of the system, where it cannot; then nothing is left running. */
export async function startApp(config: Config, log: Log, options: StartOptions = {}): Promise<App> {
  const stops: Stops = { takers: [], parts: [] };
  try {
    return await start(config, log, stops, options);
  } catch (error) {
    await stopAll(stops, log);
    throw error;
  }
}

async function start(
  config: Config,
  log: Log,
  stops: Stops,
  { embedded, playground }: StartOptions,
): Promise<App> {
  const { databaseUrl: url, dataDir } = config;
  // What Teams is spoken to with takes a while to load: meanwhile the store starts.
  const teams = config.teams && import('../teams/door.ts');
  // Its failure is told where it is waited for.
  teams?.catch(() => undefined);
  const database = await openDatabase({ url, dataDir, log, embedded });
  stops.parts.push(() => database.close());
  if (playground) await playground.prepare(database);
  else if (await isDemo(database.prisma)) throw refuse('store_is_demo');
  const audit = createAudit(database, log);
  stops.parts.push(() => audit.flush());
  const base = createBase(config, log, database, audit);

  const express = createWeb();
  const doors = [...slackDoors(config, log), ...teamsDoors(config, log, database, await teams)];
  const chat =
    config.mail && doors.length > 0 ? await openChat(base, doors, config.mail, express, stops) : undefined;
  addPages(express, {
    pages: [
      ...(playground?.pages ?? []),
      homeRouter({ site: base.site, inChat: chat !== undefined }),
      verifyRouter({ actions: base.verifications, site: base.site, report: base.report }),
      ...(chat?.pages ?? []),
    ],
    ready: async () => (await database.ready()) && (chat?.ready() ?? true),
    metrics: base.metrics.registry,
    notFound: notFound(base.site),
    failed: failedPage(base.site, base.report),
  });
  const server = await listen(express, config.port, config.host, log);
  stops.takers.push(server.stop);

  const address = `http://localhost:${server.port}`;
  if (chat && config.admins.length === 0)
    log.warn('ADMINS is not set: nobody may do anything but ask about their own login');
  if (chat && config.orgName === undefined)
    log.warn('ORG_NAME is not set: letters and pages are signed vc-bot');
  log.info(
    { address, store: database.embedded ? 'embedded' : 'server', chat: doors.map(({ surface }) => surface) },
    'ready',
  );
  return { url: address, stop: () => stopAll(stops, log) };
}
