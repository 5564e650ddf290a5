import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { GalleryItem } from '../../src/playground/wire.ts';
import { type Browser, type Page, type PageOptions, startBrowser } from '../support/browser.ts';
import { openStage, type Stage } from './stage.ts';

/** Visits to the playground's page over a stage. */
export interface Visits {
  /** The stage of the running test. */
  stage(): Stage;
  browser(): Browser;
  /** Where the built page is. */
  assets(): URL;
  /** Closed when the test is over. */
  page(options?: PageOptions): Promise<Page>;
  /** Opens the page at an address such as `#/lena/hr`, and waits until one can write. */
  visit(hash?: string, options?: PageOptions): Promise<Page>;
}

/** Where one writes. */
export const composer = (page: Page) => page.getByRole('textbox', { name: /^(Skriv till|Message)/ });

/** Builds the page once, and opens a stage and a browser for the tests of a file. */
export function testVisits({ gallery = [] }: { gallery?: readonly GalleryItem[] } = {}): Visits {
  let folder: string;
  let browser: Browser;
  let stage: Stage;
  const open: Page[] = [];
  const assets = () => pathToFileURL(`${folder}/`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vc-bot-page-'));
    const { bundlePage } = (await import(new URL('../../scripts/bundle.mjs', import.meta.url).href)) as {
      bundlePage(folder: string): Promise<void>;
    };
    [browser] = await Promise.all([startBrowser(), bundlePage(folder)]);
  });
  afterAll(async () => {
    await browser.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    stage = await openStage(assets(), { gallery });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((page) => page.context().close()));
    await stage.stop();
  });

  async function page(options: PageOptions = {}): Promise<Page> {
    const opened = await browser.page(options);
    open.push(opened);
    return opened;
  }

  return {
    stage: () => stage,
    browser: () => browser,
    assets,
    page,
    async visit(hash = '', options = {}) {
      const opened = await page(options);
      await opened.goto(`${stage.base}/${hash}`);
      await composer(opened).waitFor();
      return opened;
    },
  };
}
