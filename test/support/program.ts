import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from './port.ts';
import { Broken, until } from './until.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

export interface ProgramOptions {
  /** Variables of section 4's contract; HOST, PORT, PUBLIC_URL, DATA_DIR and LOG_LEVEL have values of their own. */
  readonly env?: Readonly<Record<string, string>>;
  /** An existing directory for the data; a new one, thrown away by `stop`, unless told. */
  readonly dataDir?: string;
  /** The script to run; dist/main.js unless told. */
  readonly entry?: string;
  /** How long it may take until /readyz says 200, in milliseconds; 30 s unless told. */
  readonly patience?: number;
}

/** The real program in a process of its own. */
export interface Program {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it wrote so far, over all its runs, line by line. */
  readonly lines: readonly string[];
  /** The lines that are JSON (its log), parsed. */
  logs(): Record<string, unknown>[];
  /** Waits for a line that matches. */
  says(pattern: RegExp): Promise<string>;
  get(path: string): Promise<Response>;
  /** Sends a signal (SIGKILL unless told) and waits until the process is gone; returns its exit code or signal. */
  kill(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  /** Starts it again, on the same port and data, with more variables if need be; resolves once it is ready. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** SIGTERM, then SIGKILL after ten seconds; removes the data directory if it was made here. */
  stop(): Promise<number | NodeJS.Signals | undefined>;
}

/** Starts the program and waits until it is ready. Throws with its last lines when it ends before. */
export async function startProgram(options: ProgramOptions = {}): Promise<Program> {
  const entry = options.entry ?? join(root, 'dist/main.js');
  if (!existsSync(entry)) throw new Error(`${entry} is missing: run "npm run build" first`);
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'vc-bot-program-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const lines: string[] = [];
  let env = options.env ?? {};
  let run = start();

  function start(): Run {
    return spawnRun(entry, lines, {
      HOST: '127.0.0.1',
      PORT: String(port),
      PUBLIC_URL: url,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'debug',
      ...env,
    });
  }

  async function ready(): Promise<void> {
    await until(
      async () => {
        if (run.ended)
          throw new Broken(`The program ended (${run.ended.how}):\n${lines.slice(-30).join('\n')}`);
        return (await fetch(`${url}/readyz`)).ok;
      },
      {
        what: '200 from /readyz',
        deadline: options.patience ?? 30_000,
        seen: () => lines.slice(-30).join('\n'),
      },
    ).catch(async (error: unknown) => {
      await end(run, 'SIGKILL');
      throw error;
    });
  }

  await ready();
  return {
    url,
    port,
    dataDir,
    get pid() {
      return run.child.pid ?? 0;
    },
    lines,
    logs: () =>
      lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>),
    says: (pattern) =>
      until(() => lines.find((line) => pattern.test(line)), {
        what: `a line like ${pattern}`,
        seen: () => lines.slice(-30).join('\n'),
      }),
    get: (path) => fetch(url + path),
    kill: (signal = 'SIGKILL') => end(run, signal),
    async restart(more = {}) {
      await end(run, 'SIGTERM');
      env = { ...env, ...more };
      run = start();
      await ready();
    },
    async stop() {
      const how = await end(run, 'SIGTERM');
      if (!options.dataDir) await rm(dataDir, { recursive: true, force: true });
      return how;
    },
  };
}

interface Run {
  readonly child: ChildProcess;
  readonly exit: Promise<number | NodeJS.Signals>;
  ended: { how: number | NodeJS.Signals } | undefined;
}

const running = new Set<Run>();

/** Whatever ends this process ends the programs that it started. */
function endAll(): void {
  for (const { child } of running) child.kill('SIGKILL');
}
process.on('exit', endAll);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll();
    process.kill(process.pid, signal);
  });
}

function spawnRun(entry: string, lines: string[], env: Record<string, string>): Run {
  const inherited = INHERITED.map((name) => [name, process.env[name]]).filter(
    ([, value]) => value !== undefined,
  );
  const child = spawn(process.execPath, [entry], {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const exit = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once('close', (code, signal) => {
      const how = signal ?? code ?? 0;
      run.ended = { how };
      running.delete(run);
      resolve(how);
    });
  });
  const run: Run = { child, exit, ended: undefined };
  running.add(run);
  return run;
}

/** Ends one run by its own process id; a polite signal that is not followed becomes SIGKILL after ten seconds. */
async function end(run: Run, signal: NodeJS.Signals): Promise<number | NodeJS.Signals> {
  if (run.ended) return run.ended.how;
  run.child.kill(signal);
  const last = setTimeout(() => run.child.kill('SIGKILL'), 10_000);
  return run.exit.finally(() => clearTimeout(last));
}
