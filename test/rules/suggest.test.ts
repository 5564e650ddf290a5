import { describe, expect, test } from 'vitest';
import { bare, nearest, nearestSlip } from '../../src/rules/suggest.ts';

const verbs = ['help', 'verify', 'bulk-verify', 'users', 'user', 'domains', 'status', 'log', 'verifiera'];
const departments = ['Ekonomi & Lön', 'IT', 'HR', 'Lager Örebro', 'Lager', 'Försäljning Norr', 'Kök'];

describe('B1 the nearest word', () => {
  test.each([
    ['verfy', verbs, 'verify'],
    ['VERIFY!', verbs, 'verify'],
    ['vreify', verbs, 'verify'],
    ['hlep', verbs, 'help'],
    ['bulkverify', verbs, 'bulk-verify'],
    ['userss', verbs, 'users'],
    ['lag', verbs, 'log'],
    ['Ekonomi', departments, 'Ekonomi & Lön'],
    ["'Ekonomi", departments, 'Ekonomi & Lön'],
    ['lön', departments, 'Ekonomi & Lön'],
    ['Ekonomi och lön', departments, 'Ekonomi & Lön'],
    ['ekonomi  &lön', departments, 'Ekonomi & Lön'],
    ['Kok', departments, 'Kök'],
    ['lager orebro', departments, 'Lager Örebro'],
    ['lagret', departments, 'Lager'],
    ['forsaljning nor', departments, 'Försäljning Norr'],
    ['it', departments, 'IT'],
    ['hej', verbs, undefined],
    ['quit', verbs, undefined],
    ['X', departments, undefined],
    ['IS', departments, undefined],
    ['Marknad', departments, undefined],
    ['', departments, undefined],
    ['…', departments, undefined],
    ['help', [], undefined],
  ])('%s among %j: %s', (word, candidates, expected) => expect(nearest(word, candidates)).toBe(expected));

  test('accents decide only between equals', () => {
    expect(nearest('Mars', ['Märs', 'Mars'])).toBe('Mars');
    expect(nearest('märs', ['Mars', 'Märs'])).toBe('Märs');
  });

  test('a slip is not a part of a longer name', () =>
    expect(nearestSlip('Försäljning', departments)).toBeUndefined());

  test('letters and digits alone', () => expect(bare('  E-post Åre: 2 ')).toBe('epostare2'));

  test('ten thousand candidates are no trouble', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `Avdelning nummer ${i}`);
    expect(nearest('Avdelning numer 4711', many)).toBe('Avdelning nummer 4711');
  });
});
