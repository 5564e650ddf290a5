import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { schemaChanges } from '../../scripts/schema-changes.ts';
import { startEmbedded } from '../../src/database/embedded/index.ts';
import { migrate, prismaDir } from '../../src/database/migrate.ts';
import { emptyStore, stores } from '../support/database.ts';

const temporary = await mkdtemp(join(tmpdir(), 'vc-bot-migrations-'));
afterAll(() => rm(temporary, { recursive: true }));

/** The migrations as they are, and one more. */
async function withMigration(name: string, sql: string): Promise<string> {
  const folder = join(temporary, name);
  await cp(join(prismaDir, 'migrations'), folder, { recursive: true });
  await mkdir(join(folder, `29990101000000_${name}`));
  await writeFile(join(folder, `29990101000000_${name}`, 'migration.sql'), sql);
  return folder;
}

it('the migrations and the schema agree', async () => {
  const store = await emptyStore('embedded');
  expect(await schemaChanges(store.dataDir)).toBe('');
  await store.remove();
});

vi.setConfig({ testTimeout: 120_000 });

describe.each(stores)('migrating (%s)', (kind) => {
  async function withStore(test: (address: pg.ClientConfig, query: pg.Client['query']) => Promise<void>) {
    const store = await emptyStore(kind);
    const embedded = kind === 'embedded' ? await startEmbedded(store.dataDir) : undefined;
    const { close, ...address } = { close: async () => {}, ...(embedded ?? { connectionString: store.url }) };
    const client = new pg.Client(address);
    await client.connect();
    await test(address, client.query.bind(client)).finally(async () => {
      await client.end();
      await close();
      await store.remove();
    });
  }

  it('applies what is new once, however many start together', () =>
    withStore(async (address, query) => {
      const folder = await withMigration(
        `once_${kind}`,
        "create table once (a int); insert into once values (1); -- ';'",
      );
      await Promise.all(Array.from({ length: 6 }, () => migrate(address, folder)));
      expect((await query('select count(*)::int as n from once')).rows).toEqual([{ n: 1 }]);
    }));

  it('makes an empty database', () =>
    withStore(async (address, query) => {
      await query('drop schema public cascade; drop schema graphile_worker cascade; create schema public');
      await Promise.all([migrate(address), migrate(address), migrate(address)]);
      expect((await query('select count(*)::int as n from "user"')).rows).toEqual([{ n: 0 }]);
      expect((await query('select count(*)::int as n from graphile_worker.jobs')).rows).toEqual([{ n: 0 }]);
    }));

  it('leaves nothing of a migration that fails, and applies it once it is mended', () =>
    withStore(async (address, query) => {
      const faulty = await withMigration(
        `mend_${kind}`,
        'create table mended (a int); select * from nowhere;',
      );
      await expect(migrate(address, faulty)).rejects.toThrow('nowhere');
      expect((await query("select to_regclass('mended') as mended")).rows).toEqual([{ mended: null }]);
      await migrate(address);
      await writeFile(
        join(faulty, `29990101000000_mend_${kind}`, 'migration.sql'),
        'create table mended (a int);',
      );
      await migrate(address, faulty);
      expect((await query('select count(*)::int as n from mended')).rows).toEqual([{ n: 0 }]);
    }));

  it('refuses a database that a newer version has used', () =>
    withStore(async (address) => {
      await migrate(address, await withMigration(`newer_${kind}`, 'create table newer (a int);'));
      await expect(migrate(address)).rejects.toMatchObject({ code: 'database_newer' });
    }));
});
