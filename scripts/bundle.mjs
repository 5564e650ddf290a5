// Builds the playground's page, which runs in a browser, into dist/public/.
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));

/** Writes page.js and page.css into `folder`. The renderer of Slack's blocks is written for React: Preact takes its place. */
export async function bundle(folder = path('dist/public')) {
  await build({
    entryPoints: ['main.tsx', 'style/page.css'].map((file) => ({
      in: path(`src/playground/page/${file}`),
      out: 'page',
    })),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat' },
    tsconfigRaw: {},
    logLevel: 'warning',
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundle();
