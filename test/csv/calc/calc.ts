import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath, pathToFileURL } from 'node:url';

const calc = 'soffice';
/** A user's settings with a macro that opens and saves a list of files: a start of the office takes seconds. */
const profile = fileURLToPath(new URL('./profile', import.meta.url));
const patience = 150_000;

/** How a file is opened or saved: Calc's name of a filter, and the filter's options. */
export interface Filter {
  readonly name: string;
  readonly options?: string;
}

/** A file to open, and where to save it. */
export interface Errand {
  readonly from: string;
  /** Calc finds out by itself unless told. */
  readonly opened?: Filter;
  readonly to: string;
  readonly saved: Filter;
}

/** Whether LibreOffice Calc is installed here. */
export function hasCalc(): boolean {
  return spawnSync(calc, ['--version']).status === 0;
}

/**
 * Opens and saves files in one LibreOffice Calc that keeps what it needs in the existing folder `folder`. Throws with a
 * sentence when a file cannot be opened or saved, or when Calc ends early or not within 150 s.
 */
export async function openAndSave(folder: string, errands: readonly Errand[]): Promise<void> {
  const settings = join(folder, 'profile');
  const list = join(folder, 'list.txt');
  const failure = join(folder, 'failure.txt');
  await cp(profile, settings, { recursive: true });
  await writeFile(list, errands.map(lineOf).join('\n'));
  await runMacro(settings, { CALC_LIST: list, CALC_FAILURE: failure });
  const failed = await readFile(failure, 'utf8').catch(() => undefined);
  if (failed !== undefined) throw new Error(`LibreOffice Calc did not open or save a file: ${failed}`);
}

function lineOf({ from, opened = { name: '' }, to, saved }: Errand): string {
  return [
    pathToFileURL(from),
    opened.name,
    opened.options,
    pathToFileURL(to),
    saved.name,
    saved.options,
  ].join('\t');
}

async function runMacro(settings: string, env: Readonly<Record<string, string>>): Promise<void> {
  const office = spawn(
    calc,
    [`-env:UserInstallation=${pathToFileURL(settings)}`, '--headless', 'macro:///Standard.Files.OpenAndSave'],
    // `soffice` starts another process, which does the work: both are of a group of their own.
    { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let isLate = false;
  const last = setTimeout(() => {
    isLate = true;
    if (office.pid) process.kill(-office.pid, 'SIGKILL');
  }, patience);
  try {
    const [said, [code, signal]] = await Promise.all([text(office.stderr), once(office, 'close')]);
    if (isLate) throw new Error(`LibreOffice Calc was not done within ${patience / 1_000} s: ${said}`);
    if (code !== 0) throw new Error(`LibreOffice Calc ended early (${signal ?? code}): ${said}`);
  } finally {
    clearTimeout(last);
  }
}
