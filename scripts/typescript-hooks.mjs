// Compiles TypeScript as it is imported, and keeps what came of a file for as long as the file stays as it is: Node.js 20
// reads none by itself, and a general loader takes half a second to start, in each thread anew.
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../node_modules/.cache/vc-bot-typescript', import.meta.url));
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** Node's own hook: what is not TypeScript is left to Node. */
export async function load(url, context, next) {
  const ending = extname(new URL(url).pathname).slice(1);
  if (ending !== 'ts' && ending !== 'tsx') return next(url, context);
  const file = fileURLToPath(url);
  return { format: 'module', shortCircuit: true, source: await compiled(file, ending) };
}

/** A kept result begins with a comment that names what it was made of. */
async function compiled(file, loader) {
  const text = await readFile(file, 'utf8');
  const kept = join(cache, `${hash(file)}.mjs`);
  const mark = `/*${hash(text)}*/`;
  const found = await readFile(kept, 'utf8').catch(() => '');
  if (found.startsWith(mark)) return found;
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    loader,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    sourcemap: 'inline',
    sourcefile: file,
  });
  const source = mark + code;
  // Aside first, so that nobody who starts now reads half of it.
  const unfinished = `${kept}.${process.pid}`;
  await mkdir(cache, { recursive: true });
  await writeFile(unfinished, source);
  await rename(unfinished, kept);
  return source;
}
