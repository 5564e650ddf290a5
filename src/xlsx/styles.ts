import { readWhole } from './xml.ts';

/**
 * How a number is shown, as far as it says what is meant: as a day, a time of day, both, or filled with zeros to so many
 * digits. Null: as a number.
 */
export type NumberLook = 'day' | 'time' | 'moment' | { readonly digits: number } | null;

/** Those of Excel's own formats that show days and times. Source: ECMA-376, 18.8.30 numFmt. */
const builtIn: ReadonlyMap<number, NumberLook> = new Map<number, NumberLook>([
  ...[14, 15, 16, 17, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id): [number, NumberLook] => [id, 'day'],
  ),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56].map((id): [number, NumberLook] => [id, 'time']),
  [22, 'moment'],
]);

/** How the cells of each style show numbers, by the style's number. */
export async function readStyles(bytes: AsyncIterable<Buffer>): Promise<NumberLook[]> {
  const own = new Map<number, NumberLook>();
  const looks: NumberLook[] = [];
  let inCells = false;
  await readWhole(bytes, {
    open(name, { numFmtId, formatCode = '' }) {
      const id = Number(numFmtId);
      if (name === 'numFmt') own.set(id, lookOf(formatCode));
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) looks.push(own.get(id) ?? builtIn.get(id) ?? null);
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return looks;
}

/** In characters: Excel's own limit. */
const longestFormat = 255;

/** What a format of one's own shows, by its first section: text in it, colours and countries say nothing. */
function lookOf(format: string): NumberLook {
  const [first = ''] = format.slice(0, longestFormat).split(';');
  const code = first
    .replace(/"[^"]*"|\\.|_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/^0{2,}$/.test(code)) return { digits: code.length };
  const hasDay = /[yd]/.test(code) || (code.includes('m') && !/[hs]/.test(code));
  const hasTime = /[hs]/.test(code);
  if (hasDay) return hasTime ? 'moment' : 'day';
  return hasTime && !/[0#]\.?[0#]*e/.test(code) ? 'time' : null;
}
