import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksSwedish, quote, quoteAlways, type Token, tokenize, tokenText } from '../../src/rules/line.ts';

const word = (text: string): Token => ({ kind: 'word', text });
const quotedWord = (text: string): Token => ({ kind: 'word', text, quoted: true });
const pair = (key: string, value: string): Token => ({ kind: 'pair', key, value });
const quotedPair = (key: string, value: string): Token => ({ kind: 'pair', key, value, quoted: true });

describe('B1 a line in its parts', () => {
  test.each<[string, Token[]]>([
    ['', []],
    ['  \u00a0 ', []],
    ['verify anna@x.se', [word('verify'), word('anna@x.se')]],
    ['company:X department:Y', [pair('company', 'X'), pair('department', 'Y')]],
    ['företag:X avdelning:Lön', [pair('företag', 'X'), pair('avdelning', 'Lön')]],
    ['department:"Ekonomi & Lön" all', [quotedPair('department', 'Ekonomi & Lön'), word('all')]],
    ['department:“Ekonomi & Lön”', [quotedPair('department', 'Ekonomi & Lön')]],
    ['department:”Ekonomi & Lön”', [quotedPair('department', 'Ekonomi & Lön')]],
    ['department:„Ekonomi & Lön“', [quotedPair('department', 'Ekonomi & Lön')]],
    ['department:»Ekonomi & Lön»', [quotedPair('department', 'Ekonomi & Lön')]],
    ['department:"Ekonomi & Lön”', [quotedPair('department', 'Ekonomi & Lön')]],
    ['"anna berg" 14', [quotedWord('anna berg'), word('14')]],
    ['"all"', [quotedWord('all')]],
    ["user:O'Brien O’Brien", [pair('user', "O'Brien"), word('O’Brien')]],
    ["department:'Ekonomi Lön'", [pair('department', "'Ekonomi"), word("Lön'")]],
    ['department:"Bo \\"Kula\\" AB"', [quotedPair('department', 'Bo "Kula" AB')]],
    ['user:DOMAIN\\anna', [pair('user', 'DOMAIN\\anna')]],
    ['user:"DOMAIN\\anna b"', [quotedPair('user', 'DOMAIN\\anna b')]],
    ['company: X', [pair('company', 'X')]],
    ['company: "X Y" all', [quotedPair('company', 'X Y'), word('all')]],
    ['company: department:X', [pair('company', ''), pair('department', 'X')]],
    ['company:', [pair('company', '')]],
    ['company:"" x', [quotedPair('company', ''), word('x')]],
    ['user:a:b', [pair('user', 'a:b')]],
    ['14:02 #42 - :x', [word('14:02'), word('#42'), word('-'), word(':x')]],
    ['5" skärm" x', [word('5"'), word('skärm"'), word('x')]],
    ['"a"b', [quotedWord('a'), word('b')]],
    ['company:X\ncompany:Y', [pair('company', 'X'), pair('company', 'Y')]],
  ])('%s', (line, tokens) => expect(tokenize(line)).toEqual(tokens));

  test.each(['department:"Ekonomi & Lön', 'all "', 'user:“x', '"abc\\"'])(
    '%s lacks a quotation mark',
    (line) => {
      expect(() => tokenize(line)).toThrow(expect.objectContaining({ code: 'unbalanced_quote' }));
    },
  );

  test('the refusal shows the place, shortened', () => {
    expect(() => tokenize(`company:X department:"Ekonomi ${'x'.repeat(100)}`)).toThrow(
      expect.objectContaining({
        text: expect.objectContaining({ sv: expect.stringMatching(/: "Ekonomi x{31}… –/) }),
      }),
    );
  });

  test('a long run of backslashes is refused at once', () => {
    expect(() => tokenize(`"${'\\'.repeat(100_000)}`)).toThrow(
      expect.objectContaining({ code: 'unbalanced_quote' }),
    );
  });
});

describe('B1 a value written so that it comes back', () => {
  test.each([
    ['Lön', 'Lön'],
    ['Ekonomi & Lön', '"Ekonomi & Lön"'],
    ['”Kula”', '"\\”Kula\\”"'],
    ['', '""'],
    ['kl:12', '"kl:12"'],
    ['C:\\x y', '"C:\\\\x y"'],
  ])('%s', (value, written) => expect(quote(value)).toBe(written));

  const value = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('a', 'å', ':', '"', '”', '“', '«', '\\', "'", ' ', '\u00a0', '#', '|'),
    }),
  );
  test('any value, as a word and in a pair', () =>
    fc.assert(
      fc.property(value, value, (a, b) => {
        const tokens = tokenize(`${quote(a)} user:${quote(b)} ${quoteAlways(a)} x`);
        expect(tokens).toMatchObject([
          { kind: 'word', text: a },
          { kind: 'pair', key: 'user', value: b },
          { kind: 'word', text: a, quoted: true },
          word('x'),
        ]);
      }),
    ));

  test('any line is split or refused', () =>
    fc.assert(
      fc.property(value, (line) => {
        try {
          for (const token of tokenize(line)) expect(tokenText(token)).toBeTypeOf('string');
        } catch (error) {
          expect(error).toMatchObject({ code: 'unbalanced_quote' });
        }
      }),
    ));
});

test.each([
  ['företag:X', true],
  ['utskick:4', true],
  ['status:väntar', true],
  ['active:ja', true],
  ['Alla', true],
  ['"alla"', false],
  ['company:X status:pending all', false],
  ['anna', false],
])('the language of "%s": Swedish %s', (line, swedish) => expect(looksSwedish(tokenize(line))).toBe(swedish));
