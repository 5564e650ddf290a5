import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Refusal } from '../../src/errors.ts';
import { connectionFacts, connectionStates } from '../../src/rules/connection.ts';
import {
  describeFilter,
  describeForPlace,
  emptyFilter,
  type Filter,
  isEmpty,
  type KnownValues,
  parseFilter,
  requireSendable,
  resolveFilter,
  unknownValue,
} from '../../src/rules/filter.ts';
import type { Language } from '../../src/rules/language.ts';
import { tokenize } from '../../src/rules/line.ts';
import { clean, fold } from '../../src/rules/text.ts';

const none: Filter = emptyFilter();
const known: KnownValues = {
  companies: ['Bolaget AB', 'Dotter'],
  departments: ['Ekonomi & Lön', 'Lager', 'Kök'],
  offices: ['Örebro', 'Malmö'],
  roles: ['administrator'],
};
const read = (line: string) => parseFilter(tokenize(line));
const refusal = (act: () => unknown): Refusal => {
  try {
    act();
  } catch (error) {
    return error as Refusal;
  }
  throw new Error('nothing was refused');
};

describe('B1 what a filter says', () => {
  test.each<[string, Partial<Filter>]>([
    ['', {}],
    ['all', { all: true }],
    ['ALLA', { all: true }],
    ['"all"', { words: ['all'] }],
    ['company:X', { companies: ['X'] }],
    ['företag:X', { companies: ['X'] }],
    ['Foretag:X', { companies: ['X'] }],
    ['COMPANY:X company:Y', { companies: ['X', 'Y'] }],
    ['company:X företag:x', { companies: ['X'] }],
    ['department:"Ekonomi & Lön"', { departments: ['Ekonomi & Lön'] }],
    ['avdelning:Lön', { departments: ['Lön'] }],
    ['office:A kontor:B', { offices: ['A', 'B'] }],
    ['role:A roll:B', { roles: ['A', 'B'] }],
    ['status:none status:ingen', { statuses: ['none'] }],
    ['status:"ingen adress"', { statuses: ['none'] }],
    ['status:väntar', { statuses: ['pending'] }],
    ['status:VANTAR', { statuses: ['pending'] }],
    ['status:overifierad status:verifierad', { statuses: ['unverified', 'verified'] }],
    ['status:kopplade', { statuses: ['connected'] }],
    ['status:studsat status:utgången status:öppnad', { facts: ['bounced', 'expired', 'opened'] }],
    ['status:pending status:bounced', { statuses: ['pending'], facts: ['bounced'] }],
    ['status:"fel adress"', { facts: ['wrong'] }],
    ['active:yes', { active: true }],
    ['aktiv:Ja', { active: true }],
    ['active:no', { active: false }],
    ['aktiv:nej', { active: false }],
    ['active:yes aktiv:nej', {}],
    ['user:14 användare:0014', { users: ['14', '0014'] }],
    ['import:42 import:#43', { imports: [42, 43] }],
    ['campaign:7 utskick:8', { campaigns: [7, 8] }],
    ['anna "berg ek"', { words: ['anna', 'berg ek'] }],
    ['all company:X', { all: true, companies: ['X'] }],
  ])('%s', (line, expected) => expect(read(line)).toEqual({ ...none, ...expected }));

  test('the value is plain: it survives JSON', () => {
    const filter = read('all company:"X Y" status:pending active:no import:3 anna');
    expect(JSON.parse(JSON.stringify(filter))).toEqual(filter);
  });
});

