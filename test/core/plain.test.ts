import { expect, test } from 'vitest';
import { percent, plain } from '../../src/core/plain.ts';
import type { MessageView } from '../../src/core/view.ts';

const cases: [MessageView, string[]][] = [
  [
    {
      kind: 'note',
      tone: 'good',
      title: 'Klart',
      text: 'Adressen är sparad.',
      lines: ['Nästa steg: verifiera.'],
    },
    ['Klart', 'Adressen är sparad.', 'Nästa steg: verifiera.'],
  ],
  [
    {
      kind: 'facts',
      title: 'Anna Svensson',
      status: { tone: 'good', text: 'Kopplad' },
      facts: [{ label: 'Användar-id', value: '14' }],
      actions: [{ label: 'Verifiera konto', line: 'verify user:"14"', acting: false }],
    },
    ['Anna Svensson', 'Kopplad', 'Användar-id: 14'],
  ],
  [
    {
      kind: 'table',
      title: '2 användare',
      columns: ['Namn', 'Id'],
      rows: [{ cells: ['Anna', '14'] }],
      more: 'och 1 till',
    },
    ['2 användare', 'Anna · 14', 'och 1 till'],
  ],
  [
    {
      kind: 'summary',
      tone: 'good',
      title: 'Klart',
      text: 'Inläst.',
      counts: [{ label: 'sparade', count: 1150 }],
    },
    ['Klart', 'Inläst.', '1\u00a0150 sparade'],
  ],
  [
    {
      kind: 'confirm',
      title: 'Utskick',
      text: 'Till vilka?',
      counts: [{ label: 'får mejlet', count: 4 }],
      warnings: ['Se upp.'],
    },
    ['Utskick', 'Till vilka?', '4 får mejlet', 'Se upp.'],
  ],
  [
    { kind: 'progress', title: 'Utskick', text: '214 av 412', done: 214, total: 412 },
    ['Utskick', '214 av 412', '51\u00a0%'],
  ],
  [
    {
      kind: 'help',
      title: 'Hjälp',
      text: 'Skriv så här.',
      entries: [
        { usage: '/vc users', summary: 'Visar användare', examples: ['/vc users anna'] },
        { usage: '/vc log', summary: '' },
      ],
    },
    ['Hjälp', 'Skriv så här.', '/vc users – Visar användare', '/vc users anna', '/vc log'],
  ],
];

test.each(cases)('a view as plain text: $kind', (view, lines) => {
  expect(plain(view, 'sv').split('\n')).toEqual(lines);
});

test.each([
  [0, 0, undefined],
  [1, 0, undefined],
  [0, 7, '0%'],
  [999, 1_000, '99%'],
  [1_000, 1_000, '100%'],
  [1_001, 1_000, '100%'],
])('%i of %i is %s', (done, total, said) => {
  expect(percent({ done, total }, 'en')).toBe(said);
});
