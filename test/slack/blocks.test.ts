import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Field, Link, MessageView, OpenForm, Pressable } from '../../src/core/view.ts';
import { faultsOfMessage, faultsOfOptions, faultsOfView } from '../../src/playground/slack/check.ts';
import type { Block, View } from '../../src/playground/slack/types.ts';
import { drawForm, drawOptions } from '../../src/slack/blocks/form.ts';
import { type Drawn, drawMessage } from '../../src/slack/blocks/message.ts';
import { limits } from '../../src/slack/limits.ts';
import { buttonsOf, textOf } from '../support/slack/read.ts';
import { anyView, press, viewsOf } from '../support/views.ts';

type Message = MessageView<Pressable>;

const read = (drawn: Drawn) => textOf({ blocks: drawn.blocks as unknown as Block[] });
const nasty = '<!channel> *Lön* _x_ ~y~ :smile: `kod` <https://evil.se|klicka> &amp; [a](b) <@U1>';

/** What Slack would not take, or would read as markup. */
function faults({ text, blocks }: Drawn): string[] {
  const drawn = JSON.stringify(blocks);
  return [
    ...faultsOfMessage({ text, blocks }, { updated: true }),
    ...(drawn.length > limits.message.size ? [`${drawn.length} characters of blocks`] : []),
    ...(drawn.includes('"mrkdwn"') ? ['markup'] : []),
    ...(/"text":""|"elements":\[\]/.test(drawn) ? ['something empty'] : []),
    ...(/[<>]/.test(text) ? ['markup in the text'] : []),
  ];
}

test.each(viewsOf(nasty))('A7 outside text in a $kind is never markup', (view) => {
  const drawn = drawMessage(view, 'sv');
  expect(faults(drawn)).toEqual([]);
  expect(read(drawn)).toContain(nasty);
  expect(JSON.stringify(drawn.blocks)).not.toMatch(/"type":"(broadcast|user|link|usergroup|channel)"/);
  expect(drawn.text).toContain('&lt;!channel&gt; *Lön*');
  expect(drawn.text).toContain('&amp;amp;');
});

test('a command or a filter between backticks is drawn as code, and no other character as markup', () => {
  const text = 'Menade du `/vc verify` eller `avdelning:"Ekonomi & Lön"`? Inte `verify`, `a:b` eller *det*.';
  const { blocks } = drawMessage({ kind: 'note', tone: 'plain', text }, 'sv');
  expect(blocks).toEqual([
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: 'Menade du ' },
            { type: 'text', text: '/vc verify', style: { code: true } },
            { type: 'text', text: ' eller ' },
            { type: 'text', text: 'avdelning:"Ekonomi & Lön"', style: { code: true } },
            { type: 'text', text: '? Inte `verify`, `a:b` eller *det*.' },
          ],
        },
      ],
    },
  ]);
});

test.each([
  ['sv', 'och 960 till', 'Visa användare'],
  ['en', 'and 960 more', 'Show users'],
  ['sv', 'och 960 till: öppna loggen', 'Visa logg'],
  ['en', 'and 960 more: open the log', 'Show log'],
] as const)('what does not fit is cut at a whole row and says so (%s: %s)', (language, more, label) => {
  const rows = Array.from({ length: 1_000 }, (_, n) => ({ cells: [`Rad ${n}`, 'x'.repeat(250)] }));
  const table: Message = { kind: 'table', title: 'Rader', columns: ['Rad'], rows, actions: [press(label)] };
  const drawn = drawMessage(table, language);
  expect(faults(drawn)).toEqual([]);
  const lines = read(drawn).split('\n');
  const shown = Number(/\d+/.exec(lines.at(-3) ?? '')) + 1;
  expect(lines.at(-3)).toMatch(/^Rad \d+ · x{250}$/);
  expect(lines.at(-2)).toBe(more.replace('960', String(1_000 - shown)));
  expect(lines.at(-1)).toBe(`[${label}]`);
  expect(shown).toBeGreaterThan(20);
  expect(drawn.text.endsWith('\n…')).toBe(true);
});

test('where rows have no buttons, each cell says which column it is', () => {
  const columns = ['Företag', 'väntar', 'kopplad'];
  const rows = [{ cells: ['X', '12', '3'] }, { cells: ['Alla', '12', '3'] }];
  const drawn = drawMessage({ kind: 'table', title: '3 av 15', columns, rows }, 'sv');
  expect(read(drawn)).toBe('3 av 15\nX · väntar: 12 · kopplad: 3\nAlla · väntar: 12 · kopplad: 3');
});

test('a row with a button is a section, and there are no more of them than blocks', () => {
  const rows = Array.from({ length: 80 }, (_, n) => ({ cells: [`Anna ${n}`, 'a14'], action: press('Visa') }));
  const drawn = drawMessage({ kind: 'table', title: '80', columns: ['Namn', 'Id'], rows }, 'sv');
  expect(faults(drawn)).toEqual([]);
  const buttons = buttonsOf({ blocks: drawn.blocks as unknown as Block[] });
  expect(read(drawn)).toContain(`och ${80 - buttons.length} till`);
  expect(drawn.blocks[2]).toMatchObject({
    text: { type: 'plain_text', text: 'Anna 0\na14' },
    accessory: { action_id: 'press-row-0', value: 'id-Visa', accessibility_label: 'Visa: Anna 0' },
  });
});

