import { expect, test } from 'vitest';
import { looksDamaged } from '../../src/rules/excel.ts';

test.each([
  '1,98503E+11',
  '1.98503E+11',
  '2E+11',
  'jan-05',
  '05-jan',
  'maj-12',
  '1-okt',
  '42.0',
  '42,00',
  '#NAMN?',
  '#NAME?',
  '#REF!',
  '#####',
  '#N/A',
])('I4 %s is what a spreadsheet left of a number', (value) => expect(looksDamaged(value)).toBe(true));

test.each([
  '',
  '14',
  '0014',
  '198503011234',
  '19850301-1234',
  'A-05',
  'E12',
  '12E',
  'janne',
  'jan',
  '4.2',
  'anna.berg',
  '#14',
])('I4 %s is as somebody wrote it', (value) => expect(looksDamaged(value)).toBe(false));
