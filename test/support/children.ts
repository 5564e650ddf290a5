import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { afterAll, beforeAll } from 'vitest';
import type { Place } from './database.ts';

const root = new URL('../../', import.meta.url);
/** Here what a bundle leaves out is found. */
const cache = fileURLToPath(new URL('node_modules/.cache/', root));

type Child = ChildProcessByStdio<null, Readable, null>;

/** Processes of a test's own program. */
export interface Children {
  /** Starts one on a store, with more variables; its standard output is the test's to read. */
  start(place: Place, env?: Readonly<Record<string, string>>): Child;
  /** Kills those that live still (SIGKILL), and waits until they are gone. */
  killAll(): Promise<void>;
}

/** Runs the TypeScript file `file` in processes of their own. Call it at the top of the test file. */
export function childProcesses(file: string): Children {
  const living = new Map<Child, Promise<unknown>>();
  let folder = '';
  beforeAll(async () => {
    await mkdir(cache, { recursive: true });
    folder = await mkdtemp(join(cache, 'vc-bot-child-'));
    await bundle(file, folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return {
    start({ url, dataDir }, env = {}) {
      const store = { DATA_DIR: dataDir, ...(url ? { DATABASE_URL: url } : {}) };
      // What the program tells V8 of WebAssembly as it starts.
      const flags = ['--wasm-tiering-budget=20000000'];
      const child = spawn(process.execPath, [...flags, join(folder, 'child.js')], {
        env: { ...process.env, ...store, ...env },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      living.set(
        child,
        once(child, 'exit').finally(() => living.delete(child)),
      );
      return child;
    },
    async killAll() {
      for (const child of living.keys()) child.kill('SIGKILL');
      await Promise.all(living.values());
    },
  };
}

/** As few files, like the program itself: the hundreds that it is made of take three times as long to start. */
async function bundle(file: string, folder: string): Promise<void> {
  const { bundleForNode } = (await import(new URL('scripts/bundle.mjs', root).href)) as {
    bundleForNode(options: {
      entries: Record<string, string>;
      outdir: string;
      plugins: Plugin[];
    }): Promise<void>;
  };
  await bundleForNode({
    entries: { child: file, 'database/embedded/worker': 'src/database/embedded/worker.ts' },
    outdir: folder,
    plugins: [knowsRoot],
  });
}

/** The program finds its folder from dist/, which lies in it: what is bundled elsewhere is told. */
const knowsRoot: Plugin = {
  name: 'knows the root',
  setup({ onLoad }) {
    const contents = `export const code = new URL('./', import.meta.url); export const root = new URL('${root}');`;
    onLoad({ filter: /\/src\/root\.ts$/ }, () => ({ contents }));
  },
};
