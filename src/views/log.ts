import type { Button, Example, MessageView } from '../core/view.ts';
import { describeFilter, describeForPlace, emptyFilter } from '../rules/filter.ts';
import { droppedText } from '../rules/import-files.ts';
import { skipped } from '../rules/import-words.ts';
import { type Language, speaker, type Text } from '../rules/language.ts';
import { campaignStateName, exportStateNames, importStateNames } from '../rules/run.ts';
import { formatNumber, formatTime, plural } from '../rules/say.ts';
import { countOf, savesAnything } from '../rules/verdict.ts';
import type { Run, RunPage } from '../services/runs.ts';

type Import = Extract<Run, { kind: 'import' }>;
type Export = Extract<Run, { kind: 'export' }>;
type Campaign = Extract<Run, { kind: 'campaign' }>;

/** One page of the imports, exports and campaigns, newest first. File names and filters may name people: for the caller alone (A3). */
export function runTable(page: RunPage, language: Language, now = new Date()): MessageView {
  const say = speaker(language);
  const turn = (label: string, to: number): Button => ({ label, line: `log page:${to}`, acting: false });
  return {
    kind: 'table',
    title: say('Importer, exporter och utskick', 'Imports, exports and campaigns'),
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
      'Det finns inga importer, exporter eller utskick ännu. Släpp en CSV- eller Excelfil här, eller skriv `/vc massverifiera` och ett filter.',
      'There are no imports, exports or campaigns yet. Drop a CSV or Excel file here, or type `/vc bulk-verify` and a filter.',
    ),
  };
}

/** A4: the personal link, for the person who asked alone. */
export function logLink(id: number, kind: Run['kind'], url: string, language: Language): MessageView {
  const say = speaker(language);
  const logs: Readonly<Record<Run['kind'], string>> = {
    import: say(`Loggen för import #${id}.`, `The log of import #${id}.`),
    export: say(`Sidan med filen från export #${id}.`, `The page with the file of export #${id}.`),
    campaign: say(`Loggen för utskick #${id}.`, `The log of campaign #${id}.`),
  };
  return {
    kind: 'note',
    tone: 'plain',
    text: `${logs[kind]} ${say(
      'Länken är din egen, gäller i tio minuter och kan användas en gång.',
      'The link is your own, is valid for ten minutes and can be used once.',
    )}`,
    actions: [
      {
        label: kind === 'export' ? say('Öppna sidan', 'Open the page') : say('Öppna loggen', 'Open the log'),
        url,
        style: 'primary',
      },
    ],
  };
}

function whatOf(run: Run, language: Language): string {
  if (run.kind === 'import' && run.origin === 'file')
    return `#${run.id} Import: ${droppedText(run.fileName, run.files, language)}`;
  if (run.kind === 'export') return `#${run.id} Export: ${run.fileName}`;
  if (run.kind === 'import' && run.origin === 'undo')
    return speaker(language)(
      `#${run.id} Återställning av #${run.undoes}`,
      `#${run.id} Undo of #${run.undoes}`,
    );
  const filter = (run.protected ? describeFilter : describeForPlace)(run.filter ?? emptyFilter(), language);
  if (run.kind === 'import')
    return speaker(language)(`#${run.id} Ifyllning: ${filter}`, `#${run.id} Fill: ${filter}`);
  return speaker(language)(`#${run.id} Utskick: ${filter}`, `#${run.id} Campaign: ${filter}`);
}

function stateOf(run: Run, language: Language): string {
  if (run.kind === 'import' && run.state === 'previewed' && run.counts && !savesAnything(run.counts))
    return speaker(language)('inget att spara', 'nothing to save');
  const [state, counts] = stateAndCounts(run, language);
  return counts.length > 0 ? `${state[language]}: ${counts.join(', ')}` : state[language];
}

function stateAndCounts(run: Run, language: Language): [state: Text, counts: string[]] {
  switch (run.kind) {
    case 'import':
      return [importStateNames[run.state], importCounts(run, language)];
    case 'export':
      return [exportStateNames[run.state], exportCounts(run, language)];
    case 'campaign':
      return [campaignStateName(run.state, run.counts), campaignCounts(run, language)];
  }
}

function exportCounts({ state, users }: Export, language: Language): string[] {
  if (state === 'failed') return [];
  const say = speaker(language);
  return nonzero(language, [[users, (n) => say('användare', plural(n, 'user', 'users'))]]);
}

