import { pipeline } from 'node:stream/promises';
import { type Request, type Response, Router } from 'express';
import { may, type Permission, reach } from '../../core/access.ts';
import type { Attempt, Report, Trail } from '../../core/ports.ts';
import { writeRejected } from '../../csv/index.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { reasonTexts } from '../../rules/import-row.ts';
import type { Language } from '../../rules/language.ts';
import { hintText } from '../../rules/row-notes.ts';
import type { Campaigns } from '../../services/campaigns/index.ts';
import type { ImportLogs, RejectedRows } from '../../services/imports/log.ts';
import type { Reader, Sessions } from '../../services/sessions.ts';
import { pathOf, type Site } from '../layout.tsx';
import { ownPagesOnly } from '../own-pages.ts';
import { campaignSheet, stateOf } from './campaign-sheet.ts';
import { sessionOf, setSession } from './cookie.ts';
import { closedPage, endedPage, missingPage, ticketPage, uncertainPage } from './door-pages.tsx';
import { groupOf, importSheet } from './import-sheet.ts';
import { type PageQuery, readQuery } from './query.ts';
import { type LogSheet, logPage } from './sheet.tsx';

export interface LogParts {
  sessions: Pick<Sessions, 'look' | 'redeem' | 'reader'>;
  imports: ImportLogs;
  campaigns: Pick<Campaigns, 'log'>;
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
 * has one and the permission (A4), and `/imports/ID/rejected` hands back the rejected rows (I7).
 */
export function logRouter({
  sessions,
  imports,
  campaigns,
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
      const send = permitted && id !== undefined ? await answer({ ...reading, id }) : undefined;
      const refusal: RefusalCode = permitted ? 'log_unknown' : 'no_permission';
      record(what, person, pageOf(request), send ? 'done' : refusal);
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

  const sendSheet =
    (sheet: LogSheet, { query, language }: Reading) =>
    (response: Response) =>
      response.send(logPage(sheet, query, site, language));

  router.get(
    '/imports/:id',
    read('read', 'import', async (reading) => {
      const { id, person, query, language } = reading;
      const group = groupOf(query.outcome);
      const log = await imports.log(id, { ...query, group, limit: perPage }, reach(person.access, 'import'));
      if (!log) return undefined;
      const rejected = pathOf(site, `/imports/${id}/rejected`);
      return sendSheet(importSheet(log, group, rejected, language, now()), reading);
    }),
  );

  router.get(
    '/imports/:id/rejected',
    read('download', 'import', async ({ id, person, language }) => {
      const rejected = await imports.rejected(id, reach(person.access, 'import'));
      if (!rejected) return undefined;
      return (response) =>
        sendRejected(rejected, language, response).catch((error: unknown) => {
          if (!isGone(error)) report(error, 'rejected rows');
        });
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

/** Whether the browser left before the file's end. */
function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

/** A number that an import or a campaign may have. */
function idOf(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

/** I7: the rejected rows in the file's own format, to be corrected and dropped again. */
async function sendRejected(
  { fileName, shape, header, rows }: RejectedRows,
  language: Language,
  response: Response,
) {
  const [, stem = 'import', extension = 'csv'] = /^(.*)\.(csv|tsv|txt)$/i.exec(fileName) ?? [
    undefined,
    fileName,
  ];
  const suffix = language === 'sv' ? 'avvisade' : 'rejected';
  // Without a charset, which Express would add: the bytes are the file's own encoding.
  response.attachment(`${stem}-${suffix}.${extension}`).setHeader('Content-Type', 'text/csv');
  await pipeline(writeRejected(shape, header, withReasons(rows, language)), response);
}

async function* withReasons(rows: RejectedRows['rows'], language: Language) {
  for await (const { values, reason, hints } of rows) {
    const texts = [reasonTexts[reason], ...hints.map(hintText)];
    yield { values, reason: texts.map((text) => text[language]).join(' ') };
  }
}
