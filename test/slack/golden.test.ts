import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keep } from '../../src/core/keep.ts';
import type { FormView, MessageView } from '../../src/core/view.ts';
import { drawForm } from '../../src/slack/blocks/form.ts';
import { drawMessage } from '../../src/slack/blocks/message.ts';
import { limits } from '../../src/slack/limits.ts';
import { faultsOfMessage, faultsOfView } from '../support/slack/check.ts';
import type { View } from '../support/slack/types.ts';

const folder = new URL('../../src/views/', import.meta.url);
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

interface Example {
  file: string;
  view: MessageView | FormView;
}

async function examplesOf(name: string): Promise<Example[]> {
  const module: { examples?: Record<string, MessageView | FormView> } = await import(
    new URL(name, folder).href
  );
  const area = name.replace(/\.ts$/, '').replaceAll('/', '-');
  return Object.entries(module.examples ?? {}).map(([title, view]) => ({ file: `${area}: ${title}`, view }));
}

const all = (await Promise.all(names.map(examplesOf))).flat();
const fileName = (title: string) =>
  `${title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/-+$/, '')}.json`;

/** Buttons are told by their lines here, so that a golden shows what each does. */
const presses = { keep: async (buttons: readonly { line: string }[]) => buttons.map(({ line }) => line) };

test.each(all)('Slack takes the view "$file", drawn as agreed', async ({ file, view }) => {
  const kept = await keep(view, presses, { personId: null });
  const drawn = kept.kind === 'form' ? drawForm(kept, kept.id) : drawMessage(kept, 'sv');
  const isModal = 'type' in drawn;
  expect(
    isModal ? faultsOfView(drawn as unknown as View) : faultsOfMessage({ ...drawn }, { updated: true }),
  ).toEqual([]);
  expect(JSON.stringify(drawn.blocks).length).toBeLessThanOrEqual(limits.message.size);
  expect(JSON.stringify(drawn)).not.toContain('"mrkdwn"');
  await expect(`${JSON.stringify(drawn, null, 2)}\n`).toMatchFileSnapshot(
    `../golden/slack/${fileName(file)}`,
  );
});

test('every golden is of a view that there is', () => {
  const drawn = new Set(all.map(({ file }) => fileName(file)));
  const goldens = readdirSync(new URL('../golden/slack/', import.meta.url));
  expect(goldens.filter((name) => !drawn.has(name))).toEqual([]);
  expect(drawn.size).toBe(all.length);
});
