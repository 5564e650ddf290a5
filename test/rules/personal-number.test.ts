import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isMaskedNumber,
  isPersonalNumber,
  maskPersonalNumber,
  maskPersonalNumbers,
} from '../../src/rules/personal-number.ts';

/** None of them is anybody's: the tax agency's own numbers for tests. */
const numbers = [
  '8112189876',
  '811218-9876',
  '198112189876',
  '19811218-9876',
  // A coordination number: the day has 60 more.
  '701063-2391',
  '19701063-2391',
  // More than a hundred years old.
  '811228+9874',
  // Written as one: a slip in the check digit makes it no less personal.
  '811218-9875',
  '19811218-9875',
  '198112189875',
  '701063-2390',
  '811228+9875',
  '811218–9876',
];

describe('a personal identity number, or a coordination number', () => {
  test.each(numbers)('%s', (value) => expect(isPersonalNumber(value)).toBe(true));

  test.each([
    ['ten digits alone with a wrong check digit', '8112189875'],
    ['twelve digits alone with a wrong check digit, of the century before', '187512189875'],
    ['no such month', '811318-9874'],
    ['no such day', '810230-9879'],
    ['no such day of a coordination number', '701093-2395'],
    ['another century', '178112189876'],
    ['too short', '811218987'],
    ['too long', '1981121898761'],
    ['an employment number', '0014'],
    ['nothing', ''],
    ['an organisation number', '556036-0793'],
    ['a phone number', '+46701740605'],
    ['words', 'åttioett'],
  ])('%s is none', (_, value) => expect(isPersonalNumber(value)).toBe(false));

  test('2000-02-29 is a day, and 1900-02-29 is none', () => {
    const withCheck = (nine: string) => `0123456789`.split('').map((digit) => `${nine}${digit}`);
    expect(withCheck('20000229123').every(isPersonalNumber)).toBe(true);
    expect(withCheck('19000229123').some(isPersonalNumber)).toBe(false);
  });

  test('of ten digits alone one check digit is right', () => {
    const day = fc.date({
      min: new Date('1930-01-01T00:00Z'),
      max: new Date('2010-12-31T00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 999 }), (born, serial) => {
        const nine = `${born.toISOString().slice(2, 10).replaceAll('-', '')}${String(serial).padStart(3, '0')}`;
        const right = Array.from({ length: 10 }, (_, digit) => `${nine}${digit}`).filter(isPersonalNumber);
        expect(right).toHaveLength(1);
      }),
    );
  });
});

describe('is masked', () => {
  test.each([
    ['19811218-9876', '19811218-****'],
    ['198112189876', '19811218****'],
    ['811228+9874', '811228+****'],
    ['19850312-1234', '19850312-****'],
    ['0014', '0014'],
  ])('%s as %s', (value, masked) => expect(maskPersonalNumber(value)).toBe(masked));

  test('wherever it stands in a text, and nothing else is', () => {
    expect(maskPersonalNumbers('14;811218-9876;anna@company.se')).toBe('14;811218-****;anna@company.se');
    expect(maskPersonalNumbers('8112189876, 198112189876')).toBe('811218****, 19811218****');
    expect(maskPersonalNumbers('18112189876; 0014; 556036-0793')).toBe('18112189876; 0014; 556036-0793');
  });

  test('to something that is none, and known as masked', () => {
    for (const number of numbers) {
      const masked = maskPersonalNumber(number);
      expect([isPersonalNumber(masked), isMaskedNumber(masked), isMaskedNumber(number)]).toEqual([
        false,
        true,
        false,
      ]);
    }
  });

  test.each(['****', '0014****', '819918-****', 'a811218-****'])('%s is no number masked', (value) =>
    expect(isMaskedNumber(value)).toBe(false),
  );
});
