import { describe, expect, test } from 'vitest';
import { compare, quantile, type Took } from '../../bench/support/measure.ts';
import { type Finding, isKept } from '../../bench/support/row.ts';
import { table } from '../../bench/support/table.ts';

const send: Finding = {
  what: 'send',
  measured: '1,150/s',
  bare: '1,000/s',
  ratio: 1.15,
  value: 1.15,
  budget: { is: 'at least', value: 0.8, unit: '×' },
  notes: ['embedded store', 'load 0.1–0.4'],
};
const start: Finding = {
  what: 'start',
  measured: '2.10 s',
  value: 2.1,
  budget: { is: 'at most', value: 2, unit: 's' },
  notes: [],
};

describe('the bench', () => {
  test('compares by turns, in the median, without the first round', async () => {
    const order: string[] = [];
    const side = (name: string, times: number[]) => async (round: number) => {
      order.push(`${name}${round}`);
      return { time: times[round] ?? 0, cpu: 1 };
    };
    const { measured, bare } = await compare(3, side('a', [99, 5, 7, 6]), side('b', [99, 2, 1, 3]));
    expect(order).toEqual(['b0', 'a0', 'b1', 'a1', 'b2', 'a2', 'b3', 'a3']);
    expect([measured, bare]).toEqual<Took[]>([
      { time: 6, cpu: 1 },
      { time: 2, cpu: 1 },
    ]);
  });

  test.each([
    [[3, 1, 2], 0.5, 2],
    [[4, 1, 3, 2], 0.99, 4],
    [[7], 0.99, 7],
  ])('quantile of %j at %d is %d', (values, share, expected) => {
    expect(quantile(values, share)).toBe(expected);
  });

  test('holds a finding to its budget, whichever way that goes', () => {
    expect([send, { ...send, value: 0.79 }, start, { ...start, value: 2 }].map(isKept)).toEqual([
      true,
      false,
      false,
      true,
    ]);
  });

  test('draws a table, notes below', () => {
    expect(table([send, start]).split('\n')).toEqual([
      '       measured     bare  ratio   budget',
      'send    1,150/s  1,000/s   1.15  ≥ 0.8 ×    ok',
      'start    2.10 s        –      –    ≤ 2 s  OVER',
      '',
      'send: embedded store; load 0.1–0.4',
    ]);
  });
});
