import type { Language } from './language.ts';

/** I1: the largest file that is read, in bytes. */
export const largestFile = 200 * 1024 * 1024;

const units = ['B', 'kB', 'MB'] as const;
const step = 1024;
const locales: Readonly<Record<Language, string>> = { sv: 'sv-SE', en: 'en-GB' };

/** `1536` → "1,5 kB" or "1.5 kB", with a no-break space; a step is 1,024, as where people look at their files. */
export function formatSize(bytes: number, language: Language): string {
  const steps = units.findLastIndex((_, index) => bytes >= step ** index);
  const size = bytes / step ** Math.max(steps, 0);
  const number = size.toLocaleString(locales[language], { maximumFractionDigits: size < 10 ? 1 : 0 });
  return `${number}\u00a0${units[Math.max(steps, 0)]}`;
}
