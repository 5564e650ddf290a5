import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrayText, inTransaction } from '../../src/database/bulk.ts';
import { eachStore } from '../support/database.ts';

eachStore('bulk statements', (database) => {
  test('an array arrives as it was, whatever its elements hold', async () => {
    const nasty = fc.constantFrom(
      '',
      ' ',
      'null',
      'NULL',
      '{}',
      ',',
      '"',
      '\\',
      '\\"',
      "'",
      'å ä',
      '\u00a0x',
      'a\tb',
    );
    // PostgreSQL has no character 0, and UTF-8 no halves of pairs.
    const any = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const elements = fc.array(fc.oneof(nasty, any, fc.constant(null)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(elements, async (given) => {
        const { rows } = await database().pool.query('select $1::text[] as got', [arrayText(given)]);
        expect(rows[0].got).toEqual(given);
      }),
    );
  });

  test('numbers and answers are elements as well', async () => {
    const { rows } = await database().pool.query('select $1::int[] as numbers, $2::boolean[] as answers', [
      arrayText([1, -2, null]),
      arrayText([true, false, null]),
    ]);
    expect(rows).toEqual([{ numbers: [1, -2, null], answers: [true, false, null] }]);
  });

  test('a conflict is tried again from the start, another fault is not', async () => {
    const { pool } = database();
    await pool.query('create table kept (value int)');
    const attempt = async (code: string) => {
      let tries = 0;
      const done = inTransaction(pool, async (connection) => {
        tries += 1;
        await connection.query('insert into kept values (1)');
        if (tries < 3) throw Object.assign(new Error(code), { code });
        return tries;
      });
      return done.catch((error: Error) => error.message);
    };
    expect(await attempt('40001')).toBe(3);
    expect(await attempt('22P02')).toBe('22P02');
    const { rows } = await pool.query('select count(*)::int as kept from kept');
    expect(rows).toEqual([{ kept: 1 }]);
  });
});