describe('B1 what a filter cannot say', () => {
  test.each([
    ['departmnt:X', 'filter_unknown_key', 'Menade du `department:`?', 'Did you mean `department:`?'],
    ['avdelnig:X', 'filter_unknown_key', 'Menade du `avdelning:`?', 'Did you mean `avdelning:`?'],
    ['födelsedag:X', 'filter_unknown_key', 'företag, avdelning, kontor', 'company, department, office'],
    ['company:', 'filter_no_value', '`företag:`', '`company:`'],
    ['company:""', 'filter_no_value', '`företag:`', '`company:`'],
    [
      'status:pendign',
      'filter_unknown_value',
      'Menade du `status:pending`?',
      'Did you mean `status:pending`?',
    ],
    ['status:väntr', 'filter_unknown_value', 'Menade du `status:väntar`?', 'Did you mean `status:väntar`?'],
    ['status:elefant', 'filter_unknown_value', 'overifierad, väntar', 'unverified, pending'],
    ['active:kanske', 'filter_unknown_value', 'ja, nej', 'yes, no'],
    ['import:senaste', 'filter_not_a_number', '`import:42`', '`import:42`'],
    ['utskick:12345678901', 'filter_not_a_number', '`utskick:42`', '`campaign:42`'],
  ])('%s', (line, code, sv, en) => {
    const { text, ...refused } = refusal(() => read(line));
    expect(refused).toMatchObject({ code });
    expect(text.sv).toContain(sv);
    expect(text.en).toContain(en);
  });
});

describe('B1 names that the store knows', () => {
  test.each<[string, Partial<Filter>]>([
    ['company:"bolaget ab"', { companies: ['Bolaget AB'] }],
    ['avdelning:"EKONOMI  & LÖN" avdelning:lager', { departments: ['Ekonomi & Lön', 'Lager'] }],
    ['office:"O\u0308rebro"', { offices: ['Örebro'] }],
    ['user:nobody anna', { users: ['nobody'], words: ['anna'] }],
  ])('%s gets the stored spelling', (line, expected) => {
    expect(resolveFilter(read(line), known)).toEqual({ ...none, ...expected });
  });

  test.each([
    ['company:Bolaget', '`företag:"Bolaget AB"`', '`company:"Bolaget AB"`'],
    ['department:Ekonomi & Lön', '`avdelning:"Ekonomi & Lön"`', '`department:"Ekonomi & Lön"`'],
    ['department:kok', '`avdelning:Kök`', '`department:Kök`'],
    ['department:malmö', '`kontor:malmö`', '`office:malmö`'],
    ['company:Bolag', '`företag:"Bolaget AB"`', '`company:"Bolaget AB"`'],
  ])('%s is not known, but something near is', (line, sv, en) => {
    const { code, text } = refusal(() => resolveFilter(read(line), known));
    expect(code).toBe('filter_unknown_value');
    expect(text.sv).toContain(`Menade du ${sv}?`);
    expect(text.en).toContain(`Did you mean ${en}?`);
  });

  test.each([
    [
      'company:Ekonomy',
      'Jag hittar inget företag som heter ”Ekonomy”.',
      'I find no company called "Ekonomy".',
    ],
    [
      'department:Ekonomy',
      'Jag hittar ingen avdelning som heter ”Ekonomy”.',
      'I find no department called "Ekonomy".',
    ],
    ['office:Ekonomy', 'Jag hittar inget kontor som heter ”Ekonomy”.', 'I find no office called "Ekonomy".'],
    ['role:Ekonomy', 'Det finns ingen roll som heter ”Ekonomy”.', 'There is no role called "Ekonomy".'],
    ['status:Ekonomy', 'Det finns ingen status som heter ”Ekonomy”.', 'There is no status called "Ekonomy".'],
    [
      'active:Ekonomy',
      'Efter `aktiv:` går det inte att skriva ”Ekonomy”. Det här går att skriva: ja, nej.',
      'You can\'t write "Ekonomy" after `active:`. You can write: yes, no.',
    ],
  ])('%s is not known, and that is said of what it names', (line, sv, en) => {
    const { text } = refusal(() => resolveFilter(read(line), known));
    expect(text.sv).toContain(sv);
    expect(text.en).toContain(en);
  });

  test('A2 nothing outside the reader’s scope is suggested', () => {
    const narrow = { ...known, companies: ['Dotter'] };
    expect(refusal(() => resolveFilter(read('company:Bolaget'), narrow)).text.en).not.toContain('Bolaget AB');
  });

  test('a user that is not there is refused the same way', () => {
    expect(unknownValue('user', 'ana', ['anna', 'bo']).message).toContain('Did you mean `user:anna`?');
    expect(unknownValue('user', 'x', []).message).toBe(
      'There is no user with the User-ID "x". Check the spelling, and that the whole name is there.',
    );
  });
});

