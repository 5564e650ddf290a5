import type { Language, Text } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { MessageView, Pressable } from './view.ts';

type Message = MessageView<Pressable>;

/** As much of a view as one message holds: the view with its first rows and further lines. */
export interface Part {
  view: Message;
  /** What is to stand below the rows that are left; undefined where all are. */
  moreRows: string | undefined;
  /** As `moreRows`, for the further lines. */
  moreLines: string | undefined;
}

/**
 * Draws as much of a view as fits. What does not is left out from the end, by whole rows and then by whole lines, and
 * the part says how many; where nothing that can be left out helps, the least part is drawn all the same.
 */
export function fit<D>(
  view: Message,
  language: Language,
  draw: (part: Part) => D,
  fits: (drawn: D) => boolean,
): D {
  const rows = rowsOf(view);
  const lines = view.lines?.length ?? 0;
  const drawn = (shownRows: number, shownLines: number): D =>
    draw({
      view: partOf(view, shownRows, shownLines),
      moreRows: more(rows - shownRows, view, language),
      moreLines: more(lines - shownLines, view, language),
    });
  const whole = drawn(rows, lines);
  if (fits(whole)) return whole;
  const shownRows = most(rows, (shown) => fits(drawn(shown, lines)));
  const shownLines = most(lines, (shown) => fits(drawn(shownRows, shown)));
  return drawn(shownRows, shownLines);
}

function rowsOf(view: Message): number {
  switch (view.kind) {
    case 'facts':
      return view.facts.length;
    case 'table':
      return view.rows.length;
    case 'summary':
    case 'confirm':
      return view.counts.length;
    case 'help':
      return view.entries.length;
    default:
      return 0;
  }
}

function partOf(view: Message, rows: number, lines: number): Message {
  const part = view.lines ? { ...view, lines: view.lines.slice(0, lines) } : view;
  switch (part.kind) {
    case 'facts':
      return { ...part, facts: part.facts.slice(0, rows) };
    case 'table':
      return { ...part, rows: part.rows.slice(0, rows) };
    case 'summary':
    case 'confirm':
      return { ...part, counts: part.counts.slice(0, rows) };
    case 'help':
      return { ...part, entries: part.entries.slice(0, rows) };
    default:
      return part;
  }
}

/** The most of `all` that still fit; 0 where none do. */
function most(all: number, works: (shown: number) => boolean): number {
  if (works(all)) return all;
  let [low, high] = [0, all];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (works(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function more(left: number, view: Message, language: Language): string | undefined {
  if (left <= 0) return undefined;
  const log = (view.actions ?? []).some(({ label }) => /^(Visa logg|Show log)/.test(label));
  return andMore(formatNumber(left, language), log)[language];
}

/** `log`: the message has a button that opens the log. */
function andMore(count: string, log: boolean): Text {
  return {
    sv: log ? `och ${count} till: öppna loggen` : `och ${count} till`,
    en: log ? `and ${count} more: open the log` : `and ${count} more`,
  };
}
