import { describe, expect, test } from 'vitest';
import { parseDay, parseLanguage, parseYesNo } from '../../src/rules/cells.ts';

describe('I2 what cells say', () => {
  test.each([
    ...['Ja', 'ja ', 'J', 'Yes', '1', 'true', 'TRUE', 'Sant', 'x', 'X'].map((cell) => [cell, true] as const),
    ...['Nej', 'n', 'No', '0', 'false', 'FALSKT'].map((cell) => [cell, false] as const),
    ...['', 'kanske', '2', '-', 'jaha'].map((cell) => [cell, undefined] as const),
  ])('"%s" as yes or no: %s', (cell, expected) => expect(parseYesNo(cell)).toBe(expected));

  test.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-1-2', '2026-01-02'],
    ['2026/11/23', '2026-11-23'],
    ['20261123', '2026-11-23'],
    ['23.11.2026', '2026-11-23'],
    ['23/11/2026', '2026-11-23'],
    ['3/4/2026', '2026-04-03'],
    ['23-11-2026', '2026-11-23'],
    [' 2026-11-23 00:00:00 ', '2026-11-23'],
    ['2026-11-23T00:00:00.000Z', '2026-11-23'],
    ['2028-02-29', '2028-02-29'],
    ['9999-12-31', '9999-12-31'],
    ['2026-02-29', undefined],
    ['11/23/2026', undefined],
    ['2026-13-01', undefined],
    ['2026-11/23', undefined],
    ['0001-01-01', undefined],
    ['46349', undefined],
    ['23 nov 2026', undefined],
    ['23/11/26', undefined],
    ['2026-11-23 14:02', undefined],
    ['', undefined],
  ])('"%s" as a day: %s', (cell, expected) => expect(parseDay(cell)).toBe(expected));

  test.each([
    ['sv', 'sv'],
    ['Svenska', 'sv'],
    ['Swedish', 'sv'],
    ['sv-SE', 'sv'],
    ['sv_SE', 'sv'],
    ['EN', 'en'],
    ['engelska', 'en'],
    ['English', 'en'],
    ['en-GB', 'en'],
    ['finska', undefined],
    ['', undefined],
    ['constructor', undefined],
  ])('"%s" as a language: %s', (cell, expected) => expect(parseLanguage(cell)).toBe(expected));
});
