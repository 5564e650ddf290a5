import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreementOf, isSortedAlone, namesAgreement } from '../../src/rules/sorted-alone.ts';
import { fold } from '../../src/rules/text.ts';

const given = [
  'Anna',
  'Björn',
  'Åsa',
  'Örjan',
  'Eva-Lena',
  'Zoë',
  'Nils',
  'Maja',
  'Bo',
  'Siv',
  'Fredrik',
  'Ingrid',
];
const last = ['Svensson', 'Öberg', 'Lind', 'von Essen', 'Ek', 'Åkesson', 'Dahlström', 'Holm', 'Nyman'];

/** A hundred people, as a register has them: in no order of their names. */
const people = Array.from({ length: 100 }, (_, i) => ({
  first: given[(i * 7) % given.length] ?? '',
  last: last[(i * 5) % last.length] ?? '',
}));
type Person = (typeof people)[number];

const plain = (text: string) => fold(text).normalize('NFD').replace(/\p{M}/gu, '').replaceAll(' ', '');

const ways: Record<string, (person: Person, i: number) => string> = {
  'given.last': ({ first, last }) => `${plain(first)}.${plain(last)}`,
  'last.given': ({ first, last }) => `${plain(last)}.${plain(first)}`,
  'given.last2': ({ first, last }, i) => `${plain(first)}.${plain(last)}${i % 4 || ''}`,
  given_last: ({ first, last }) => `${plain(first)}_${plain(last)}`,
  'i.last': ({ first, last }) => `${plain(first).charAt(0)}.${plain(last)}`,
  'glast, in one word': ({ first, last }) => `${plain(first).charAt(0)}${plain(last)}`,
  'givenlast, in one word': ({ first, last }) => `${plain(first)}${plain(last)}`.replace('-', ''),
};

/** What tells nothing of whose it is. */
const numbers: Record<string, (person: Person, i: number) => string> = {
  'user numbers': (_, i) => `u${i}`,
  numbers: (_, i) => `${10_000 + i}`,
  initials: ({ first, last }) => plain(first).charAt(0) + plain(last).charAt(0),
  'three and three letters': ({ first, last }) => plain(first).slice(0, 3) + plain(last).slice(0, 3),
  'roles and places': (_, i) => ['info', 'ekonomi', 'norr.lager', 'kundtjanst.syd'][i % 4] ?? '',
};

const nameOf = ({ first, last }: Person) => `${first} ${last}`;
const judged = (names: readonly string[], parts: readonly string[]) =>
  isSortedAlone(agreementOf(names.map((name, i) => ({ name, localPart: parts[i] ?? '' }))));

describe('names and addresses as they should be', () => {
  test.each(Object.keys({ ...ways, ...numbers }))('%s', (way) => {
    const write = { ...ways, ...numbers }[way] ?? (() => '');
    expect(judged(people.map(nameOf), people.map(write))).toBe(false);
    const lastFirst = people.map((person) => `${person.last}, ${person.first}`);
    expect(judged(lastFirst, people.map(write))).toBe(false);
  });

  test('a third have another last name since they married', () => {
    const married = people.map((person, i) =>
      i % 3 === 0 ? { ...person, last: last[(i + 1) % last.length] ?? '' } : person,
    );
    expect(judged(married.map(nameOf), people.map(ways['given.last'] ?? (() => '')))).toBe(false);
  });

  test('a third have got their manager’s address', () => {
    const write = ways['given.last'] ?? (() => '');
    const parts = people.map((person, i) => write(i % 3 === 0 ? (people[0] ?? person) : person, i));
    expect(judged(people.map(nameOf), parts)).toBe(false);
  });

  test('a few rows are too few', () => {
    const few = people.slice(0, 9);
    expect(judged(few.map(nameOf), few.map(ways['given.last'] ?? (() => '')).reverse())).toBe(false);
  });
});

describe('one column sorted alone', () => {
  test.each(Object.entries(ways))('the addresses, %s', (_, write) => {
    expect(judged(people.map(nameOf), people.map(write).sort())).toBe(true);
  });

  test.each(Object.entries(ways))('the names, %s', (_, write) => {
    expect(judged(people.map(nameOf).sort(), people.map(write))).toBe(true);
  });

  test.each(Object.entries(numbers))('nothing tells of %s', (_, write) => {
    expect(judged(people.map(nameOf), people.map(write).sort())).toBe(false);
  });

  test('the addresses moved down by a row', () => {
    const parts = people.map(ways['given.last'] ?? (() => ''));
    expect(judged(people.map(nameOf), [...parts.slice(-1), ...parts.slice(0, -1)])).toBe(true);
  });

  test('the names, beside those of the store', () => {
    const known = people.map(nameOf);
    const rows = (names: readonly string[]) => names.map((name, i) => ({ name, known: known[i] ?? '' }));
    expect(isSortedAlone(namesAgreement(rows([...known].sort())))).toBe(true);
    expect(isSortedAlone(namesAgreement(rows(known)))).toBe(false);
    expect(
      isSortedAlone(namesAgreement(rows(known.map((name) => name.split(' ').reverse().join(', '))))),
    ).toBe(false);
    // A register of quite other people.
    expect(isSortedAlone(namesAgreement(rows(known.map((_, i) => `Person ${i}`))))).toBe(false);
  });
});

test('whatever the rows say, those of others are some of those that tell', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('Anna Ek', 'anna.ek', 'Bo Lind', 'bo.lind', 'blind'));
  fc.assert(
    fc.property(fc.array(fc.record({ name: text, localPart: text }), { maxLength: 30 }), (rows) => {
      const { told, others } = agreementOf(rows);
      expect(others.length).toBeLessThanOrEqual(told);
      expect(told).toBeLessThanOrEqual(rows.length);
    }),
  );
});
