import { expect, test } from 'vitest';
import { likelyCompany } from '../../src/rules/companies.ts';

const known = ['Nordlager', 'Sydlager AB', 'Butik 12', 'Öst & Väst AB'];

test.each([
  ['Nordlagret', 'Nordlager'],
  ['Nordlagr', 'Nordlager'],
  ['Nordlager AB', 'Nordlager'],
  ['Sydlager', 'Sydlager AB'],
  ['Sydlgaer AB', 'Sydlager AB'],
  ['Öst Väst AB', 'Öst & Väst AB'],
  ['Butik 13', undefined],
  ['Hamnkontoret', undefined],
  ['AB', undefined],
])('%s: perhaps %s', (name, meant) => expect(likelyCompany(name, known)).toBe(meant));
