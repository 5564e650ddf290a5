import type pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import type { RowBatch } from '../../../src/csv/types.ts';
import { parseFilter } from '../../../src/rules/filter.ts';
import { rowsToFill } from '../../../src/services/imports/stored-rows.ts';
import { rowsToPutBack } from '../../../src/services/imports/undo-rows.ts';
import { eachStore } from '../../support/database.ts';
import { everything } from './house.ts';
import { noUsers, stage } from './workbench.ts';

const many = 12_000;

eachStore('rows of users whom the store has had for a moment', (database) => {
  beforeEach(() => noUsers(database()));

  /** Users, each with an employment, that are not yet committed: PostgreSQL has learnt nothing of their tables. */
  async function amongNewUsers(
    read: (connection: pg.PoolClient) => AsyncIterable<RowBatch> | Promise<AsyncIterable<RowBatch>>,
  ) {
    const connection = await database().pool.connect();
    try {
      await connection.query('begin');
      await connection.query(`insert into "user" (user_id, user_key, name, name_key, active, email, email_key)
        select 'u' || i, 'u' || i, 'U', 'u', true, i || '@company.se', i || '@company.se' from generate_series(1, ${many}) i`);
      await connection.query(`insert into employment (user_id, company, company_key, number)
        select id, 'C', 'c', user_id from "user" where user_key like 'u%'`);
      const before = await employmentsRead(connection);
      const numbers: (string | undefined)[] = [];
      for await (const { rows } of await read(connection))
        numbers.push(...rows.map(({ values }) => values.employmentNumber));
      return { numbers, read: (await employmentsRead(connection)) - before };
    } finally {
      await connection.query('rollback');
      connection.release();
    }
  }

  const all = Array.from({ length: many }, (_, i) => `u${i + 1}`);

  test('are filled in without looking for an employment among those of all', async () => {
    const meant = { filter: parseFilter([]), reach: everything };
    const { numbers, read } = await amongNewUsers((connection) => rowsToFill(connection, meant, new Date()));
    expect(numbers).toEqual(all);
    expect(read).toBeLessThan(10 * many);
  });

  test('are put back without looking for an employment among those of all', async () => {
    const { importId } = await stage(database(), []);
    const { numbers, read } = await amongNewUsers(async (connection) => {
      await connection.query(
        `insert into import_block (import_id, block, cells, grams, verdicts, saved, earlier)
         select $1, (n - 1) / 250, string_agg('[1]', chr(10)), '', repeat('u', 250), '{}',
           jsonb_object_agg((n - 1) % 250, jsonb_build_array(id, null))
         from (select id, row_number() over (order by id) as n from "user") u group by (n - 1) / 250`,
        [importId],
      );
      return rowsToPutBack(connection, { importId, header: { fields: [] } }, everything);
    });
    expect(numbers).toEqual(all);
    expect(read).toBeLessThan(10 * many);
  });
});

/** How many rows of employments this transaction has read. */
async function employmentsRead(connection: pg.PoolClient): Promise<number> {
  const { rows } = await connection.query<{ read: number }>(
    `select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_xact_user_tables where relname = 'employment'`,
  );
  return rows[0]?.read ?? 0;
}
