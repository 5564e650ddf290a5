import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'forks',
    // Worker threads started by the code under test (the embedded database) load TypeScript too, and V8 spends as little
    // on optimising their WebAssembly as in the program itself.
    execArgv: [
      '--wasm-tiering-budget=20000000',
      '--import',
      new URL('./scripts/typescript.mjs', import.meta.url).href,
    ],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    // Much of the time a test waits for a database, a mail server or a process: three at once use two cores.
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
