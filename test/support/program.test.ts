import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from './program.ts';

let dir: string;
const script = async (name: string, source: string) => {
  const file = join(dir, name);
  await writeFile(file, source);
  return file;
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'program-test-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

const SERVER = `
  import { createServer } from 'node:http';
  const { PORT, DATA_DIR, GREETING = 'none', npm_package_name } = process.env;
  console.log(JSON.stringify({ level: 30, msg: 'start', GREETING, DATA_DIR, inherited: npm_package_name }));
  createServer((req, res) => res.writeHead(req.url === '/readyz' ? 200 : 404).end()).listen(PORT, '127.0.0.1');
  process.on('SIGTERM', () => process.env.DEAF || process.exit(7));
`;

test('a program is ready when it is returned, can be killed and started again, and stops', async () => {
  const entry = await script('server.mjs', SERVER);
  const program = await startProgram({ entry, env: { GREETING: 'hello' } });
  expect((await program.get('/readyz')).status).toBe(200);
  expect(program.logs()).toEqual([{ level: 30, msg: 'start', GREETING: 'hello', DATA_DIR: program.dataDir }]);
  const { pid } = program;
  expect(await program.kill()).toBe('SIGKILL');
  await expect(program.get('/readyz')).rejects.toThrow();
  await program.restart({ GREETING: 'again' });
  expect(program.pid).not.toBe(pid);
  expect(await program.says(/again/)).toContain('start');
  expect(await program.stop()).toBe(7);
});

test('a program that ends before it is ready is shown with its last words', async () => {
  const entry = await script('broken.mjs', `console.error('no such setting: X'); process.exit(2);`);
  await expect(startProgram({ entry })).rejects.toThrow(/ended \(2\):\nno such setting: X/);
});
