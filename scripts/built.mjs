// Knows whether dist/ was built of the files as they are now.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src', 'scripts', 'prisma/schema.prisma', 'package-lock.json', 'tsconfig.json'];
/** Prisma's client is made of the schema, by the build itself. */
const generated = 'src/database/client';

const note = (folder) => join(folder, 'dist/built-of');

/** Notes in dist/ what it was built of. */
export async function noteBuilt(folder = root) {
  await writeFile(note(folder), await fingerprint(folder));
}

/** Whether a build would find just the files that the last one found. */
export async function isBuilt(folder = root) {
  const noted = await readFile(note(folder), 'utf8').catch(() => undefined);
  return noted !== undefined && noted === (await fingerprint(folder));
}

async function fingerprint(folder) {
  const hash = createHash('sha256');
  for (const file of (await Promise.all(sources.map((source) => filesIn(join(folder, source))))).flat()) {
    const name = relative(folder, file);
    if (!name.startsWith(generated))
      hash
        .update(`${name}\n`)
        .update(await readFile(file))
        .update('\n');
  }
  return hash.digest('hex');
}

/** The file itself, or what is in the folder, in order. */
async function filesIn(path) {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) return [path];
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
