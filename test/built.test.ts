import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** What scripts/built.mjs has. */
interface Built {
  noteBuilt(folder: string): Promise<void>;
  isBuilt(folder: string): Promise<boolean>;
}

let folder: string;
let built: Built;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vc-bot-built-'));
  built = await import(new URL('../scripts/built.mjs', import.meta.url).href);
  for (const file of ['src/core/view.ts', 'scripts/bundle.mjs', 'dist/main.js', ...single]) await write(file);
});
afterAll(() => rm(folder, { recursive: true }));

const single = ['prisma/schema.prisma', 'package-lock.json', 'tsconfig.json'];

async function write(file: string, text = ''): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

test('a start builds where nothing was built yet, and not again afterwards', async () => {
  expect(await built.isBuilt(folder)).toBe(false);
  await built.noteBuilt(folder);
  expect(await built.isBuilt(folder)).toBe(true);
});

test.each<[string, () => Promise<void>]>([
  ['changed', () => write('src/core/view.ts', 'changed')],
  ['added', () => write('src/core/added.ts')],
  ['renamed', () => rename(join(folder, 'src/core/added.ts'), join(folder, 'src/core/renamed.ts'))],
  ['removed', () => rm(join(folder, 'src/core/renamed.ts'))],
])('a start builds after a file was %s', async (_, change) => {
  await built.noteBuilt(folder);
  await change();
  expect(await built.isBuilt(folder)).toBe(false);
});

test('a start builds after another version of a package was chosen', async () => {
  await built.noteBuilt(folder);
  await write('package-lock.json', '{}');
  expect(await built.isBuilt(folder)).toBe(false);
});

test('what the build itself makes is no reason to build again', async () => {
  await built.noteBuilt(folder);
  await write('src/database/client/client.ts', 'made');
  expect(await built.isBuilt(folder)).toBe(true);
});
