import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The file that PostgreSQL's drivers look for in a socket directory, given this port. */
export const socketPort = 5432;
const socketName = `.s.PGSQL.${socketPort}`;

/** What a Unix socket's whole path may take, in bytes, on the narrowest system (macOS). */
const longestSocketPath = 103;

/** Somebody else has the directory. */
export class DirectoryInUse extends Error {}

/** A listening socket that also says that the directory is taken. */
export type Lock = { server: Server; socketDir: string; release(): Promise<void> };

/**
 * Takes `dir` for this process by a listening socket in `dir/N/`, and answers it. The kernel stops the listening
 * when the process dies, however it dies, so nothing is left behind that looks alive. Each holder takes the number after
 * the highest (an atomic rename onto a name that nobody has), and the highest is never removed: so two that
 * find a dead one at the same time cannot both win. Throws DirectoryInUse.
 */
export async function takeDirectory(dir: string): Promise<Lock> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const short = await shortPath(dir);
  try {
    for (;;) {
      const highest = Math.max(0, ...(await holders(dir)));
      if (highest > 0 && (await isListening(short.path, String(highest)))) throw new DirectoryInUse(dir);
      const lock = await take(dir, short.path, highest + 1);
      if (!lock) continue;
      return { ...lock, release: () => close(lock.server).then(short.remove) };
    }
  } catch (error) {
    await short.remove();
    throw error;
  }
}

async function take(dir: string, short: string, number: number): Promise<Omit<Lock, 'release'> | undefined> {
  const waiting = `new-${randomUUID().slice(0, 8)}`;
  await mkdir(join(dir, waiting), { mode: 0o700 });
  const server = createServer();
  server.listen(join(short, waiting, socketName));
  await once(server, 'listening');
  const name = String(number);
  const won = await rename(join(dir, waiting), join(dir, name)).then(
    () => true,
    () => false,
  );
  const others = await holders(dir);
  if (!won || others.some((other) => other > number)) {
    await close(server);
    await rm(join(dir, waiting), { recursive: true, force: true });
    return undefined;
  }
  const stale = others.filter((other) => other < number);
  await Promise.all(stale.map((other) => rm(join(dir, String(other)), { recursive: true, force: true })));
  return { server, socketDir: join(short, name) };
}

async function holders(dir: string): Promise<number[]> {
  return (await readdir(dir)).map(Number).filter(Number.isInteger);
}

async function isListening(dir: string, name: string): Promise<boolean> {
  const socket = connect(join(dir, name, socketName));
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A Unix socket's path must be short: a longer directory is reached by a link in a temporary one of our own. */
async function shortPath(dir: string): Promise<{ path: string; remove(): Promise<void> }> {
  const longest = join(dir, 'new-12345678', socketName);
  if (Buffer.byteLength(longest) <= longestSocketPath) return { path: dir, remove: async () => {} };
  const temporary = await mkdtemp(join(tmpdir(), 'vc-bot-'));
  const path = join(temporary, 'd');
  await symlink(dir, path);
  return { path, remove: () => rm(temporary, { recursive: true, force: true }) };
}

async function close(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
