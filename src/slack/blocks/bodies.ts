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
import { limits } from '../limits.ts';
import { button } from './actions.ts';
import {
  type Block,
  bold,
  code,
  type Inline,
  lines,
  list,
  plain,
  richText,
  sentence,
  symbol,
  words,
} from './rich.ts';

type View<K> = Extract<MessageView<Pressable>, { kind: K }>;

/** How one kind of view is drawn between its title and its further lines. */
export type Body<V> = (view: V, language: Language) => Block[];

const note: Body<NoteView<Pressable>> = ({ tone, text }) =>
  richText(lines([[...symbol(tone), ...sentence(text)]]));

const facts: Body<FactsView<Pressable>> = ({ status, facts: all }) => {
  const said = status ? [[...symbol(status.tone), ...bold(status.text)]] : [];
  const rows = all.map(({ label, value }) => [...bold(`${label}: `), ...sentence(value)]);
  return richText(lines([...said, ...rows]));
};

const table: Body<TableView<Pressable>> = ({ text, columns, rows, more }) => {
  const withButtons = rows.some(({ action }) => action);
  const heading = withButtons ? [[...bold(columns.join(' · '))]] : [];
  return [
    ...richText(lines([...(text ? [sentence(text)] : []), ...heading])),
    ...(withButtons
      ? rows.map(rowWithButton)
      : richText(list(rows.map(({ cells }) => rowOfCells(cells, columns))))),
    ...(more ? richText(lines([words(more)])) : []),
  ];
};

/** A row without a button: its first cell bold, each other one after the name of its column. */
function rowOfCells([first = '', ...others]: string[], [, ...columns]: string[]): Inline[] {
  const named = others.map((cell, i) => [columns[i], cell].filter(Boolean).join(': '));
  const row = [...bold(first), ...words(['', ...named].join(' · '))];
  return row.length > 0 ? row : words('–');
}

/** Rich text holds no buttons, a section does: the first cell on a line of its own, the others below. */
function rowWithButton({ cells, action }: TableView<Pressable>['rows'][number], index: number): Block {
  const [first = '', ...others] = cells;
  const text = [first, others.join(' · ')].filter(Boolean).join('\n') || '–';
  return {
    type: 'section',
    text: plain(text, limits.section),
    ...(action ? { accessory: button(action, `row-${index}`, first) } : {}),
  };
}

const summary: Body<SummaryView<Pressable>> = ({ tone, text, counts }, language) =>
  richText(
    lines([[...symbol(tone), ...sentence(text)]]),
    list(counts.map((count) => countLine(count, language))),
  );

const confirm: Body<ConfirmView<Pressable>> = ({ text, counts, warnings = [] }, language) => [
  ...richText(lines([sentence(text)]), list(counts.map((count) => countLine(count, language)))),
  ...richText(lines(warnings.map((warning) => [...symbol('warning'), ...sentence(warning)]))),
];

function countLine({ label, count, tone = 'plain' }: Count, language: Language): Inline[] {
  return [...symbol(tone), ...bold(formatNumber(count, language)), ...words(` ${label}`)];
}

const progress: Body<ProgressView<Pressable>> = (view, language) => {
  const bar = barOf(view);
  const drawn = bar ? [words(`${bar.done}${bar.left} ${percent(view, language)}`)] : [];
  return richText(lines([sentence(view.text), ...drawn]));
};

const help: Body<HelpView<Pressable>> = ({ text, entries }) =>
  richText(lines([sentence(text)]), list(entries.map(helpEntry)));

function helpEntry({
  usage,
  summary: said,
  examples = [],
}: HelpView<Pressable>['entries'][number]): Inline[] {
  return [
    ...code(usage),
    ...(said ? words(` – ${said}`) : []),
    ...examples.flatMap((example) => [...words('\n'), ...code(example)]),
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
