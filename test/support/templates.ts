import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/vc-bot-templates');
const old = 60 * 60 * 1000;

/**
 * A directory with what `make` puts into it, made once for each state of the migrations and of what they are
 * made with, and kept between runs: runs at the same time may make it twice, and use one.
 */
export async function template(kind: string, make: (dir: string) => Promise<void>): Promise<string> {
  await mkdir(cache, { recursive: true });
  const dir = join(cache, `${kind}-${await fingerprint()}`);
  if (existsSync(dir)) return dir;
  await removeOld(kind);
  const unfinished = await mkdtemp(join(cache, 'new-'));
  await make(unfinished);
  await rename(unfinished, dir).catch(() => rm(unfinished, { recursive: true }));
  return dir;
}

/** Makes an embedded database, empty and migrated, in `dir`. */
export async function makeEmbedded(dir: string): Promise<void> {
  const script = join(root, 'test/support/make-template.ts');
  await promisify(execFile)(process.execPath, [
    '--import',
    join(root, 'scripts/typescript.mjs'),
    script,
    dir,
  ]);
}

async function fingerprint(): Promise<string> {
  const migrations = (await readdir(join(root, 'prisma/migrations'))).sort();
  const files = [
    ...migrations
      .filter((name) => !name.endsWith('.toml'))
      .map((name) => `prisma/migrations/${name}/migration.sql`),
    'package-lock.json',
    'src/database/migrate.ts',
    'src/database/embedded/worker.ts',
    'test/support/make-template.ts',
    'test/support/server.ts',
  ];
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

async function removeOld(kind: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const { mtimeMs } = await stat(join(cache, name));
    if (name.startsWith(kind) && Date.now() - mtimeMs > old)
      await rm(join(cache, name), { recursive: true, force: true });
  }
}
