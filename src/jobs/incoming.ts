import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const folder = (dataDir: string) => join(dataDir, 'incoming');
const name = /^import-(\d+)$/;

/** Where import `id`'s file lies while it is read, and no longer; the folder is its owner's alone. */
export async function incomingFile(dataDir: string, id: number): Promise<string> {
  await mkdir(folder(dataDir), { recursive: true, mode: 0o700 });
  return join(folder(dataDir), `import-${id}`);
}

/** Removes the files of imports that are not being read: a killed process left them behind. */
export async function sweepIncoming(dataDir: string, isRead: (id: number) => boolean): Promise<void> {
  const files = await readdir(folder(dataDir)).catch(() => []);
  for (const file of files) {
    const id = Number(name.exec(file)?.[1]);
    if (!isRead(id)) await rm(join(folder(dataDir), file), { force: true });
  }
}
