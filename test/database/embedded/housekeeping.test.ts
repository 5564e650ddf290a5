import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { expect, it, vi } from 'vitest';
import { keepHouse } from '../../../src/database/embedded/housekeeping.ts';
import { emptyStore } from '../../support/database.ts';

it('vacuums and analyzes what has changed much, and writes checkpoints as the log grows', async () => {
  const store = await emptyStore('embedded');
  const backend = await PGlite.create(join(store.dataDir, 'database'));
  const house = keepHouse(backend, 20);
  const checkpoint = async () =>
    (await backend.query('select checkpoint_lsn from pg_control_checkpoint()')).rows;
  const before = await checkpoint();
  await backend.exec(`
    create table busy (n int, filler text);
    insert into busy select g, repeat('x', 500) from generate_series(1, 50000) g;
    update busy set n = n + 1`);
  await vi.waitFor(
    async () => {
      const { rows } = await backend.query(
        "select last_vacuum is not null as vacuumed, last_analyze is not null as analyzed from pg_stat_user_tables where relname = 'busy'",
      );
      expect(rows).toEqual([{ vacuumed: true, analyzed: true }]);
      expect(await checkpoint()).not.toEqual(before);
    },
    { timeout: 120_000 },
  );
  await house.stop();
  await backend.close();
  await store.remove();
});
