import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawnForTeams, examples } from '../../src/gallery.ts';
import { faultsOfCard } from '../../src/playground/teams/check.ts';
import type { Card } from '../../src/playground/teams/types.ts';
import { languages } from '../../src/rules/language.ts';
import { limits } from '../../src/teams/limits.ts';
import { roundTrip } from '../support/teams/renderer.ts';

const all = examples.flatMap((one) => languages.map((language) => ({ ...one, language })));
const fileName = ({ name, language }: (typeof all)[number]) => {
  const title = name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  return `${title.replace(/-+$/, '')}.${language}.json`;
};

/** A card but for what the renderer does not write again: what is for others than itself, what is new, and defaults. */
const written = (card: unknown): unknown =>
  JSON.parse(JSON.stringify(card), (name, value) => {
    if (['fallback', 'msteams', 'choices.data'].includes(name) || value === 'compact') return undefined;
    return [
      'color',
      'fontType',
      'size',
      'spacing',
      'weight',
      'horizontalAlignment',
      'verticalContentAlignment',
    ].includes(name)
      ? value.toLowerCase()
      : value;
  });

test.each(all)('Teams takes the view "$name" ($language), drawn as agreed', async (one) => {
  const drawn = await drawnForTeams(one.example(one.language), one.language);
  expect(faultsOfCard(drawn.card as Card, 'message')).toEqual([]);
  expect(written(roundTrip(drawn.card))).toEqual(written(drawn.card));
  expect(Buffer.byteLength(JSON.stringify(drawn))).toBeLessThanOrEqual(limits.message.size);
  expect(JSON.stringify(drawn)).not.toMatch(/"type":"(TextBlock|FactSet|Image)"|#[0-9a-f]{6}/i);
  await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot(`../golden/teams/${fileName(one)}`);
});

/** Everything that a view has people read: its texts, and what its buttons say. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  const unread = ['kind', 'tone', 'style', 'line', 'no', 'url', 'columns', 'name', 'type', 'cancel'];
  return Object.entries(value).flatMap(([name, part]) => (unread.includes(name) ? [] : textsIn(part)));
}

test.each(all)('nothing that the view "$name" ($language) says is missing', async ({ example, language }) => {
  const view = example(language);
  const json = JSON.stringify(await drawnForTeams(view, language));
  const drawn = [...json.matchAll(/"(?:text|title|label|placeholder|value)":("(?:[^"\\]|\\.)*")/g)];
  const read = drawn.map(([, text = '""']) => JSON.parse(text) as string).join('');
  const said = textsIn(view).map((text) => text.replaceAll('`', ''));
  expect(said.filter((text) => !read.includes(text))).toEqual([]);
});

test('every golden is of a view that there is', () => {
  const drawn = new Set(all.map(fileName));
  const goldens = readdirSync(new URL('../golden/teams/', import.meta.url));
  expect(goldens.filter((name) => !drawn.has(name))).toEqual([]);
  expect(drawn.size).toBe(all.length);
});
