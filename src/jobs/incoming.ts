import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { besides } from '../csv/index.ts';

const folder = (dataDir: string) => join(dataDir, 'incoming');
/** A file, or what of a workbook lies beside it. */
const name = /^import-(\d+)(\.[a-z]+)?$/;

/** Where import `id`'s file lies while it is read, and no longer; the folder is its owner's alone. */
export async function incomingFile(dataDir: string, id: number): Promise<string> {
  await mkdir(folder(dataDir), { recursive: true, mode: 0o700 });
  return join(folder(dataDir), `import-${id}`);
}

/** Removes import `id`'s file, and what lies beside it. */
export async function dropIncoming(dataDir: string, id: number): Promise<void> {
  const path = await incomingFile(dataDir, id);
  for (const one of [path, ...besides(path)]) await rm(one, { force: true });
}

/**
 * Removes the files of imports that are not being read: a killed process left them behind. `reading` tells which of some
 * are; it is asked once it is known which files there are, for an import may begin at any moment.
 */
export async function sweepIncoming(
  dataDir: string,
  reading: (ids: readonly number[]) => Promise<readonly number[]>,
): Promise<void> {
  const files = await readdir(folder(dataDir)).catch(() => []);
  const found = files.map((file) => ({ file, id: Number(name.exec(file)?.[1] ?? 0) }));
  const kept = await reading(found.map(({ id }) => id));
  for (const { file, id } of found) {
    if (!kept.includes(id)) await rm(join(folder(dataDir), file), { force: true });
  }
}
