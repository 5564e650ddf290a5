// Builds dist/ anew: the program, and in dist/public/ the playground's page, which runs in a browser.
import { readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { noteBuilt } from './built.mjs';

const path = (relative) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const dist = path('dist');

/** The program, and the thread that its embedded store runs in. */
const program = { main: 'src/main.ts', 'database/embedded/worker': 'src/database/embedded/worker.ts' };

/** They look for WebAssembly beside their own files. */
const leftOut = ['@electric-sql/pglite', '@prisma/schema-engine-wasm'];

/** As good as no map: it says which file it is, and that alone. */
function barest(file) {
  const map = JSON.stringify({ version: 3, sources: [basename(file)], mappings: 'AAAA' });
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;
}

/** Our own files alone are mapped line by line: such maps of all the others would take longer to read than they do. */
const barelyMappedPackages = {
  name: 'barely mapped packages',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, async ({ path: file }) => ({
      contents: `${await readFile(file, 'utf8')}\n${barest(file)}`,
      loader: 'js',
    }));
  },
};

/**
 * What prompts of Bot Framework understand numbers and dates with, in a dozen languages: half of what Teams needs, read at
 * every start, and used by nothing of ours. Only names of languages are asked of it while it is read.
 */
const withoutRecognizers = Object.fromEntries(
  ['suite', 'choice', 'date-time', 'number'].map((part) => [
    `@microsoft/recognizers-text-${part}`,
    '@microsoft/recognizers-text',
  ]),
);

/** What Bolt asks for while it is read, and needs for Socket Mode or for an app of many workspaces alone: read where it is first used. */
const readAtFirstUse = {
  name: 'read at first use',
  setup({ onResolve, onLoad }) {
    const namespace = 'at-first-use';
    onResolve({ filter: /^@slack\/(socket-mode|oauth)$/ }, ({ path: name, kind, importer, resolveDir }) =>
      kind === 'require-call' && importer !== name
        ? { path: name, namespace, pluginData: { resolveDir } }
        : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path: name, pluginData: { resolveDir } }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, key) => require('${name}')[key] })`,
      resolveDir,
    }));
  },
};

/**
 * Writes what Node.js runs into the folder `outdir`, as few files: the hundreds that it is made of take twice as long to start.
 * `entries` says of each file, without its ending, what source it begins with.
 */
export async function bundleForNode({ entries, outdir, plugins = [] }) {
  await build({
    absWorkingDir: path('.'),
    entryPoints: entries,
    outdir,
    bundle: true,
    // What only some starts need is a part of its own.
    splitting: true,
    chunkNames: 'part-[hash]',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    // CommonJS packages ask for Node's own modules so.
    banner: {
      js: "import { createRequire as requiring } from 'node:module'; const require = requiring(import.meta.url);",
    },
    external: leftOut,
    sourcemap: true,
    sourcesContent: false,
    minifyWhitespace: true,
    alias: withoutRecognizers,
    plugins: [...plugins, readAtFirstUse, barelyMappedPackages],
    logLevel: 'warning',
  });
}

/** Writes page.js, its parts and page.css into `folder`. The renderer of Slack's blocks is written for React: Preact takes its place. */
export async function bundlePage(folder = path('dist/public')) {
  await build({
    entryPoints: ['main.tsx', 'style/page.css'].map((file) => ({
      in: path(`src/playground/page/${file}`),
      out: 'page',
    })),
    outdir: folder,
    bundle: true,
    // What Teams alone needs is a part of its own, fetched when somebody looks at Teams.
    splitting: true,
    chunkNames: '[name]-[hash]',
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  // What was deleted in src/ does not live on.
  await rm(dist, { recursive: true, force: true });
  await Promise.all([bundleForNode({ entries: program, outdir: dist }), bundlePage()]);
  await noteBuilt();
}
