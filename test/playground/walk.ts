import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { Store } from '../scenarios/harness/store.ts';

/** Somebody who walks through the playground of a real program. The page may be another at each call. */
export interface Walk {
  /** What was said in the room that is looked at. */
  log(): Locator;
  says(words: string | RegExp): Promise<void>;
  /** A button in what was said. */
  button(name: string | RegExp): Locator;
  goTo(room: string): Promise<void>;
  types(line: string): Promise<void>;
  /** Drops one of the files that the page offers, and confirms what it would do. */
  drops(file: string, confirm: string): Promise<void>;
  /** Opens the newest mail to somebody, by its subject; the letter as it stands in its frame. */
  opensMail(to: string, subject: RegExp): Promise<FrameLocator>;
  /** The page that a link opens beside this one. */
  follows(link: { click(): Promise<void> }): Promise<Page>;
  /** Closes such a page, once it has been loaded: a browser that is told before may hang. */
  leaves(page: Page): Promise<void>;
  /** Opens somebody's verification mail, and confirms the address on the page behind its link. */
  confirms(to: string): Promise<void>;
}

export function walkOn(page: () => Page): Walk {
  const log = () => page().getByRole('region', { name: 'Meddelanden' });
  const button = (name: string | RegExp) => log().getByRole('button', { name });

  async function opensMail(to: string, subject: RegExp): Promise<FrameLocator> {
    const mailbox = page().getByRole('region', { name: 'Företagets mejl' });
    const back = mailbox.getByRole('button', { name: 'Alla mejl' });
    if (await back.isVisible()) await back.click();
    await mailbox.getByRole('button').filter({ hasText: to }).filter({ hasText: subject }).first().click();
    return page().frameLocator('iframe');
  }

  async function follows(link: { click(): Promise<void> }): Promise<Page> {
    const [opened] = await Promise.all([page().context().waitForEvent('page'), link.click()]);
    await opened.waitForLoadState();
    return opened;
  }

  async function leaves(left: Page): Promise<void> {
    await left.waitForLoadState();
    await left.close();
  }

  return {
    log,
    button,
    opensMail,
    follows,
    leaves,
    async says(words) {
      try {
        await log().getByText(words).last().waitFor();
      } catch {
        throw new Error(`Nobody says ${words} in:\n${await log().innerText()}`);
      }
    },
    async goTo(room) {
      await page().getByRole('navigation', { name: 'Samtal' }).getByRole('link', { name: room }).click();
    },
    async types(line) {
      const composer = page().getByRole('textbox', { name: /^(Skriv till|Message)/ });
      await composer.fill(line);
      await composer.press('Enter');
    },
    async drops(file, confirm) {
      await page().getByRole('button', { name: 'Bifoga en fil' }).click();
      await page()
        .getByRole('button', { name: new RegExp(`^${file}`) })
        .click();
      await button(confirm).last().click();
    },
    async confirms(to) {
      const letter = await opensMail(to, /bekräfta/);
      const verify = await follows(letter.getByRole('link', { name: 'Bekräfta min e-postadress' }));
      await verify.getByRole('button', { name: 'Bekräfta' }).click();
      await verify.getByRole('heading', { name: 'Klart!' }).waitFor();
      await leaves(verify);
    },
  };
}

/** How many users of a store fit a condition. */
export async function countUsers(store: Store, where: string): Promise<number> {
  return store.value<number>(`select count(*)::int from "user" where ${where}`);
}

/** How many rows of the newest import had each outcome, as the store has it. */
export async function outcomesOf(store: Store): Promise<Record<string, number>> {
  return store.value<Record<string, number>>('select counts from import order by id desc limit 1');
}
