import type { Text } from './language.ts';

/** The delimiters that are found by looking at a file. */
export const foundDelimiters = ['\t', ';', ','] as const;

const names: Readonly<Record<string, Text>> = {
  '\t': { sv: 'tabb', en: 'tab' },
  ';': { sv: 'semikolon', en: 'semicolon' },
  ',': { sv: 'komma', en: 'comma' },
};

/** "semicolon", or the character itself. */
export function delimiterName(delimiter: string): Text {
  return names[delimiter] ?? { sv: delimiter, en: delimiter };
}

/**
 * Whether a character can stand between two cells: a tab, or a sign of ASCII (so that every encoding has it) that neither
 * quotes nor is part of addresses, numbers and formulas.
 */
export function canDelimit(character: string): boolean {
  return /^[\t!#$%&()*,/:;<>?[\\\]^`{|}~]$/.test(character);
}
