// npm run migration -- NAME
// Writes prisma/migrations/TIME_NAME/migration.sql: what leads from the migrations that are there to schema.prisma.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prismaDir } from '../src/database/migrate.ts';
import { schemaChanges } from './schema-changes.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Name the migration in lower case: npm run migration -- add_roles\n');
  process.exit(1);
}

const dataDir = await mkdtemp(join(tmpdir(), 'vc-bot-schema-'));
const sql = await schemaChanges(dataDir).finally(() => rm(dataDir, { recursive: true }));
if (sql) {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const dir = join(prismaDir, 'migrations', `${time}_${name}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'migration.sql'), `${sql}\n`);
  process.stdout.write(`Wrote ${join(dir, 'migration.sql')}. Read it before you commit it.\n`);
} else {
  process.stdout.write('The migrations and the schema agree: nothing to write.\n');
}
