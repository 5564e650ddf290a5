import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { AxeResults } from 'axe-core';
import { type Browser as Chromium, chromium, type Page } from 'playwright-core';

export type { Page } from 'playwright-core';

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, 'node_modules/.cache/vc-bot-chromium');
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface PageOptions {
  readonly locale?: 'sv-SE' | 'en-GB';
  /** As wide as a small phone, with touch. */
  readonly phone?: boolean;
}

/** One Chromium; every page is a visitor of its own, with no cookie of another's. */
export interface Browser {
  page(options?: PageOptions): Promise<Page>;
  stop(): Promise<void>;
}

/** Starts the Chromium that npm brought; the first start on a machine unpacks it (about three seconds). */
export async function startBrowser(): Promise<Browser> {
  const home = await unpacked();
  const browser = await launch(home).catch(() => launch(home));
  return {
    async page({ locale = 'sv-SE', phone = false } = {}) {
      const context = await browser.newContext({
        locale,
        timezoneId: 'Europe/Stockholm',
        viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 900 },
        ...(phone ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
      });
      const page = await context.newPage();
      page.setDefaultTimeout(45_000);
      watch(page);
      return page;
    },
    stop: () => browser.close(),
  };
}

/** Once in some hundred starts Chromium reads its environment while it writes it, and dies: whoever calls tries once more. */
function launch(home: string): Promise<Chromium> {
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: FLAGS,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      LD_LIBRARY_PATH: join(home, 'al2023/lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  });
}

const faults = new WeakMap<Page, string[]>();

function watch(page: Page): void {
  const list: string[] = [];
  faults.set(page, list);
  page.on('pageerror', (error) => list.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') list.push(message.text());
  });
}

/**
 * Takes the program away from a page, and brings it back. Meanwhile nobody answers, which the browser words by how far a
 * socket had come (refused, reset, empty, incomplete): of that, and of nothing else, it may complain until `during` ends.
 */
export async function whileAway(page: Page, during: () => Promise<void>): Promise<void> {
  const list = faults.get(page) ?? [];
  const before = list.length;
  await during();
  const since = list.splice(before);
  list.push(...since.filter((complaint) => !complaint.startsWith('Failed to load resource: net::ERR_')));
}

/** What the browser complained about so far: errors of scripts, broken resources, what the security headers stopped. */
export function complaintsOf(page: Page): readonly string[] {
  return faults.get(page) ?? [];
}

export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  /** The elements at fault, as selectors. */
  readonly where: readonly string[];
}

/** What axe finds wrong with a page for people who read it with help; [] when nothing. */
export async function violationsOf(page: Page): Promise<Violation[]> {
  if (!(await page.evaluate("'axe' in window"))) {
    // Evaluated by the debugger, not put into the page: its security headers allow no script.
    await page.evaluate(await axe);
    // To hand it over takes longer than all it does: where this page goes from here, it is there already.
    await page.addInitScript({ content: await axe });
  }
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, impact, help, nodes }) => ({
    id,
    impact: impact ?? 'unknown',
    help,
    where: nodes.map(({ target }) => target.join(' ')),
  }));
}

/** Whether a page is wider than its window, which on a phone makes it unreadable. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');
}

/** With SHOW=1 in the environment, takes a picture of the whole page, into test-results/screenshots. */
export async function screenshot(page: Page, name: string): Promise<void> {
  if (!process.env.SHOW) return;
  await page.screenshot({ path: join(root, 'test-results/screenshots', `${name}.png`), fullPage: true });
}

/** The directory with the unpacked browser. Two that unpack at the same time do it twice, and use one. */
async function unpacked(): Promise<string> {
  const dir = join(cache, await chromiumVersion());
  if (existsSync(dir)) return dir;
  await mkdir(cache, { recursive: true });
  const unfinished = await mkdtemp(join(cache, 'new-'));
  await promisify(execFile)(
    process.execPath,
    ['--import', join(root, 'scripts/typescript.mjs'), join(root, 'test/support/unpack-chromium.ts')],
    {
      cwd: root,
      env: { PATH: process.env.PATH, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
    },
  );
  await writeFile(join(unfinished, 'fonts.conf'), fontsConf(dir));
  await rename(unfinished, dir).catch(() => rm(unfinished, { recursive: true, force: true }));
  return dir;
}

/** Fonts of the package first, of the machine (where it has any) for what they lack. */
function fontsConf(dir: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(dir, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(dir, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

async function chromiumVersion(): Promise<string> {
  const main = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const packageFile = join(dirname(main), '../../package.json');
  const { version } = JSON.parse(await readFile(packageFile, 'utf8')) as { version: string };
  return version;
}