/** What was planned is not said of rows that were never applied. */
function importCounts({ state, counts, protected: all }: Import, language: Language): string[] {
  if ((state !== 'done' && state !== 'failed') || !counts) return [];
  const say = speaker(language);
  const count = (group: Parameters<typeof countOf>[1]) => countOf(counts, group, all);
  return nonzero(language, [
    [count('created'), (n) => say(plural(n, 'skapad', 'skapade'), 'created')],
    [count('updated'), (n) => say(plural(n, 'uppdaterad', 'uppdaterade'), 'updated')],
    [count('unchanged'), (n) => say(plural(n, 'oförändrad', 'oförändrade'), 'unchanged')],
    [skipped(count), (n) => say(plural(n, 'överhoppad', 'överhoppade'), 'skipped')],
    [count('rejected'), (n) => say(plural(n, 'avvisad', 'avvisade'), 'rejected')],
  ]);
}

function campaignCounts({ state, counts }: Campaign, language: Language): string[] {
  if (state === 'previewed') return [];
  const say = speaker(language);
  return nonzero(language, [
    [counts.sent, (n) => say(plural(n, 'skickat', 'skickade'), 'sent')],
    [(counts.waiting ?? 0) + (counts.sending ?? 0), () => say('väntar', 'waiting')],
    [counts.failed, () => say('gick inte att skicka', 'could not be sent')],
    [counts.skipped, (n) => say(plural(n, 'överhoppad', 'överhoppade'), 'skipped')],
    [counts.cancelled, (n) => say(plural(n, 'avbrutet', 'avbrutna'), 'cancelled')],
  ]);
}

function nonzero(
  language: Language,
  counts: readonly [number | undefined, (count: number) => string][],
): string[] {
  return counts.flatMap(([count = 0, words]) =>
    count > 0 ? [`${formatNumber(count, language)} ${words(count)}`] : [],
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
  origin: 'file',
  filter: null,
  undoes: null,
  fileName: 'anställda.csv',
  files: 0,
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
const filled: Import = {
  ...file,
  id: 45,
  origin: 'fill',
  filter: { ...emptyFilter(), departments: ['Ekonomi & Lön'] },
  counts: { u: 12, h: 30, s: 2 },
};
const exported: Export = {
  kind: 'export',
  id: 44,
  createdAt,
  by: 'Lena Berg',
  protected: true,
  state: 'done',
  fileName: 'kollegor & vänner.csv',
  users: 1204,
};
const previewed: Import = { ...file, id: 41, state: 'previewed', fileName: 'E-post från <kollegorna>.csv' };

export const examples: Record<string, Example> = {
  'imports, exports and campaigns': (language) =>
    runTable(
      { total: 12, page: 1, pages: 2, runs: [exported, sending, file, previewed] },
      language,
      createdAt,
    ),
  'one campaign, cancelled': (language) =>
    runTable(
      { total: 1, page: 1, pages: 1, runs: [{ ...sending, state: 'cancelled', protected: false }] },
      language,
      createdAt,
    ),
  "departments' files, in one import": (language) =>
    runTable({ total: 1, page: 1, pages: 1, runs: [{ ...file, files: 8 }] }, language, createdAt),
  'one undo': (language) =>
    runTable(
      {
        total: 1,
        page: 1,
        pages: 1,
        runs: [{ ...filled, id: 46, origin: 'undo', filter: null, undoes: 42 }],
      },
      language,
      createdAt,
    ),
  'one fill': (language) => runTable({ total: 1, page: 1, pages: 1, runs: [filled] }, language, createdAt),
  'one import with nothing to save': (language) =>
    runTable(
      { total: 1, page: 1, pages: 1, runs: [{ ...previewed, counts: { n: 2, x: 4 } }] },
      language,
      createdAt,
    ),
  'one campaign with nobody to send to': (language) =>
    runTable(
      { total: 1, page: 1, pages: 1, runs: [{ ...sending, state: 'previewed', counts: { skipped: 38 } }] },
      language,
      createdAt,
    ),
  'no imports, exports or campaigns': noRuns,
  'log link': (language) => logLink(42, 'import', 'https://bot.company.se/log/abc', language),
  'link to an exported file': (language) => logLink(44, 'export', 'https://bot.company.se/log/abc', language),
};
