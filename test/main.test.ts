import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp } from '../src/app/index.ts';
import { readConfig } from '../src/config.ts';
import { createLog } from '../src/log.ts';
import { emptyStore } from './support/database.ts';
import { until } from './support/until.ts';

const root = join(import.meta.dirname, '..');
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'vc-bot-main-'));
  await writeFile(join(dir, 'file'), '');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

/** In Slack, which does not answer: nobody listens there. */
const inSlack = {
  SLACK_BOT_TOKEN: 'xoxb-none',
  SLACK_SIGNING_SECRET: 'none',
  SLACK_API_URL: 'http://127.0.0.1:1/api/',
  PUBLIC_URL: 'https://bot.company.se',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'vc-bot@company.se',
};

const settings = (env: NodeJS.ProcessEnv) => ({ HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent', ...env });

/** Starts without a process of its own: why it could not, or what it warned of meanwhile. */
async function started(env: NodeJS.ProcessEnv): Promise<string> {
  const lines: string[] = [];
  try {
    const app = await startApp(
      readConfig(settings(env)),
      createLog('warn', (line) => lines.push(line)),
    );
    await app.stop();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return lines.join('');
}

/** Runs the program, silent, until it ends by itself or by what `meanwhile` does: its exit code and what it said. */
async function ended(
  env: NodeJS.ProcessEnv,
  meanwhile: (program: ChildProcess) => unknown = () => undefined,
) {
  const program = spawn(process.execPath, ['dist/main.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, ...settings(env) },
  });
  const [out, said, [code]] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'close'),
    meanwhile(program),
  ]);
  return { code, out, said };
}

test('a start that cannot be says why in one sentence that names the variable', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const store = await emptyStore();
  const cases: [NodeJS.ProcessEnv, RegExp][] = [
    [
      { DATABASE_URL: 'postgresql://vc:hidden-word@127.0.0.1:1/vc' },
      /^The database in DATABASE_URL cannot be reached \(.*ECONNREFUSED.*\)\..*$/,
    ],
    [{ DATA_DIR: join(dir, 'file') }, /^DATA_DIR \(.*file\) cannot be used \(EEXIST\)\..*$/],
    [{ DATA_DIR: join(dir, 'file/in') }, /^DATA_DIR \(.*in\) cannot be used \(ENOTDIR\)\..*$/],
    [{ DATA_DIR: '/proc/vc-bot/data' }, /^DATA_DIR \(.*data\) cannot be used \(E\w+\)\..*$/],
    [{ DATA_DIR: store.dataDir, PORT: String(port) }, /^PORT \d+ is already used .*$/],
    [
      { DATA_DIR: store.dataDir, HOST: '203.0.113.7', ...inSlack },
      /^The program cannot listen on HOST 203.0.113.7, PORT 0 \(EADDRNOTAVAIL\)\..*$/,
    ],
  ];
  try {
    for (const [env, sentence] of cases) {
      const said = await started(env);
      expect(said).toMatch(sentence);
      expect(said).not.toContain('hidden-word');
    }
  } finally {
    taken.close();
    await store.remove();
  }
});

test('a port that is taken is told before anything is opened', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const dataDir = join(dir, 'untouched');
  try {
    for (const chat of [{}, { ...inSlack, HOST: '127.0.0.1' }]) {
      const { code, out, said } = await ended({ ...chat, DATA_DIR: dataDir, PORT: String(port) });
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(said).toMatch(/^PORT \d+ is already used .*\n$/);
      expect(existsSync(dataDir)).toBe(false);
    }
  } finally {
    taken.close();
  }
});

test('what a company that goes live should set is warned of', async () => {
  const store = await emptyStore();
  try {
    const warned = await started({ ...inSlack, DATA_DIR: store.dataDir });
    for (const sentence of ['ADMINS is not set', 'ORG_NAME is not set', 'Slack does not answer yet'])
      expect(warned).toContain(sentence);
  } finally {
    await store.remove();
  }
});

test('the process says it on standard error alone, also where the log is silent, and ends with 1', async () => {
  const [settings, start] = await Promise.all([
    ended({ PORT: 'abc' }),
    ended({ DATA_DIR: join(dir, 'file') }),
  ]);
  expect(settings).toEqual({
    code: 1,
    out: '',
    said: expect.stringMatching(/^The settings can't be used:\n- PORT .*\n$/),
  });
  expect(start).toEqual({
    code: 1,
    out: '',
    said: expect.stringMatching(/^DATA_DIR .* cannot be used .*\n$/),
  });
});

test('a signal while the store is being made ends the program at once, and leaves nothing half made', async () => {
  const dataDir = join(dir, 'new');
  const { code, said, out } = await ended({ DATA_DIR: dataDir, LOG_LEVEL: 'info' }, async (program) => {
    await until(() => existsSync(dataDir), { deadline: 30_000 });
    program.kill('SIGTERM');
  });
  expect({ code, said }).toEqual({ code: 0, said: '' });
  expect(out).toContain('stopping');
  expect(out).not.toContain('ready');
  expect(existsSync(join(dataDir, 'database'))).toBe(false);
});
