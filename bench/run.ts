// npm run bench: every budget but the heavy ones; -- NAME …: those; --all: every one; --strict: fails where one is
// over; --size=0.05: a twentieth of everything, to try the bench itself.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { acknowledge } from './acknowledge.ts';
import { commands } from './commands.ts';
import { exportedFile, importFile } from './import.ts';
import { logPage } from './log-page.ts';
import { exportMemory, memory } from './memory.ts';
import { send } from './send.ts';
import { start } from './start.ts';
import { type Finding, isKept, type Row } from './support/row.ts';
import { table } from './support/table.ts';

const rows: readonly Row[] = [
  importFile,
  exportedFile,
  memory,
  exportMemory,
  send,
  commands,
  acknowledge,
  logPage,
  start,
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    all: { type: 'boolean', default: false },
    strict: { type: 'boolean', default: false },
    size: { type: 'string', default: '1' },
  },
});

function chosen(): readonly Row[] {
  const unknown = positionals.filter((name) => !rows.some((row) => row.name === name));
  if (unknown.length > 0) {
    say(`There is no ${unknown.join(', ')}. There are: ${rows.map(({ name }) => name).join(', ')}\n`);
    process.exit(1);
  }
  if (positionals.length > 0) return rows.filter(({ name }) => positionals.includes(name));
  return rows.filter(({ heavy }) => values.all || !heavy);
}

function say(text: string): void {
  process.stdout.write(text);
}

const load = () => loadavg()[0]?.toFixed(1) ?? '';

const findings: Finding[] = [];
for (const row of chosen()) {
  say(`${row.name} … `);
  const began = performance.now();
  const before = load();
  const finding = await row.run(Number(values.size));
  const seconds = Math.round((performance.now() - began) / 1_000);
  say(`${seconds} s\n`);
  findings.push({ ...finding, notes: [...finding.notes, `load ${before}–${load()}`] });
}
say(`\n${table(findings)}\n`);
process.exit(values.strict && !findings.every(isKept) ? 1 : 0);
