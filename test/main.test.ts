import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vc-bot-main-'));
  await writeFile(join(dir, 'file'), '');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** Runs the program, silent, until it ends by itself: its exit code and what it said. */
async function ended(env: Record<string, string>) {
  const program = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'src/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env },
  });
  const [out, said, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'close'),
  ]);
  return { code, out, said };
}

test('a start that cannot be says why in one sentence that names the variable, also where the log is silent', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const cases: [Record<string, string>, RegExp][] = [
    [
      { DATABASE_URL: 'postgresql://vc:hidden-word@127.0.0.1:1/vc' },
      /^The database in DATABASE_URL cannot be reached \(.*ECONNREFUSED.*\)\..*\n$/,
    ],
    [{ DATA_DIR: join(dir, 'file') }, /^DATA_DIR \(.*file\) cannot be used \(EEXIST\)\..*\n$/],
    [{ DATA_DIR: join(dir, 'file/in') }, /^DATA_DIR \(.*in\) cannot be used \(ENOTDIR\)\..*\n$/],
    [{ DATA_DIR: join(dir, 'a'), PORT: String(port) }, /^PORT \d+ is already used .*\n$/],
    [
      { DATA_DIR: join(dir, 'b'), HOST: '203.0.113.7' },
      /^The settings can't be used:\n- HOST other than this machine needs a chat surface.*\n$/,
    ],
    [{ PORT: 'abc' }, /^The settings can't be used:\n- PORT .*\n$/],
  ];
  try {
    for (const [env, sentence] of cases) {
      const { code, out, said } = await ended(env);
      expect(said).toMatch(sentence);
      expect(said).not.toContain('hidden-word');
      expect({ code, out }).toEqual({ code: 1, out: '' });
    }
  } finally {
    taken.close();
  }
}, 120_000);
