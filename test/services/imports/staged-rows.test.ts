import { beforeEach, expect, test } from 'vitest';
import { stagedRows } from '../../../src/services/imports/staged-rows.ts';
import { stageRows } from '../../../src/services/imports/staging.ts';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { type Line, noUsers, stage } from './workbench.ts';

const { signal } = new AbortController();

eachStore('rows that are staged once more', (database) => {
  beforeEach(() => noUsers(database()));

  /** All that the store has of a staged import. */
  async function storedOf(importId: number): Promise<unknown[]> {
    const rowsOf = async (table: string, order: string) => {
      const text = `select to_jsonb(t) - 'import_id' as row from ${table} t where import_id = $1 order by ${order}`;
      return (await database().pool.query<{ row: unknown }>(text, [importId])).rows;
    };
    return [...(await rowsOf('import_chunk', 'chunk, piece')), ...(await rowsOf('import_block', 'block'))];
  }

  test('are what they were: moved to others, crowded, faulty, with slips and dates, and the number whole', async () => {
    await addUser(database(), { userId: 'holder', connect: 'taken@company.se' });
    const lines: Line[] = Array.from({ length: 4_300 }, (_, i) => ({
      userId: i % 2_100 === 7 ? 'far apart' : `u${i}`,
      employmentNumber: i === 9 ? '850101-2384' : String(i),
      connectEmail: i === 20 ? 'taken@company.se' : i > 2_200 ? 'same@company.se' : `u${i}@company.se`,
      activated: i % 3 === 0 ? 'Nej' : '',
      employedFrom: i % 5 === 0 ? '2026-01-31' : 'snart',
      protectedIdentity: i === 11 ? 'Ja' : '',
    }));
    lines[12] = 'wrong_columns';
    lines[4_200] = { ...(lines[4_200] as object), userId: 'holder' };
    lines[13] = { ...(lines[13] as object), connectEmail: 'u13@conpany.se' };
    const first = await stage(database(), lines);
    const { importId: second } = await stage(database(), []);
    const staged = { id: first.importId, rowCount: lines.length, fields: first.fields };
    await stageRows(database().pool, second, first, stagedRows(database().pool, staged), (row) => row, {
      signal,
    });
    const stored = await storedOf(first.importId);
    expect(stored.length).toBeGreaterThan(18);
    expect(await storedOf(second)).toEqual(stored);
  });
});
