import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  DriverAdapterError,
  type SqlDriverAdapter,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';

/** Prisma's migration engine over `pool`; `adapt` may change how it asks. The caller frees it. */
export async function openEngine(
  pool: pg.Pool,
  adapt: (adapter: SqlDriverAdapter) => void = () => {},
): Promise<SchemaEngine> {
  loaded ??= loadEngine();
  const { SchemaEngine } = await loaded;
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  // The adapter would cut a script at every semicolon, those in comments and function bodies too.
  const executeScript = (script: string) => runScript(pool, script);
  factory.connect = async () => {
    const adapter = await connect();
    adapt(Object.assign(adapter, { executeScript }));
    return adapter;
  };
  return SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
}

/** Runs a script in the transaction that is open; after a fault that is as before, for the engine still has to note it. */
async function runScript(pool: pg.Pool, script: string): Promise<void> {
  await pool.query('savepoint script');
  try {
    await pool.query(script);
  } catch (error) {
    await pool.query('rollback to script');
    throw error instanceof pg.DatabaseError ? asEngineError(error) : error;
  }
}

/** The engine repeats the words of such errors alone. */
function asEngineError({
  message,
  code,
  severity,
  detail,
  column,
  hint,
}: pg.DatabaseError): DriverAdapterError {
  const [sqlState, weight] = [code ?? 'XX000', severity ?? 'ERROR'];
  return new DriverAdapterError({
    kind: 'postgres',
    code: sqlState,
    severity: weight,
    message,
    detail,
    column,
    hint,
  });
}

/** What Node's types leave out of its global WebAssembly. */
type WebAssembly = {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, () => void> } }>;
};

let loaded: ReturnType<typeof loadEngine> | undefined;

/** The engine's WebAssembly, instantiated by hand: Node imports none by itself. */
async function loadEngine() {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssembly };
  const name = '@prisma/schema-engine-wasm/schema_engine_bg';
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const file = join(dirname(createRequire(import.meta.url).resolve(name)), 'schema_engine_bg.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': { ...bindings },
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start?.();
  return bindings;
}
