import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Tests of the whole program, in many conversations, and of processes that are killed again and again: they take minutes. */
const long =
  /\/test\/(scenarios\/[^/]+|playground\/(whole|page|teams-page|connect\/login)[^/]*|.+\/crash\.test\.ts)$/;

/**
 * Begins with what takes longest: one that begins last is waited for alone. Where no run was before, the sequencer that
 * comes with vitest knows but the files' sizes, and the longest are short.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => long.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    pool: 'forks',
    // One process runs many files, each reading what it shares with the others once.
    isolate: false,
    // Worker threads started by the code under test (the embedded database) load TypeScript too, and V8 spends as little
    // on optimising their WebAssembly as in the program itself.
    execArgv: [
      '--wasm-tiering-budget=20000000',
      '--import',
      new URL('./scripts/typescript-threads.mjs', import.meta.url).href,
    ],
    globalSetup: ['test/support/global-setup.ts'],
    sequence: { sequencer: LongestFirst },
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    // Much of the time a test waits for a database, a mail server or a process: three at once use two cores.
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
