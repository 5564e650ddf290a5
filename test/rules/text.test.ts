import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean, cut, cutAtLine, fold } from '../../src/rules/text.ts';

describe('A7 text from outside', () => {
  test.each([
    ['no-break and tab spaces become spaces', 'Anna\u00a0Berg\tEk', 'Anna Berg Ek'],
    ['line ends inside a cell become spaces', 'Storgatan 1\r\nÖrebro', 'Storgatan 1  Örebro'],
    ['a byte order mark goes', '\ufeffAnvändar-id', 'Användar-id'],
    ['zero-width, bidi and soft hyphens go', 'a\u200bn\u202en\u00ada\u2066', 'anna'],
    ['NUL and half characters go', 'a\u0000b\ud800c', 'abc'],
    ['two-part letters become one', 'A\u030angstro\u0308m', 'Ångström'],
    ['the ends are trimmed', '  \u3000Lön  ', 'Lön'],
    ['markup stays as text', '<!channel> & *x*', '<!channel> & *x*'],
  ])('%s', (_, raw, expected) => expect(clean(raw)).toBe(expected));

  test('cleaning twice changes nothing more', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        expect(clean(clean(s))).toBe(clean(s));
      }),
    ));
});

describe('U3 the one form for comparing names', () => {
  test.each([
    ['case', 'EKONOMI & LÖN', 'ekonomi & lön'],
    ['å ä ö written in two parts', 'A\u030aA\u0308O\u0308', 'åäö'],
    ['white space', '  Norra \u00a0 kontoret\t', 'norra kontoret'],
    ['leading zeros count', '0042', '0042'],
  ])('%s', (_, raw, expected) => expect(fold(raw)).toBe(expected));

  test('å, ä and ö stay letters of their own', () => expect(fold('Mårten')).not.toBe(fold('Marten')));

  test('folding twice changes nothing more', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (s) => {
        expect(fold(fold(s))).toBe(fold(s));
      }),
    ));
});

describe('what is too long', () => {
  test('is cut, never in the middle of a character', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('a😀😀', 4)).toBe('a😀…');
    expect(cut('ab😀', 3)).toBe('ab…');
  });

  test('is cut at a whole line where there is one', () => {
    expect(cutAtLine('ett\ntvå\ntre', 11)).toBe('ett\ntvå\ntre');
    expect(cutAtLine('ett\ntvå\ntre', 10)).toBe('ett\ntvå\n…');
    expect(cutAtLine('ett\ntvå\ntre', 8)).toBe('ett\n…');
    expect(cutAtLine('ett två tre', 8)).toBe('ett två…');
  });
});
