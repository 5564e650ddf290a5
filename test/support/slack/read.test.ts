import { expect, test } from 'vitest';
import { faultsOfView } from '../../../src/playground/slack/check.ts';
import type { Block, View } from '../../../src/playground/slack/types.ts';
import { buttonsOf, fieldsOf, linksOf, textOf, textOfView } from './read.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (label: string, more: object = {}) => ({
  type: 'button',
  text: plain(label),
  action_id: label,
  ...more,
});
const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });

test('a message reads as a person reads it', () => {
  const blocks: Block[] = [
    { type: 'header', text: plain('Klart') },
    section(
      '*1 150* sparade, _40_ oförändrade & <https://x.se/a?b=1&amp;c=2|loggen>; `skipped_empty` &lt;b&gt;',
    ),
    { type: 'section', fields: [mrkdwn('*Företag*'), plain('X')], accessory: button('Ändra') },
    { type: 'divider' },
    { type: 'context', elements: [mrkdwn('av Lena')] },
    { type: 'actions', elements: [button('Visa logg', { url: 'https://x.se/imports/1' }), button('Stäng')] },
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'rik *text* ' },
            { type: 'link', url: 'https://y.se' },
          ],
        },
      ],
    },
  ];
  expect(textOf({ text: 'reserv', blocks })).toBe(
    [
      'Klart',
      '1 150 sparade, 40 oförändrade & loggen; skipped_empty <b>',
      'Företag\nX\n[Ändra]',
      '---',
      'av Lena',
      '[Visa logg] [Stäng]',
      'rik *text* https://y.se',
    ].join('\n'),
  );
  expect(buttonsOf({ blocks })).toEqual(['Ändra', 'Visa logg', 'Stäng']);
  expect(linksOf({ blocks })).toEqual(['https://x.se/a?b=1&c=2', 'https://x.se/imports/1', 'https://y.se']);
  expect(textOf({ text: 'a &amp; b', blocks: [] })).toBe('a & b');
});

test('a modal reads with its fields and buttons', () => {
  const view: View = {
    id: 'V1',
    type: 'modal',
    title: plain('Verifiera'),
    submit: plain('Skicka'),
    close: plain('Avbryt'),
    blocks: [
      {
        type: 'input',
        label: plain('E-post'),
        element: { type: 'email_text_input', action_id: 'e', initial_value: 'a@b.se' },
      },
    ],
  };
  expect(textOfView(view)).toBe('Verifiera\nE-post: a@b.se\n[Skicka] [Avbryt]');
  expect(fieldsOf(view)).toEqual(['E-post']);
  expect(faultsOfView(view)).toEqual([]);
});
