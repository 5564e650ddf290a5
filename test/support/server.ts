import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { migrate } from '../../src/database/migrate.ts';
import { template } from './templates.ts';

const run = promisify(execFile);

/** A PostgreSQL server of this test run. */
export type Server = { url: string; stop(): Promise<void> };

/**
 * Starts a real PostgreSQL server on a Unix socket in a temporary directory, with an empty migrated database `template`;
 * undefined where `initdb` is neither in PATH nor where Debian keeps it.
 */
export async function startServer(): Promise<Server | undefined> {
  const bin = await findBinaries();
  if (!bin) return undefined;
  const made = await template('server', (dir) => makeCluster(bin, dir));
  const dir = await mkdtemp('/tmp/vc-bot-server-');
  await cp(made, dir, { recursive: true });
  return serve(bin, dir);
}

async function makeCluster(bin: string, dir: string): Promise<void> {
  // Its user must reach it: not in the project's own folder.
  const temporary = await mkdtemp('/tmp/vc-bot-cluster-');
  const as = await ownedByServerUser(temporary);
  const data = join(temporary, 'data');
  await run(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    as,
  );
  const server = await serve(bin, temporary);
  const client = new pg.Client({ host: temporary, user: 'postgres', database: 'postgres' });
  await client.connect();
  await client.query('create database template');
  await client.end();
  await migrate({ connectionString: server.url });
  await server.end();
  await cp(data, join(dir, 'data'), { recursive: true });
  await rm(temporary, { recursive: true });
}

/** Runs a program until its own input ends: so that no server outlives a test run, however that dies. */
const untilInputEnds = '"$@" & cat; kill -INT $!; wait $!';

/** Serves the cluster in `dir`/data on a socket in `dir`. */
async function serve(bin: string, dir: string): Promise<Server & { end(): Promise<void> }> {
  const as = await ownedByServerUser(dir);
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300'];
  const server = [join(bin, 'postgres'), '-D', join(dir, 'data'), '-k', dir, '-c', 'listen_addresses='];
  const child = spawn(
    '/bin/sh',
    ['-c', untilInputEnds, 'sh', ...server, ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  const ended = once(child, 'exit');
  const end = async () => {
    child.stdin.end();
    await ended;
  };
  await accepting(dir);
  const url = `postgresql://postgres@localhost/template?host=${encodeURIComponent(dir)}`;
  return { url, end, stop: () => end().then(() => rm(dir, { recursive: true, force: true })) };
}

async function findBinaries(): Promise<string | undefined> {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? await readdir(debian) : [];
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  // A link in PATH may point at initdb alone: Debian's own folder holds all that it needs.
  const folders = [...newestFirst, ...(process.env.PATH ?? '').split(delimiter)];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** PostgreSQL refuses to run as root: then `dir` is given to `postgres` or `nobody`, who runs it. */
async function ownedByServerUser(dir: string): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  const id = async (name: string, what: string) => Number((await run('id', [what, name])).stdout);
  for (const name of ['postgres', 'nobody']) {
    const user = await Promise.all([id(name, '-u'), id(name, '-g')]).catch(() => undefined);
    if (!user) continue;
    const [uid, gid] = user;
    await run('chown', ['-R', `${uid}:${gid}`, dir]);
    return { uid, gid };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user "postgres" nor "nobody"');
}

/** Waits until the server whose socket is in `host` accepts connections. */
async function accepting(host: string): Promise<void> {
  for (const deadline = Date.now() + 30_000; ; ) {
    const client = new pg.Client({ host, user: 'postgres', database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
