import fc from 'fast-check';
import type { MessageView, Pressable, Tone } from '../../src/core/view.ts';

type Message = MessageView<Pressable>;

/** A button that a door could be asked to draw. */
export const press = (label: string): Pressable => ({ label, id: `id-${label}` });

/** Every kind of view, with the same text wherever text can come from outside. */
export function viewsOf(text: string): Message[] {
  const title = text;
  return [
    { kind: 'note', tone: 'fault', title, text, lines: [text], actions: [press(text)] },
    { kind: 'facts', title, status: { tone: 'warning', text }, facts: [{ label: text, value: text }] },
    { kind: 'table', title, text, columns: [text, text], rows: [{ cells: [text, text] }], more: text },
    {
      kind: 'table',
      title,
      columns: [text, text],
      rows: [{ cells: [text, text], action: press(text) }],
    },
    { kind: 'summary', tone: 'good', title, text, counts: [{ label: text, count: 1 }] },
    { kind: 'confirm', title, text, counts: [{ label: text, count: 1 }], warnings: [text] },
    { kind: 'progress', title, text, done: 1, total: 2 },
    { kind: 'help', title, text, entries: [{ usage: text, summary: text, examples: [text] }] },
  ];
}

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }).map((text) => `x${text}`);
const action = fc.oneof(
  fc.record({ label: words, id: fc.uuid() }),
  fc.record({
    label: words,
    id: fc.uuid(),
    style: fc.constantFrom('primary' as const, 'danger' as const),
    ask: fc.record({ title: words, text: words, yes: words, no: words }),
  }),
  fc.record({ label: words, url: fc.webUrl() }),
);
const some = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 120, size: 'max' });
const body = { title: words, lines: some(words), actions: fc.array(action, { maxLength: 30 }) };
const tone = fc.constantFrom<Tone>('plain', 'good', 'warning', 'fault');
const counts = some(fc.record({ label: words, count: fc.nat(), tone }));

/** Any view, larger than what a message holds too. */
export const anyView: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ kind: fc.constant('note' as const), tone, text: words, ...body }),
  fc.record({
    kind: fc.constant('facts' as const),
    status: fc.record({ tone, text: words }),
    facts: some(fc.record({ label: words, value: fc.string() })),
    ...body,
  }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: fc.array(words, { maxLength: 6 }),
    rows: some(
      fc.oneof(
        fc.record({ cells: fc.array(fc.string(), { maxLength: 6 }) }),
        fc.record({ cells: fc.array(words, { maxLength: 6 }), action }),
      ),
    ),
    more: words,
    ...body,
  }),
  fc.record({ kind: fc.constant('summary' as const), tone, text: words, counts, ...body }),
  fc.record({
    kind: fc.constant('confirm' as const),
    text: words,
    counts,
    warnings: fc.array(words),
    ...body,
  }),
  fc.record({
    kind: fc.constant('progress' as const),
    text: words,
    done: fc.nat(),
    total: fc.nat(),
    ...body,
  }),
  fc.record({
    kind: fc.constant('help' as const),
    text: words,
    entries: some(fc.record({ usage: words, summary: fc.string(), examples: fc.array(words) })),
    ...body,
  }),
);
