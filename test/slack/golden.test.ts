import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawnForSlack, examples } from '../../src/gallery.ts';
import { faultsOfMessage, faultsOfView } from '../../src/playground/slack/check.ts';
import type { View } from '../../src/playground/slack/types.ts';
import { languages } from '../../src/rules/language.ts';
import { limits } from '../../src/slack/limits.ts';

const all = examples.flatMap((one) => languages.map((language) => ({ ...one, language })));
const fileName = ({ name, language }: (typeof all)[number]) => {
  const title = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${title.replace(/-+$/, '')}.${language}.json`;
};

test.each(all)('Slack takes the view "$name" ($language), drawn as agreed', async (one) => {
  const { example, language } = one;
  const { form, message } = await drawnForSlack(example(language), language);
  const drawn = form ?? message;
  expect(
    form ? faultsOfView(form as unknown as View) : faultsOfMessage({ ...message }, { updated: true }),
  ).toEqual([]);
  expect(JSON.stringify(drawn.blocks).length).toBeLessThanOrEqual(limits.message.size);
  expect(JSON.stringify(drawn)).not.toContain('"mrkdwn"');
  await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot(`../golden/slack/${fileName(one)}`);
});

test('every golden is of a view that there is', () => {
  const drawn = new Set(all.map(fileName));
  const goldens = readdirSync(new URL('../golden/slack/', import.meta.url));
  expect(goldens.filter((name) => !drawn.has(name))).toEqual([]);
  expect(drawn.size).toBe(all.length);
});
