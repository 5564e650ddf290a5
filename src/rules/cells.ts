import type { Language } from './language.ts';
import { fold } from './text.ts';

/** Longer than anything that a cell holds, in characters: then a quote or a delimiter is out of place. An address says so itself. */
export const longestCell = 250;

/** The longest text that is looked through for an address, in characters: one with a name and all else that people paste around it. */
export const longestPasted = 1_000;

const yes = new Set(['ja', 'j', 'yes', 'y', '1', 'true', 'sant', 'x']);
const no = new Set(['nej', 'n', 'no', '0', 'false', 'falskt', 'falsk']);

const languages: ReadonlyMap<string, Language> = new Map([
  ...['sv', 'sv-se', 'svenska', 'swedish'].map((name) => [name, 'sv'] as const),
  ...['en', 'en-gb', 'en-us', 'engelska', 'english'].map((name) => [name, 'en'] as const),
]);

/** Year first, with or without separators; or day first, as Swedes and Britons write. A midnight behind it is ignored. */
const days = [
  /^(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<day>\d{1,2})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<day>\d{1,2})(?<separator>[-/.])(?<month>\d{1,2})\k<separator>(?<year>\d{4})$/,
];

/** `Ja`, `Yes`, `1`, `true`, `sant`, `x` → true; `Nej`, `No`, `0`, `false`, `falskt` → false; anything else: undefined. */
export function parseYesNo(cell: string): boolean | undefined {
  const word = fold(cell);
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

/** A day of the calendar as `2026-11-23`, from `2026-11-23`, `20261123`, `23.11.2026` or `23/11/2026`; undefined where it is none. */
export function parseDay(cell: string): string | undefined {
  const text = cell.trim().replace(/[ T]00:00(:00(\.0+)?)?Z?$/, '');
  for (const pattern of days) {
    const { year, month, day } = pattern.exec(text)?.groups ?? {};
    if (year && month && day) return realDay(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  }
  return undefined;
}

/** The language that a cell names: `sv`, `Svenska`, `sv-SE`, `English`, …; undefined where it is neither. */
export function parseLanguage(cell: string): Language | undefined {
  return languages.get(fold(cell).replace('_', '-'));
}

function realDay(day: string): string | undefined {
  const date = new Date(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
  return exists && day >= '1900' ? day : undefined;
}
