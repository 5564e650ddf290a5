import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAddress } from '../../src/rules/address.ts';
import { likelyAddress } from '../../src/rules/address-mend.ts';

test.each([
  ['åsa.öberg@company.se', 'asa.oberg@company.se'],
  ['Zoë.Bjørk@company.se', 'Zoe.Bjork@company.se'],
  ['nils@company,se', 'nils@company.se'],
  ['nils @ company.se', 'nils@company.se'],
  ['nils@company. se', 'nils@company.se'],
  ['nils,berg@company.se', undefined],
  ['nils..berg@company.se', 'nils.berg@company.se'],
  ['nils.@company.se', 'nils@company.se'],
  ['.nils@company.se', 'nils@company.se'],
  ['nils@.company.se', 'nils@company.se'],
  ['nils@@company.se', 'nils@company.se'],
  ['nils@company.se.', 'nils@company.se'],
  ['nils(at)company.se', 'nils@company.se'],
  ['nils [snabel-a] company.se', 'nils@company.se'],
])('%s is probably %s', (written, meant) => expect(likelyAddress(written)).toBe(meant));

test.each([
  '',
  'nils',
  'nils@',
  '@company.se',
  'nils@company',
  'nils berg@company.se',
  'Anna Berg anna@company.se',
  'anna@company.se bo@company.se',
  'anna@company.se, bo@company.se',
  'anna@company.se',
  'Anna <anna@company.se>',
  'mailto:anna@company.se',
])('of "%s" nothing is likely', (written) => expect(likelyAddress(written)).toBeUndefined());

test('whatever is likely is an address, as it stands', () => {
  const piece = fc.constantFrom(
    'anna',
    'å',
    'é',
    '.',
    ',',
    ' ',
    '@',
    '(at)',
    'company',
    '.se',
    ';',
    'ß',
    '"',
    '\u200b',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join('')),
      ),
      (written) => {
        const meant = likelyAddress(written);
        if (meant !== undefined) expect(parseAddress(meant)).toMatchObject({ ok: true, shown: meant });
      },
    ),
  );
});
