// Makes the DATA_DIR that is named, with an empty, migrated embedded database: a process of its own, because the
// one that runs the global setup cannot start TypeScript threads.
import pg from 'pg';
import { startEmbedded } from '../../src/database/embedded/index.ts';
import { migrate } from '../../src/database/migrate.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('Name the directory');
const { close, ...address } = await startEmbedded(dataDir);
await migrate(address);
await dropPatterns();
await close();

/** What new databases are made after: nobody makes one here, and without them there are half as many files to copy. */
async function dropPatterns(): Promise<void> {
  const client = new pg.Client(address);
  await client.connect();
  await client.query('update pg_database set datistemplate = false');
  for (const name of ['template0', 'template1']) await client.query(`drop database ${name}`);
  await client.query('checkpoint');
  await client.end();
}
