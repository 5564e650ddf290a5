import type { CellMark } from '../rules/cell-marks.ts';
import type { NumberLook } from './styles.ts';

/** A cell as text, and what is worth knowing of it. */
export interface CellText {
  readonly text: string;
  readonly mark: CellMark | null;
}

const dayMs = 86_400_000;
/** Day 0, and what is added before 1 March 1900, for Excel has a 29 February in that year. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);
/** 31 December 9999. */
const lastDay = 2_958_465;

/** A number as people see it: days as `2026-01-31`, with a time where there is one, zeros before it where the cell shows them. */
export function numberText(written: string, look: NumberLook, is1904: boolean): CellText {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return { text: written, mark: null };
  if (typeof look === 'string' && value >= 0 && value <= lastDay)
    return { text: momentText(value, look, is1904), mark: 'date' };
  const text = plainNumber(value);
  // Beyond fifteen digits Excel has put zeros.
  if (Number.isInteger(value) && Math.abs(value) >= 1e15) return { text, mark: 'rounded' };
  if (look !== null && typeof look === 'object' && Number.isInteger(value) && value >= 0)
    return { text: text.padStart(look.digits, '0'), mark: text.length < look.digits ? null : 'number' };
  return { text, mark: 'number' };
}

/** All digits, however large or small, and none of the noise that binary fractions have in the end. */
function plainNumber(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e')
    ? Number(text)
        .toFixed(20)
        .replace(/\.?0+$/, '')
    : text;
}

function momentText(serial: number, look: 'day' | 'time' | 'moment', is1904: boolean): string {
  const shift = !is1904 && serial < 60 ? 1 : 0;
  const ms = Math.round((serial + shift) * dayMs);
  const whole = new Date((is1904 ? epoch1904 : epoch1900) + Math.round(ms / 1000) * 1000).toISOString();
  const [day = '', time = ''] = [whole.slice(0, 10), whole.slice(11, 19).replace(/:00$/, '')];
  if (look === 'time' && serial < 1) return time;
  return serial % 1 === 0 ? day : `${day} ${time}`;
}
