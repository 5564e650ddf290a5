import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { fold } from '../rules/text.ts';
import type { Runs } from '../services/runs.ts';
import type { LogPath, Sessions } from '../services/sessions.ts';
import { logLink, noRuns, runTable } from '../views/log.ts';

export interface LogCommandParts {
  runs: Runs;
  sessions: Pick<Sessions, 'ticket'>;
  /** PUBLIC_URL, without a trailing slash. */
  publicUrl: string;
}

const perPage = 10;
const showing = ['show', 'visa'];

/** `/vc log`: the imports and campaigns, newest first; `/vc log show #42`: a personal link to one's log (A4). */
export function logCommand({ runs, sessions, publicUrl }: LogCommandParts): Command {
  async function list({ person, language }: Request, page: number): Promise<Answer[]> {
    const found = await runs.list(person.access, page, perPage);
    const view = found.total === 0 ? noRuns(language) : runTable(found, language);
    return [{ to: 'caller', view, replace: true }];
  }

  async function show({ person, language }: Request, id: number): Promise<Answer[]> {
    const kind = await runs.kindOf(id, person.access);
    if (!kind) throw refuse('log_unknown', { id });
    const path: LogPath = kind === 'import' ? `/imports/${id}` : `/campaigns/${id}`;
    const url = `${publicUrl}/log/${await sessions.ticket(person.id, path)}`;
    return [{ to: 'caller', view: logLink(id, kind, url, language) }];
  }

  return {
    name: 'log',
    swedish: ['logg', 'loggen'],
    summary: {
      sv: 'Listar importer och utskick, och visar vad som hände rad för rad',
      en: 'Lists imports and campaigns, and shows what happened row by row',
    },
    usage: [
      { sv: 'logg', en: 'log' },
      { sv: 'logg visa #NUMMER', en: 'log show #NUMBER' },
    ],
    examples: [{ sv: 'logg visa #42', en: 'log show #42' }],
    permission: () => ['import', 'verify'],
    action: (args) => (isList(args) ? 'list' : 'show'),
    run(request, args) {
      const page = pageOf(args);
      return page === undefined ? show(request, numberOf(args)) : list(request, page);
    },
  };
}

/** Whether the list is asked for, and not one log. */
function isList([first, ...rest]: readonly Token[]): boolean {
  if (!first) return true;
  return first.kind === 'pair' && ['page', 'sida'].includes(fold(first.key)) && rest.length === 0;
}

/** The page of the list that is asked for; undefined: not the list. Throws `not_a_page`. */
function pageOf(args: readonly Token[]): number | undefined {
  if (!isList(args)) return undefined;
  const [first] = args;
  const written = first?.kind === 'pair' ? first.value : '1';
  if (!/^\d{1,6}$/.test(written)) throw refuse('not_a_page', { written });
  return Number(written);
}

/** The number of one import or campaign, with or without the word that asks to see it. Throws `log_no_number`. */
function numberOf(args: readonly Token[]): number {
  const words = args.map(tokenText);
  const written = showing.includes(fold(words[0] ?? '')) ? words.slice(1) : words;
  const digits = /^#?\s*(\d{1,9})$/.exec(written.join(' '))?.[1];
  if (digits === undefined) throw refuse('log_no_number');
  return Number(digits);
}
