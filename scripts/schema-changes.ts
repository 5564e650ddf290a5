import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type pg from 'pg';
import { startEmbedded } from '../src/database/embedded/index.ts';
import { filters, migrate, prismaDir } from '../src/database/migrate.ts';
import { openPool } from '../src/database/pool.ts';
import { openEngine } from '../src/database/schema-engine.ts';

/**
 * The SQL that leads from what prisma/migrations make of the embedded database in `dataDir` to schema.prisma;
 * '' when they agree.
 */
export async function schemaChanges(dataDir: string): Promise<string> {
  const { close, ...address } = await startEmbedded(dataDir);
  const pool = openPool({ ...address, max: 1 });
  try {
    await migrate(address);
    return await difference(pool);
  } finally {
    await pool.end();
    await close();
  }
}

async function difference(pool: pg.Pool): Promise<string> {
  const path = join(prismaDir, 'schema.prisma');
  const files = [{ path, content: await readFile(path, 'utf8') }];
  const engine = await openEngine(pool, describable(pool));
  try {
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: prismaDir },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    });
    return stdout?.includes('This is an empty migration') ? '' : (stdout ?? '').trim();
  } finally {
    engine.free();
  }
}

const charType = 18;
const textType = 25;

/**
 * The engine asks the catalogue for columns of type "char", which the pg adapter does not know: lets them pass as
 * text, and tells the engine that they hold a character.
 */
function describable(pool: pg.Pool): (adapter: SqlDriverAdapter) => void {
  const characters = new Set<string>();
  const query = pool.query.bind(pool);
  Object.assign(pool, {
    async query(config: pg.QueryArrayConfig, values?: unknown[]) {
      const result = await query(config, values);
      for (const field of result.fields.filter(({ dataTypeID }) => dataTypeID === charType)) {
        field.dataTypeID = textType;
        characters.add(field.name);
      }
      return result;
    },
  });
  return (adapter) => {
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (sql) => {
      const result = await queryRaw(sql);
      const columnTypes = result.columnNames.map((name, at) =>
        characters.has(name) ? ColumnTypeEnum.Character : (result.columnTypes[at] ?? ColumnTypeEnum.Text),
      );
      return { ...result, columnTypes };
    };
  };
}
