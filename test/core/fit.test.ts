import { expect, test } from 'vitest';
import { fit, type Part } from '../../src/core/fit.ts';
import type { MessageView, Pressable } from '../../src/core/view.ts';

type Message = MessageView<Pressable>;

const many = Array.from({ length: 1_212 }, (_, n) => n);
const counts = many.map((n) => ({ label: `rad ${n}`, count: n }));
const lines = many.map((n) => `mening ${n}`);
const log: Pressable = { label: 'Visa logg', id: 'a' };

/** How many rows and further lines a part has. */
function sizeOf({ view }: Part): [number, number] {
  const rows = Object.entries(view).flatMap(([name, value]) =>
    ['facts', 'rows', 'counts', 'entries'].includes(name) ? (value as unknown[]) : [],
  );
  return [rows.length, view.lines?.length ?? 0];
}

/** What is drawn of `view` where a message holds `room` rows and lines together. */
const within = (room: number, view: Message, language: 'sv' | 'en' = 'sv') =>
  fit(
    view,
    language,
    (part) => part,
    (part) => sizeOf(part)[0] + sizeOf(part)[1] <= room,
  );

const views: [Message, number][] = [
  [{ kind: 'note', tone: 'plain', text: '' }, 0],
  [{ kind: 'progress', title: '', text: '', done: 0, total: 0 }, 0],
  [{ kind: 'facts', title: '', facts: many.map((n) => ({ label: `${n}`, value: '' })) }, 1_000],
  [{ kind: 'table', title: '', columns: [], rows: many.map((n) => ({ cells: [`${n}`] })) }, 1_000],
  [{ kind: 'summary', tone: 'good', title: '', text: '', counts }, 1_000],
  [{ kind: 'confirm', title: '', text: '', counts }, 1_000],
  [{ kind: 'help', title: '', text: '', entries: many.map((n) => ({ usage: `${n}`, summary: '' })) }, 1_000],
];

test.each(views)('a $kind is cut at a whole row, the rest counted', (view, shown) => {
  const part = within(1_000, view);
  expect(sizeOf(part)).toEqual([shown, 0]);
  expect(part.moreRows).toBe(shown === 0 ? undefined : 'och 212 till');
  expect(part.moreLines).toBeUndefined();
});

test('what fits is left whole', () => {
  const view: Message = { kind: 'summary', tone: 'good', title: '', text: '', counts, lines, actions: [log] };
  expect(within(2_424, view)).toEqual({ view, moreRows: undefined, moreLines: undefined });
});

test('rows go before lines do, and a message with a button for it points to the log', () => {
  const view: Message = { kind: 'confirm', title: '', text: '', counts, lines, actions: [log] };
  const rows = within(1_215, view);
  expect(sizeOf(rows)).toEqual([3, 1_212]);
  expect(rows.moreRows).toBe('och 1\u00a0209 till: öppna loggen');
  const part = within(10, view, 'en');
  expect(sizeOf(part)).toEqual([0, 10]);
  expect(part.moreRows).toBe('and 1,212 more: open the log');
  expect(part.moreLines).toBe('and 1,202 more: open the log');
});

test('where nothing helps, the least part is drawn', () => {
  const view: Message = { kind: 'summary', tone: 'good', title: '', text: '', counts, lines };
  expect(
    sizeOf(
      fit(
        view,
        'sv',
        (part) => part,
        () => false,
      ),
    ),
  ).toEqual([0, 0]);
});
