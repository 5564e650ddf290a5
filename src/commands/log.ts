import { actionReader, isPage, numbered, pageOf } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import type { Token } from '../rules/line.ts';
import type { Run, Runs } from '../services/runs.ts';
import type { LogPath, Sessions } from '../services/sessions.ts';
import { logLink, noRuns, runTable } from '../views/log.ts';

export interface LogCommandParts {
  runs: Runs;
  sessions: Pick<Sessions, 'ticket'>;
  /** PUBLIC_URL, without a trailing slash. */
  publicUrl: string;
}

const perPage = 10;
const actionOf = actionReader({ show: ['show', 'visa'] });

/** Where the page of each kind is. */
const pathTo: Readonly<Record<Run['kind'], (id: number) => LogPath>> = {
  import: (id) => `/imports/${id}`,
  export: (id) => `/exports/${id}`,
  campaign: (id) => `/campaigns/${id}`,
};

/** `/vc log`: the imports, exports and campaigns, newest first; `/vc log show #42`: a personal link to one's log (A4). */
export function logCommand({ runs, sessions, publicUrl }: LogCommandParts): Command {
  async function list({ person, language }: Request, page: number): Promise<Answer[]> {
    const found = await runs.list(person.access, page, perPage);
    const view = found.total === 0 ? noRuns(language) : runTable(found, language);
    return [{ view, replace: true }];
  }

  async function show({ person, language }: Request, id: number): Promise<Answer[]> {
    const kind = await runs.kindOf(id, person.access);
    if (!kind) throw refuse('log_unknown', { id });
    const url = `${publicUrl}/log/${await sessions.ticket(person.id, pathTo[kind](id))}`;
    return [{ view: logLink(id, kind, url, language) }];
  }

  return {
    name: 'log',
    swedish: ['logg', 'loggen'],
    summary: {
      sv: 'Listar importer, exporter och utskick, och visar vad som hände',
      en: 'Lists imports, exports and campaigns, and shows what happened',
    },
    usage: [
      { sv: 'logg', en: 'log' },
      { sv: 'logg visa #NUMMER', en: 'log show #NUMBER' },
    ],
    examples: [{ sv: 'logg visa #42', en: 'log show #42' }],
    permission: () => ['import', 'export', 'verify'],
    action: (args) => (isList(args) ? 'list' : 'show'),
    run(request, args) {
      return isList(args) ? list(request, pageOf(args)) : show(request, numberOf(args));
    },
  };
}

/** Whether the list is asked for, and not one log. */
function isList(args: readonly Token[]): boolean {
  return args.every(isPage);
}

/** The number of one import, export or campaign, with or without the word that asks to see it. Throws `log_no_number`. */
function numberOf(args: readonly Token[]): number {
  const found = numbered(actionOf(args)?.rest ?? args);
  if (!found || found.rest) throw refuse('log_no_number');
  return found.id;
}