test('buttons carry their opaque id, their style and the question; links their address', () => {
  const ask = { title: 'Ta bort?', text: 'Säkert?', yes: 'Ta bort', no: 'Avbryt' };
  const actions: (Pressable | Link)[] = [
    { label: 'Bekräfta', id: 'a1', style: 'primary' },
    { label: 'Ta bort koppling', id: 'b2', style: 'danger', ask },
    { label: 'Öppna', url: 'https://bot.company.se/log' },
  ];
  const { blocks } = drawMessage({ kind: 'note', tone: 'plain', text: 'Så här', actions }, 'sv');
  const plain = (text: string) => ({ type: 'plain_text', text, emoji: false });
  expect(blocks.at(-1)).toEqual({
    type: 'actions',
    elements: [
      { type: 'button', text: plain('Bekräfta'), action_id: 'press-0', value: 'a1', style: 'primary' },
      {
        type: 'button',
        text: plain('Ta bort koppling'),
        action_id: 'press-1',
        value: 'b2',
        style: 'danger',
        confirm: {
          title: plain('Ta bort?'),
          text: plain('Säkert?'),
          confirm: plain('Ta bort'),
          deny: plain('Avbryt'),
          style: 'danger',
        },
      },
      { type: 'button', text: plain('Öppna'), action_id: 'open-2', url: 'https://bot.company.se/log' },
    ],
  });
});

test.each([
  [0, 412, '░░░░░░░░░░░░░░░░░░░░ 0\u00a0%'],
  [214, 412, '██████████░░░░░░░░░░ 51\u00a0%'],
  [411, 412, '███████████████████░ 99\u00a0%'],
  [412, 412, '████████████████████ 100\u00a0%'],
])('progress %i of %i is a bar', (done, total, bar) => {
  const drawn = drawMessage({ kind: 'progress', title: 'Utskick #42', text: 'Skickar', done, total }, 'sv');
  expect(read(drawn)).toBe(`Utskick #42\nSkickar\n${bar}`);
});

test('progress of an unknown whole has no bar', () => {
  const drawn = drawMessage({ kind: 'progress', title: 'Import', text: 'Läser', done: 7, total: 0 }, 'en');
  expect(read(drawn)).toBe('Import\nLäser');
  expect(drawn.text).toBe('Import\nLäser');
});

test('whatever a view holds, Slack takes its drawing', () => {
  fc.assert(
    fc.property(anyView, fc.constantFrom('sv' as const, 'en' as const), (view, language) => {
      expect(faults(drawMessage(view, language))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

const field = (more: Partial<Field> & Pick<Field, 'type'>): Field =>
  ({
    name: `f${more.type}`,
    label: nasty.repeat(40),
    hint: nasty,
    placeholder: nasty.repeat(3),
    ...more,
  }) as Field;

test('a form is a modal within the limits, its fields in order, with what is filled in', () => {
  const form: OpenForm = {
    kind: 'form',
    id: 'opaque',
    title: 'En alldeles för lång rubrik',
    text: nasty,
    fields: [
      field({ type: 'text', value: 'x'.repeat(4_000) }),
      field({ type: 'email', value: 'åsa@företag.se', optional: true }),
      field({ type: 'user', value: { value: 'user:"14"', label: nasty } }),
      field({
        type: 'choice',
        value: 'v7',
        options: Array.from({ length: 120 }, (_, n) => ({ value: `v${n}`, label: `${n} ${nasty}` })),
      }),
    ],
    submit: 'Skicka',
    cancel: 'Avbryt',
  };
  const modal = drawForm(form, '{"id":"opaque"}');
  expect(faultsOfView(modal as unknown as View)).toEqual([]);
  expect(JSON.stringify(modal)).not.toContain('"mrkdwn"');
  expect(modal).toMatchObject({ callback_id: 'form', private_metadata: '{"id":"opaque"}' });
  const elements = modal.blocks.flatMap((block) => ('element' in block ? [block.element] : []));
  expect(elements.map(({ type }) => type)).toEqual([
    'plain_text_input',
    'plain_text_input',
    'external_select',
    'static_select',
  ]);
  expect(elements[1]).toMatchObject({ initial_value: 'åsa@företag.se' });
  expect(elements[2]).toMatchObject({ min_query_length: 1, initial_option: { value: 'user:"14"' } });
  expect(elements[3]).toMatchObject({ initial_option: { value: 'v7' } });
});

test('suggestions are a hundred at most, each within the limits', () => {
  const many = Array.from({ length: 130 }, (_, n) => ({ value: `user:"${n}"`, label: nasty }));
  const options = drawOptions([{ value: 'v'.repeat(200), label: 'too long' }, ...many]);
  expect(options).toHaveLength(100);
  expect(options[0]?.value).toBe('user:"0"');
  expect(faultsOfOptions({ options })).toEqual([]);
});
