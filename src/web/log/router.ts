import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { may, type Permission, reach } from '../../core/access.ts';
import type { Attempt, Report, Trail } from '../../core/ports.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import type { Language } from '../../rules/language.ts';
import type { Campaigns } from '../../services/campaigns/index.ts';
import type { Exports } from '../../services/exports/index.ts';
import type { ImportLogs } from '../../services/imports/log.ts';
import type { Reader, Sessions } from '../../services/sessions.ts';
import { pathOf, type Site } from '../layout.tsx';
import { ownPagesOnly } from '../own-pages.ts';
import { campaignSheet, stateOf } from './campaign-sheet.ts';
import { sessionOf, setSession } from './cookie.ts';
import { closedPage, endedPage, missingPage, ticketPage, uncertainPage } from './door-pages.tsx';
import { exportPage } from './export-page.tsx';
import { groupOf, importSheet, kindOf } from './import-sheet.ts';
import { type PageQuery, readQuery } from './query.ts';
import { type LogSheet, logPage } from './sheet.tsx';

export interface LogParts {
  sessions: Pick<Sessions, 'look' | 'redeem' | 'reader'>;
  imports: ImportLogs;
  campaigns: Pick<Campaigns, 'log'>;
  exports: Pick<Exports, 'status' | 'file'>;
  site: Site;
  trail: Trail;
  report: Report;
  now?: () => Date;
}

const perPage = 100;

/** What is shown to a reader with a session. */
interface Reading {
  id: number;
  person: Reader;
  language: Language;
  query: PageQuery;
}

/**
 * The log pages: `/log/TICKET` begins a session, `/imports/ID` and `/campaigns/ID` show what happened row by row to whoever
 * has one and the permission (A4), and `/imports/ID/rejected` hands back the rejected rows (I7). `/exports/ID` shows an
 * export, and `/exports/ID/file` hands out its file.
 */
export function logRouter({
  sessions,
  imports,
  campaigns,
  exports,
  site,
  trail,
  report,
  now = () => new Date(),
}: LogParts): Router {
  const router = Router();
  /** A5: who has no session is nobody, and is not written down. */
  const record = (what: string, { who }: Pick<Reader, 'who'>, path: string, outcome: Attempt['outcome']) =>
    trail.record({ surface: 'web', who, place: path, what: `log ${what}`, outcome });

  router.get('/log/:ticket', async (request, response) => {
    const ticket = await sessions.look(request.params.ticket);
    if (ticket) response.send(ticketPage(site, ticket.language ?? site.language));
    else response.status(410).send(endedPage(site));
  });

  router.post('/log/:ticket', ownPagesOnly(site), async (request, response) => {
    const begun = await sessions.redeem(String(request.params.ticket));
    if (!begun) {
      response.status(410).send(endedPage(site));
      return;
    }
    record('open', begun, begun.path, 'done');
    setSession(response, site, begun);
    response.redirect(303, pathOf(site, begun.path));
  });

  /** Answers a reader who may, and writes it down first; everybody else gets a page that is the same whatever there is to read. */
  function read(
    what: 'read' | 'download',
    permission: Permission,
    answer: (reading: Reading) => Promise<((response: Response) => unknown) | undefined>,
  ) {
    return async (request: Request, response: Response): Promise<void> => {
      const person = await readerOf(request, response);
      if (!person) return;
      const language = person.language ?? site.language;
      const id = idOf(request.params.id);
      const reading = { person, language, query: readQuery(request.query) };
      const permitted = may(person.access, permission);
      const found =
        permitted && id !== undefined ? await answer({ ...reading, id }).catch(refusalOf) : undefined;
      const refusal: RefusalCode = permitted ? 'log_unknown' : 'no_permission';
      const send = found instanceof Refusal ? undefined : found;
      record(what, person, pageOf(request), send ? 'done' : found instanceof Refusal ? found.code : refusal);
      if (send) await send(response);
      else response.status(404).send(missingPage(site, language));
    };
  }

  /** Whose session it is; otherwise answers, and gives nothing. */
  async function readerOf(request: Request, response: Response): Promise<Reader | undefined> {
    const session = sessionOf(request);
    try {
      const person = session === undefined ? undefined : await sessions.reader(session);
      if (!person) response.status(401).send(closedPage(site));
      return person;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.status(503).send(uncertainPage(site));
      return undefined;
    }
  }

  const handOut = (file: Download, doing: string) => (response: Response) =>
    sendFile(file, response).catch((error: unknown) => {
      if (!isGone(error)) report(error, doing);
    });

  const sendSheet =
    (sheet: LogSheet, { query, language }: Reading) =>
    (response: Response) =>
      response.send(logPage(sheet, query, site, language));

  router.get(
    '/imports/:id',
    read('read', 'import', async (reading) => {
      const { id, person, query, language } = reading;
      const group = groupOf(query.outcome);
      const kind = kindOf(query.about);
      const asked = { ...query, group, kind, limit: perPage };
      const log = await imports.log(id, asked, reach(person.access, 'import'));
      if (!log) return undefined;
      const rejected = pathOf(site, `/imports/${id}/rejected`);
      const sheet = importSheet(log, group, rejected, language, now());
      return sendSheet(sheet, { ...reading, query: { ...query, about: kind } });
    }),
  );

  router.get(
    '/imports/:id/rejected',
    read('download', 'import', async ({ id, person, language }) => {
      const file = await imports.rejectedFile(id, reach(person.access, 'import'), language);
      return file && handOut(file, 'rejected rows');
    }),
  );

  router.get(
    '/exports/:id',
    read('read', 'export', async ({ id, person, language }) => {
      const within = reach(person.access, 'export');
      const status = await exports.status(id, within);
      if (!status) return undefined;
      const href = pathOf(site, `/exports/${id}/file`);
      return (response) => response.send(exportPage(status, href, within.protected, site, language, now()));
    }),
  );

  router.get(
    '/exports/:id/file',
    read('download', 'export', async ({ id, person }) => {
      const { status, bytes } = await exports.file(id, reach(person.access, 'export'));
      return handOut({ name: status.fileName, size: status.size, bytes }, 'exported file');
    }),
  );

  router.get(
    '/campaigns/:id',
    read('read', 'verify', async (reading) => {
      const { id, person, query, language } = reading;
      const within = reach(person.access, 'verify');
      const outcome = stateOf(query.outcome);
      const log = await campaigns.log(id, { ...query, outcome, limit: perPage }, within);
      if (!log) return undefined;
      return sendSheet(campaignSheet(log, outcome, within.protected, language, now()), reading);
    }),
  );
  return router;
}

/** The page that is asked for, without what somebody wrote in its address. */
function pageOf({ path, params: { id } }: Request): string {
  return idOf(id) === undefined ? '/log' : path;
}

/** What is refused; any other fault is thrown on. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** Whether the browser left before the file's end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** A number that an import, an export or a campaign may have. */
function idOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** A file for a browser; `size` in bytes, where it is known. */
interface Download {
  name: string;
  size?: number;
  bytes(): AsyncIterable<Uint8Array>;
}

async function sendFile({ name, size, bytes }: Download, response: Response): Promise<void> {
  // Without a charset, which Express would add: the bytes are the file's own encoding.
  // A workbook's own type follows from its name.
  response.attachment(name);
  if (!/\.(xlsx|zip)$/i.test(name)) response.setHeader('Content-Type', 'text/csv');
  if (size !== undefined) response.setHeader('Content-Length', size);
  await pipeline(Readable.from(bytes()), response);
}
