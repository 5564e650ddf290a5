import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Link, MessageView, Pressable } from '../../src/core/view.ts';
import { actionsOf } from '../../src/playground/teams/cards.ts';
import { faultsOfCard } from '../../src/playground/teams/check.ts';
import { type Drawn, drawMessage } from '../../src/teams/cards/message.ts';
import { limits } from '../../src/teams/limits.ts';
import { textOfCard } from '../support/teams/read.ts';
import { anyView, press, viewsOf } from '../support/views.ts';

type Message = MessageView<Pressable>;

const drawnIn = (view: Message) => drawMessage(view, 'sv');
const read = (view: Message) => textOfCard(drawnIn(view).card);
const nasty =
  '**Lön** _x_ [a](https://evil.se) <at>Anna</at> <b>x</b> &amp; {{DATE(2026-11-28T10:00:00Z,SHORT)}} `kod`';

/** What Teams would not take, or would read as markup. */
function faults(drawn: Drawn): string[] {
  const json = JSON.stringify(drawn);
  const bytes = Buffer.byteLength(json);
  return [
    ...faultsOfCard(drawn.card, 'message'),
    ...(bytes > 25_000 ? [`${bytes} bytes`] : []),
    ...(/"type":"(TextBlock|FactSet)"/.test(json) ? ['markup'] : []),
    ...(/"(text|title)":""|"(inlines|items|columns|actions)":\[\]/.test(json) ? ['something empty'] : []),
    ...(/"text":"[^"]*\{\{(DATE|TIME)\(/.test(JSON.stringify(drawn.card.body)) ? ['a function'] : []),
  ];
}

test.each(viewsOf(nasty))('A7 outside text in a $kind is never markup', (view) => {
  const drawn = drawnIn(view);
  expect(faults(drawn)).toEqual([]);
  expect(textOfCard(drawn.card)).toContain(nasty);
  expect(drawn.summary).toContain(nasty);
});

test('a command or a filter between backticks stands in another type, no other character is markup', () => {
  const text = 'Menade du `/vc verify` eller `avdelning:"Ekonomi & Lön"`? Inte `verify` eller *det*.';
  expect(drawnIn({ kind: 'note', tone: 'plain', text }).card.body).toEqual([
    {
      type: 'RichTextBlock',
      inlines: [
        { type: 'TextRun', text: 'Menade du ' },
        { type: 'TextRun', text: '/vc verify', fontType: 'monospace' },
        { type: 'TextRun', text: ' eller ' },
        { type: 'TextRun', text: 'avdelning:"Ekonomi & Lön"', fontType: 'monospace' },
        { type: 'TextRun', text: '? Inte `verify` eller *det*.' },
      ],
    },
  ]);
});

test.each([
  ['ordinary rows', (n: number) => ({ cells: [`Rad ${n}`, 'a14', 'väntar'] })],
  ['rows with buttons', (n: number) => ({ cells: [`Rad ${n}`, 'a14', 'väntar'], action: press('Visa') })],
  ['long lines', (n: number) => ({ cells: [`Rad ${n}`, 'å'.repeat(5_000)] })],
])('a table of 10,000 rows is cut at a whole row and says so: %s', (_, row) => {
  const rows = Array.from({ length: 10_000 }, (_, n) => row(n));
  const drawn = drawnIn({
    kind: 'table',
    title: 'Rader',
    columns: ['Rad'],
    rows,
    actions: [press('Visa logg')],
  });
  expect(faults(drawn)).toEqual([]);
  const text = textOfCard(drawn.card);
  const shown = text.match(/Rad \d+/g) ?? [];
  expect(shown.at(-1)).toBe(`Rad ${shown.length - 1}`);
  const left = new Intl.NumberFormat('sv-SE').format(10_000 - shown.length);
  expect(text.split('\n').slice(-2)).toEqual([`och ${left} till: öppna loggen`, '[Visa logg]']);
  expect(Buffer.byteLength(JSON.stringify(drawn))).toBeGreaterThan(limits.message.size * 0.6);
});

test('what notifications show is cut at a whole line', () => {
  const lines = Array.from({ length: 100 }, (_, n) => `Mening ${n}.`);
  const { summary } = drawnIn({ kind: 'note', tone: 'plain', text: 'Klart.', lines });
  expect(summary).toMatch(/^Klart\.\nMening 0\.\n[^…]*Mening \d+\.\n…$/);
  expect(summary.length).toBeLessThanOrEqual(limits.message.summary);
});

test('where rows have no buttons, each cell says which column it is', () => {
  const columns = ['Företag', 'väntar', 'kopplad'];
  const rows = [{ cells: ['X', '12', '3'] }, { cells: ['Alla', '12', '3'] }];
  expect(read({ kind: 'table', title: '3 av 15', columns, rows })).toBe(
    '3 av 15\nX\nväntar: 12 · kopplad: 3\nAlla\nväntar: 12 · kopplad: 3',
  );
});

test('counts stand under each other, a tone is a symbol too', () => {
  const counts = [
    { label: 'sparade', count: 1_150 },
    { label: 'avvisade', count: 14, tone: 'fault' as const },
  ];
  const view: Message = { kind: 'summary', tone: 'good', title: 'Import', text: 'Klart.', counts };
  expect(read(view)).toBe('Import\n✓ Klart.\n1\u00a0150 sparade\n✕ 14 avvisade');
  expect(drawnIn(view).card.body[1]).toMatchObject({ type: 'ColumnSet', style: 'good' });
});

const ask = { title: 'Ta bort?', text: 'Säkert?', yes: 'Ta bort', no: 'Avbryt' };

test('buttons carry their opaque id and their style; links their address; forms open from a submit', () => {
  const actions: (Pressable | Link)[] = [
    { label: 'Bekräfta', id: 'a1', style: 'primary' },
    { label: 'Ange adress', id: 'c3', opensForm: true },
    { label: 'Öppna', url: 'https://bot.company.se/log' },
  ];
  expect(drawnIn({ kind: 'note', tone: 'plain', text: 'Så här', actions }).card.actions).toEqual([
    {
      type: 'Action.Execute',
      title: 'Bekräfta',
      style: 'positive',
      verb: 'press',
      data: { press: 'a1' },
      fallback: { type: 'Action.Submit', title: 'Bekräfta', style: 'positive', data: { press: 'a1' } },
    },
    { type: 'Action.Submit', title: 'Ange adress', data: { press: 'c3', msteams: { type: 'task/fetch' } } },
    { type: 'Action.OpenUrl', title: 'Öppna', url: 'https://bot.company.se/log' },
  ]);
});

test.each([
  ['an effect', {}, { type: 'Action.Execute', data: { press: 'b2' } }],
  ['a form', { opensForm: true as const }, { type: 'Action.Submit', data: { press: 'b2', msteams: {} } }],
])('a question is asked before %s', (_, more, inner) => {
  const actions: Pressable[] = [{ label: 'Ta bort koppling', id: 'b2', style: 'danger', ask, ...more }];
  const { card } = drawnIn({ kind: 'note', tone: 'plain', text: 'Så här', actions });
  const [outer, yes] = actionsOf(card).map(({ action }) => action);
  expect(outer).toMatchObject({ type: 'Action.ShowCard', title: 'Ta bort koppling', style: 'destructive' });
  expect(outer).not.toHaveProperty('data');
  expect(outer?.card && textOfCard(outer.card)).toBe('Ta bort?\nSäkert?\n[Ta bort]');
  expect(yes).toMatchObject({ ...inner, title: 'Ta bort', style: 'destructive' });
});

test('more buttons than stand side by side become rows of the body', () => {
  const actions = Array.from({ length: 14 }, (_, n) => press(`Val ${n}`));
  const { card } = drawnIn({ kind: 'note', tone: 'plain', text: 'Välj', actions });
  expect(card.actions).toBeUndefined();
  const rows = card.body.flatMap((element) => (element.type === 'ActionSet' ? [element.actions.length] : []));
  expect(rows).toEqual([5, 5, 4]);
  expect(actionsOf(card).map(({ action }) => action.title)).toEqual(actions.map(({ label }) => label));
});

test('a row of a table says what its button is about', () => {
  const rows = [{ cells: ['Anna', 'a14'], action: press('Visa') }];
  const { card } = drawnIn({ kind: 'table', title: '1', columns: ['Namn', 'Id'], rows });
  expect(textOfCard(card)).toBe('1\nNamn · Id\nAnna\na14\n[Visa]');
  expect(actionsOf(card)).toMatchObject([
    { action: { title: 'Visa', tooltip: 'Visa: Anna', data: { press: 'id-Visa' } } },
  ]);
});

test.each([
  [0, 412, '░░░░░░░░░░░░░░░░░░░░  0\u00a0%'],
  [214, 412, '██████████░░░░░░░░░░  51\u00a0%'],
  [412, 412, '████████████████████  100\u00a0%'],
])('progress %i of %i is a bar', (done, total, bar) => {
  expect(read({ kind: 'progress', title: 'Utskick #42', text: 'Skickar', done, total })).toBe(
    `Utskick #42\nSkickar\n${bar}`,
  );
});

test('progress of an unknown whole has no bar', () => {
  expect(read({ kind: 'progress', title: 'Import', text: 'Läser', done: 7, total: 0 })).toBe('Import\nLäser');
});

test('whatever a view holds, Teams takes its drawing', () => {
  fc.assert(
    fc.property(anyView, fc.constantFrom('sv' as const, 'en' as const), (view, language) => {
      expect(faults(drawMessage(view, language))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
