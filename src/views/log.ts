import type { Button, MessageView } from '../core/view.ts';
import { describeFilter, describeForPlace, emptyFilter } from '../rules/filter.ts';
import { type Language, speaker } from '../rules/language.ts';
import { campaignStateNames, importStateNames } from '../rules/run.ts';
import { formatNumber, formatTime } from '../rules/say.ts';
import { countOf, savesAnything } from '../rules/verdict.ts';
import type { Run, RunPage } from '../services/runs.ts';

type Import = Extract<Run, { kind: 'import' }>;
type Campaign = Extract<Run, { kind: 'campaign' }>;

/** One page of the imports and campaigns, newest first. File names and filters may name people: for the caller alone (A3). */
export function runTable(page: RunPage, language: Language, now = new Date()): MessageView {
  const say = speaker(language);
  const turn = (label: string, to: number): Button => ({ label, line: `log page:${to}`, acting: false });
  return {
    kind: 'table',
    title: say('Importer och utskick', 'Imports and campaigns'),
    columns: [say('Vad', 'What'), say('När', 'When'), say('Vem', 'Who'), say('Läge', 'State')],
    rows: page.runs.map((run) => ({
      cells: [
        whatOf(run, language),
        formatTime(run.createdAt, language, now),
        run.by || '–',
        stateOf(run, language),
      ],
      action: { label: say('Visa logg', 'Show log'), line: `log show #${run.id}`, acting: false },
    })),
    ...(page.pages > 1
      ? { more: say(`Sida ${page.page} av ${page.pages}`, `Page ${page.page} of ${page.pages}`) }
      : {}),
    actions: [
      ...(page.page > 1 ? [turn(say('Föregående', 'Previous'), page.page - 1)] : []),
      ...(page.page < page.pages ? [turn(say('Nästa', 'Next'), page.page + 1)] : []),
    ],
  };
}

/** Said where there is nothing to list. */
export function noRuns(language: Language): MessageView {
  return {
    kind: 'note',
    tone: 'plain',
    text: speaker(language)(
      'Inget är importerat eller utskickat ännu. Släpp en CSV-fil här, eller skriv `/vc massverifiera` och ett filter.',
      'Nothing is imported or sent yet. Drop a CSV file here, or type `/vc bulk-verify` and a filter.',
    ),
  };
}

/** A4: the personal link, for the person who asked alone. */
export function logLink(id: number, kind: Run['kind'], url: string, language: Language): MessageView {
  const say = speaker(language);
  const log =
    kind === 'import'
      ? say(`Loggen för import #${id}.`, `The log of import #${id}.`)
      : say(`Loggen för utskick #${id}.`, `The log of campaign #${id}.`);
  return {
    kind: 'note',
    tone: 'plain',
    text: `${log} ${say(
      'Länken är din egen, gäller i tio minuter och kan användas en gång.',
      'The link is your own, is valid for ten minutes and can be used once.',
    )}`,
    actions: [{ label: say('Öppna loggen', 'Open the log'), url, style: 'primary' }],
  };
}

function whatOf(run: Run, language: Language): string {
  if (run.kind === 'import') return `#${run.id} Import: ${run.fileName}`;
  const filter = run.protected
    ? describeFilter(run.filter, language)
    : describeForPlace(run.filter, language);
  return speaker(language)(`#${run.id} Utskick: ${filter}`, `#${run.id} Campaign: ${filter}`);
}

function stateOf(run: Run, language: Language): string {
  if (run.kind === 'import' && run.state === 'previewed' && run.counts && !savesAnything(run.counts))
    return speaker(language)('inget att spara', 'nothing to save');
  const [state, counts] =
    run.kind === 'import'
      ? [importStateNames[run.state], importCounts(run, language)]
      : [campaignStateNames[run.state], campaignCounts(run, language)];
  return counts.length > 0 ? `${state[language]}: ${counts.join(', ')}` : state[language];
}

/** What was planned is not said of rows that were never applied. */
function importCounts({ state, counts, protected: all }: Import, language: Language): string[] {
  if ((state !== 'done' && state !== 'failed') || !counts) return [];
  const say = speaker(language);
  const count = (group: Parameters<typeof countOf>[1]) => countOf(counts, group, all);
  return nonzero(language, [
    [count('created'), say('skapade', 'created')],
    [count('updated'), say('uppdaterade', 'updated')],
    [count('unchanged'), say('oförändrade', 'unchanged')],
    [count('skipped_connected') + count('skipped_empty'), say('överhoppade', 'skipped')],
    [count('rejected'), say('avvisade', 'rejected')],
  ]);
}

function campaignCounts({ state, counts }: Campaign, language: Language): string[] {
  if (state === 'previewed') return [];
  const say = speaker(language);
  return nonzero(language, [
    [counts.sent, say('skickade', 'sent')],
    [(counts.waiting ?? 0) + (counts.sending ?? 0), say('väntar', 'waiting')],
    [counts.failed, say('gick inte att skicka', 'could not be sent')],
    [counts.skipped, say('överhoppade', 'skipped')],
    [counts.cancelled, say('avbrutna', 'cancelled')],
  ]);
}

function nonzero(language: Language, counts: readonly [number | undefined, string][]): string[] {
  return counts.flatMap(([count = 0, words]) =>
    count > 0 ? [`${formatNumber(count, language)} ${words}`] : [],
  );
}

const createdAt = new Date('2026-11-17T13:02:00Z');
const file: Import = {
  kind: 'import',
  id: 42,
  createdAt,
  by: 'Lena Berg',
  protected: true,
  state: 'done',
  fileName: 'anställda.csv',
  counts: { c: 3, u: 1147, n: 40, k: 2, a: 12, d: 2 },
};
const sending: Run = {
  kind: 'campaign',
  id: 43,
  createdAt,
  by: 'Erik Holm',
  protected: true,
  state: 'running',
  filter: { ...emptyFilter(), departments: ['Ekonomi & Lön'], users: ['14'] },
  counts: { sent: 112, waiting: 295, failed: 3, skipped: 38 },
};
const previewed: Import = { ...file, id: 41, state: 'previewed', fileName: 'E-post från <kollegorna>.csv' };

export const examples: Record<string, MessageView> = {
  'imports and campaigns': runTable(
    { total: 12, page: 1, pages: 2, runs: [sending, file, previewed] },
    'sv',
    createdAt,
  ),
  'one campaign, cancelled': runTable(
    { total: 1, page: 1, pages: 1, runs: [{ ...sending, state: 'cancelled', protected: false }] },
    'en',
    createdAt,
  ),
  'one import with nothing to save': runTable(
    { total: 1, page: 1, pages: 1, runs: [{ ...previewed, counts: { n: 2, x: 4 } }] },
    'sv',
    createdAt,
  ),
  'no imports or campaigns': noRuns('sv'),
  'log link': logLink(42, 'import', 'https://bot.company.se/log/abc', 'sv'),
};
