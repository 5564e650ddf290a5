// Prints what the last test run came to, as "N passed, N failed", from vitest's JSON report. Fails where a test did,
// where a file could not run, or where nothing ran.
import { existsSync, readFileSync } from 'node:fs';

const path = new URL('../test-results/vitest.json', import.meta.url);
const nothing = { numPassedTests: 0, numFailedTests: 1, testResults: [], success: false };
const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : nothing;
const broken = report.testResults.filter(
  (file) => file.status === 'failed' && file.assertionResults.length === 0,
);
const failed = report.numFailedTests + broken.length;

process.stdout.write(`${report.numPassedTests} passed, ${failed} failed\n`);
process.exitCode = failed > 0 || report.numPassedTests === 0 || !report.success ? 1 : 0;