describe('B1 what may be sent to', () => {
  test.each(['all', 'company:X', 'active:no', 'import:4', 'user:14'])('%s', (line) => {
    expect(() => requireSendable(read(line))).not.toThrow();
  });

  test.each([
    ['', 'filter_empty'],
    ['active:yes active:no', 'filter_empty'],
    ['anna', 'filter_words_when_sending'],
    ['company:X & Y', 'filter_words_when_sending'],
    ['all "all"', 'filter_words_when_sending'],
  ])('"%s" is refused: %s', (line, code) => {
    expect(refusal(() => requireSendable(read(line)))).toMatchObject({ code });
  });

  test('everybody is never meant by accident', () => {
    expect(isEmpty(read(''))).toBe(true);
    expect(isEmpty(read('all'))).toBe(false);
    expect(isEmpty(read('active:no'))).toBe(false);
  });
});

describe('B1 a filter as a line', () => {
  const line =
    'alla företag:X avdelning:"Ekonomi & Lön" status:väntar status:studsat aktiv:ja användare:14 import:4 utskick:5 anna "alla"';
  test('in both languages', () => {
    expect(describeFilter(read(line), 'sv')).toBe(
      'alla företag:X avdelning:"Ekonomi & Lön" status:väntar status:studsat aktiv:ja import:4 utskick:5 användare:14 anna "alla"',
    );
    expect(describeFilter(read(line), 'en')).toBe(
      'all company:X department:"Ekonomi & Lön" status:pending status:bounced active:yes import:4 campaign:5 user:14 anna "alla"',
    );
  });

  test('A3 for others to read: no users, no search words', () => {
    expect(describeForPlace(read(line), 'sv')).toBe(
      'alla företag:X avdelning:"Ekonomi & Lön" status:väntar status:studsat aktiv:ja import:4 utskick:5 användare:… …',
    );
    expect(describeForPlace(read('company:X'), 'en')).toBe('company:X');
  });

  const text = fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.constantFrom('all', 'Alla', 'status:x', '"', '”Kula” AB', 'O’Brien', '\\', ' x', 'Ekonomi & Lön'),
    )
    .map(clean)
    .filter((value) => value !== '');
  const texts = fc.uniqueArray(text, { selector: fold, maxLength: 4 });
  const numbers = fc.uniqueArray(fc.nat({ max: 999_999_999 }), { maxLength: 3 });
  const filters: fc.Arbitrary<Filter> = fc.record(
    {
      all: fc.boolean(),
      companies: texts,
      departments: texts,
      offices: texts,
      roles: texts,
      statuses: fc.subarray([...connectionStates]),
      facts: fc.subarray([...connectionFacts]),
      active: fc.boolean(),
      users: texts,
      imports: numbers,
      campaigns: numbers,
      words: texts,
    },
    { requiredKeys: Object.keys(none) as (keyof typeof none)[] },
  ) as fc.Arbitrary<Filter>;

  test('as many values as a line holds are read, each once', () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `user:u${i % 10_000}`);
    expect(read(ids.join(' ')).users).toHaveLength(10_000);
  });

  test('any filter, written out in either language, reads back the same', () =>
    fc.assert(
      fc.property(filters, fc.constantFrom<Language>('sv', 'en'), (filter, language) => {
        expect(read(describeFilter(filter, language))).toEqual(filter);
      }),
    ));
});
