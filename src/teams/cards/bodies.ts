import { barOf, percent } from '../../core/plain.ts';
import type {
  ConfirmView,
  Count,
  FactsView,
  HelpView,
  MessageView,
  NoteView,
  Pressable,
  ProgressView,
  SummaryView,
  TableView,
} from '../../core/view.ts';
import type { Language } from '../../rules/language.ts';
import { formatNumber } from '../../rules/say.ts';
import { cut } from '../../rules/text.ts';
import { limits } from '../limits.ts';
import { actionSet, button } from './actions.ts';
import type { ColumnSet, Element, TextRun } from './card.ts';
import { code, column, line, sentence, symbol, toned, words } from './text.ts';

type View<K> = Extract<MessageView<Pressable>, { kind: K }>;
type Row = TableView<Pressable>['rows'][number];

/** How one kind of view is drawn between its title and its further lines. */
export type Body<V> = (view: V, language: Language) => Element[];

const note: Body<NoteView<Pressable>> = ({ tone, text }) => toned(tone, [sentence(text)]);

const facts: Body<FactsView<Pressable>> = ({ status, facts: all }) => [
  ...(status ? toned(status.tone, [sentence(status.text, { weight: 'bolder' })]) : []),
  ...all.map(fact),
];

/** The label in one column and the value in another, twice as wide: fact under fact they stand in line. */
function fact({ label, value }: FactsView<Pressable>['facts'][number], index: number): ColumnSet {
  return {
    type: 'ColumnSet',
    spacing: index === 0 ? 'medium' : 'small',
    columns: [column(1, line(words(label, { isSubtle: true }))), column(2, line(sentence(value || '–')))],
  };
}

const table: Body<TableView<Pressable>> = ({ text, columns, rows, more }) => {
  const withButtons = rows.some(({ action }) => action);
  return [
    ...line(sentence(text ?? '')),
    ...(withButtons ? line(words(columns.join(' · '), { isSubtle: true, size: 'small' })) : []),
    ...(withButtons ? rows.map(rowWithButton) : rows.flatMap(({ cells }) => rowOfCells(cells, columns))),
    ...line(words(more ?? '', { isSubtle: true })),
  ];
};

/** A row without a button: its first cell bold, each other one after the name of its column. */
function rowOfCells(cells: string[], [, ...columns]: string[]): Element[] {
  const [first = '', ...others] = cells.map(short);
  const named = others.flatMap((cell, i): TextRun[] => [
    ...(i === 0 ? [] : words(' · ', { isSubtle: true })),
    ...words(columns[i] ? `${columns[i]}: ` : '', { isSubtle: true }),
    ...words(cell),
  ]);
  return [
    ...line(words(first || '–', { weight: 'bolder' }), { separator: true }),
    ...line(named, { spacing: 'none' }),
  ];
}

const short = (cell: string) => cut(cell, limits.cell);

function rowWithButton({ cells, action }: Row): ColumnSet {
  const [first = '', ...others] = cells.map(short);
  return {
    type: 'ColumnSet',
    separator: true,
    columns: [
      column('stretch', [
        ...line(words(first || '–', { weight: 'bolder' })),
        ...line(words(others.join(' · ')), { spacing: 'none' }),
      ]),
      ...(action
        ? [
            {
              ...column('auto', [actionSet([button(action, first)])]),
              verticalContentAlignment: 'center' as const,
            },
          ]
        : []),
    ],
  };
}

const summary: Body<SummaryView<Pressable>> = ({ tone, text, counts }, language) => [
  ...toned(tone, [sentence(text)]),
  ...countRows(counts, language),
];

const confirm: Body<ConfirmView<Pressable>> = ({ text, counts, warnings = [] }, language) => [
  ...line(sentence(text)),
  ...countRows(counts, language),
  ...toned(
    'warning',
    warnings.map((warning) => sentence(warning)),
  ),
];

/** Numbers under each other to the right, and what they count. */
function countRows(counts: readonly Count[], language: Language): ColumnSet[] {
  const numbers = counts.map(({ count }) => formatNumber(count, language));
  const marked = counts.some(({ tone = 'plain' }) => tone !== 'plain');
  const width = (marked ? 24 : 6) + 9 * Math.max(...numbers.map(({ length }) => length));
  return counts.map(({ label, tone = 'plain' }, index) => ({
    type: 'ColumnSet',
    spacing: index === 0 ? 'medium' : 'small',
    columns: [
      column(
        `${width}px`,
        line([...symbol(tone), ...words(numbers[index] ?? '', { weight: 'bolder' })], {
          horizontalAlignment: 'right',
        }),
      ),
      column('stretch', line(sentence(label))),
    ],
  }));
}

const progress: Body<ProgressView<Pressable>> = (view, language) => {
  const bar = barOf(view);
  const drawn = bar
    ? [
        ...words(bar.done, { color: 'accent' }),
        ...words(bar.left, { color: 'accent' }),
        ...words(`  ${percent(view, language)}`, { weight: 'bolder' }),
      ]
    : [];
  return [...line(sentence(view.text)), ...line(drawn)];
};

const help: Body<HelpView<Pressable>> = ({ text, entries }) => [
  ...line(sentence(text)),
  ...entries.flatMap(helpEntry),
];

function helpEntry({
  usage,
  summary: said,
  examples = [],
}: HelpView<Pressable>['entries'][number]): Element[] {
  return [
    ...line(code(usage, { weight: 'bolder' })),
    ...line(sentence(said), { spacing: 'none' }),
    ...examples.flatMap((example) => line(code(example), { spacing: 'none' })),
  ];
}

/** Every kind of view. */
export const bodies: { [K in MessageView['kind']]: Body<View<K>> } = {
  note,
  facts,
  table,
  summary,
  progress,
  confirm,
  help,
};
