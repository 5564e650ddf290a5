import { pino } from 'pino';
import type { Access } from '../../../src/core/access.ts';
import type { Attempt } from '../../../src/core/ports.ts';
import { campaignLog } from '../../../src/services/campaigns/log.ts';
import { createExports } from '../../../src/services/exports/index.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createPeople, type PeopleStore } from '../../../src/services/people.ts';
import { createSessions, type LogPath, type Sessions } from '../../../src/services/sessions.ts';
import { failedPage, notFound } from '../../../src/web/home.tsx';
import type { Site } from '../../../src/web/layout.tsx';
import { logRouter } from '../../../src/web/log/router.ts';
import { addPages, createWeb, listen } from '../../../src/web/server.ts';
import { styleSheet } from '../../../src/web/style-sheet.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createPlatform, directWith, type Platform } from '../../support/platform.ts';

export const site: Site = {
  organisation: 'Företaget',
  contact: 'hr@company.se',
  language: 'sv',
  publicUrl: 'https://bot.company.se/vc',
};

/** The log pages on a port of their own, over a store, with people and a clock that the test turns. */
export interface House {
  base: string;
  platform: Platform;
  sessions: Sessions;
  /** What went wrong unexpectedly. */
  reported: unknown[];
  /** What the audit trail heard. */
  attempts: Attempt[];
  pass(minutes: number): void;
  /** Takes everybody's rights away, as a start with other ADMINS does. */
  dismissAdmins(): Promise<void>;
  /** The store's id of a person. */
  person(platformId: string): Promise<number>;
  /** The address of a personal link. */
  link(path: LogPath, platformId?: string): Promise<string>;
  /** A session's cookie, as a browser sends it. */
  cookie(platformId?: string): Promise<string>;
  get(path: string, cookie?: string): Promise<Response>;
  stop(): Promise<void>;
}

/** `access`: what everybody may do, in place of what the store says. */
export async function openHouse(
  database: TestDatabase,
  own: Partial<Site> = {},
  access?: Access,
): Promise<House> {
  let at = new Date('2026-11-21T13:02:00Z');
  const now = () => at;
  const platform = createPlatform({
    lena: { name: 'Lena Berg', address: 'lena@company.se', language: 'sv' },
    erik: { name: 'Erik Holm', address: 'erik@company.se', language: 'en' },
    anna: { name: 'Anna Svensson', address: 'anna@company.se', language: 'sv' },
  });
  const outboxes = new Map([['test', platform.outbox]]);
  const peopleOf = (admins: readonly string[]) => createPeople({ database, outboxes, admins, now });
  let people: PeopleStore = peopleOf(['lena@company.se', 'erik@company.se']);
  const identify: PeopleStore['identify'] = async (origin) => ({
    ...(await people.identify(origin)),
    ...(access ? { access } : {}),
  });
  const sessions = createSessions({ database, people: { identify }, now });
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  const attempts: Attempt[] = [];
  const shown = { ...site, ...own };
  const app = createWeb();
  app.get('/style.css', styleSheet);
  addPages(app, {
    pages: [
      logRouter({
        sessions,
        imports: createImportLogs(database),
        exports: createExports({ database, messages: createMessages(now), language: 'sv', now }),
        campaigns: { log: (id, query, reach) => campaignLog(database, id, query, reach) },
        site: shown,
        trail: { record: (attempt) => attempts.push(attempt) },
        report,
        now,
      }),
    ],
    ready: async () => true,
    metrics: { contentType: 'text/plain', metrics: async () => '' },
    notFound: notFound(shown),
    failed: failedPage(shown, report),
  });
  const server = await listen(app, 0, '127.0.0.1', pino({ level: 'silent' }));
  const base = `http://127.0.0.1:${server.port}`;
  const person = async (platformId: string) =>
    (await people.identify({ place: directWith(platformId), platformId })).id;
  return {
    base,
    platform,
    sessions,
    reported,
    attempts,
    pass: (minutes) => {
      at = new Date(at.getTime() + minutes * 60_000);
    },
    async dismissAdmins() {
      people = peopleOf([]);
      await people.rereadAdmins();
    },
    person,
    link: async (path, platformId = 'lena') =>
      `${base}/log/${await sessions.ticket(await person(platformId), path)}`,
    async cookie(platformId = 'lena') {
      const ticket = await sessions.ticket(await person(platformId), '/imports/1');
      return `vc_log=${(await sessions.redeem(ticket))?.token}`;
    },
    get: (path, cookie) =>
      fetch(`${base}${path}`, { redirect: 'manual', ...(cookie ? { headers: { cookie } } : {}) }),
    stop: server.stop,
  };
}
