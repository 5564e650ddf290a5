import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenForm, Pressable } from '../../src/core/view.ts';
import { actionsOf } from '../../src/playground/teams/cards.ts';
import type { Card } from '../../src/teams/cards/card.ts';
import { drawForm } from '../../src/teams/cards/form.ts';
import { drawMessage } from '../../src/teams/cards/message.ts';
import { type Browser, complaintsOf, type Page, startBrowser } from '../support/browser.ts';
import { textOfCard } from '../support/teams/read.ts';
import { rendererScript } from '../support/teams/renderer.ts';
import { press, viewsOf } from '../support/views.ts';

const nasty = [
  '**Lön** _x_ ~~y~~ # z - [klicka](https://evil.se) ![b](https://evil.se/b.png)',
  '<at>Anna</at> <b>fet</b> <img src=x onerror=alert(1)> &amp; &lt;',
  '{{DATE(2026-11-28T10:00:00Z, SHORT)}} {{TIME(2026-11-28T10:00:00Z)}} {{{DATE(2026-11-28T10:00:00Z)}}}',
].join(' ');
const ask = { title: nasty, text: nasty, yes: nasty, no: nasty };
const asking: Pressable = { ...press('Fråga'), ask };
const form: OpenForm = {
  kind: 'form',
  id: 'f',
  title: 'Formulär',
  text: nasty,
  fields: [
    { name: 'a', type: 'text', label: 'Fält', hint: nasty },
    { name: 'b', type: 'choice', label: 'Val', options: [{ value: 'v', label: nasty }], value: 'v' },
    { name: 'c', type: 'user', label: 'Användare', value: { value: '14', label: nasty } },
  ],
  submit: 'Skicka',
  cancel: 'Avbryt',
};

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await startBrowser();
  page = await browser.page();
  await page.addScriptTag({ content: rendererScript() });
});
afterAll(() => browser.stop());

/** What a person reads of a card in a browser, as Microsoft's own renderer draws it; every question unfolded. */
function rendered(card: Card): Promise<{ text: string; links: number; images: number; values: string[] }> {
  return page.evaluate((given) => {
    // biome-ignore lint/suspicious/noExplicitAny: this runs in the page, where the renderer's script has put it
    const { AdaptiveCard } = (globalThis as any).AdaptiveCards;
    // biome-ignore lint/suspicious/noExplicitAny: the DOM is the page's
    const { document } = globalThis as any;
    const one = new AdaptiveCard();
    one.parse(given);
    document.body.replaceChildren(one.render());
    for (const button of document.querySelectorAll('.expandable')) button.click();
    const every = (selector: string) => [...document.querySelectorAll(selector)];
    return {
      text: document.body.innerText,
      links: every('a').length,
      images: every('img, b, at').length,
      values: every('select, input').map(({ value, selectedOptions }) => selectedOptions?.[0]?.text ?? value),
    };
  }, card);
}

const spaces = (text: string) => text.replace(/\s+/g, ' ').trim();
const without = (text: string) => text.replace(/^\[(.*)\]$/, '$1');

test.each(viewsOf(nasty))('A7 outside text in a $kind reads as it was written', async (view) => {
  const { card } = drawMessage({ ...view, actions: [asking] }, 'sv');
  const { text, links, images } = await rendered(card);
  const read = spaces(text);
  const written = [card, ...actionsOf(card).flatMap(({ action }) => action.card ?? [])];
  const pieces = written.flatMap((one) => textOfCard(one).split(/\n|(?<=\]) (?=\[)/));
  expect(pieces.filter((piece) => !read.includes(spaces(without(piece))))).toEqual([]);
  expect(read).toContain(nasty);
  expect({ links, images }).toEqual({ links: 0, images: 0 });
  expect(complaintsOf(page)).toEqual([]);
});

test('A7 outside text in a form reads as it was written, and what is filled in stays', async () => {
  const filled = { faults: { a: nasty }, values: { a: nasty } };
  const { text, links, images, values } = await rendered(drawForm(form, 'sv', filled));
  // Above, wrong, hinted at, and the choice.
  expect(spaces(text).split(nasty)).toHaveLength(5);
  expect(values.slice(0, 2).map(spaces)).toEqual([nasty, nasty]);
  expect({ links, images }).toEqual({ links: 0, images: 0 });
});
