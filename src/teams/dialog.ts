import { z } from 'zod';
import type { Reply } from '../core/dispatch.ts';
import { plain } from '../core/plain.ts';
import type { OpenForm } from '../core/view.ts';
import { type Language, languages } from '../rules/language.ts';
import type { Answer } from './adapter.ts';
import { drawForm, type Filled } from './cards/form.ts';
import { words } from './words.ts';

const text = z.string();
const option = z.object({ value: text, label: text });
const field = z.object({
  name: text,
  label: text,
  hint: text.exactOptional(),
  placeholder: text.exactOptional(),
  optional: z.boolean().exactOptional(),
});

const form: z.ZodType<OpenForm> = z.object({
  kind: z.literal('form'),
  id: text,
  title: text,
  text: text.exactOptional(),
  fields: z.array(
    z.discriminatedUnion('type', [
      field.extend({ type: z.enum(['text', 'email', 'lines']), value: text.exactOptional() }),
      field.extend({ type: z.literal('choice'), options: z.array(option), value: text.exactOptional() }),
      field.extend({ type: z.literal('user'), value: option.exactOptional() }),
    ]),
  ),
  submit: text,
  cancel: text,
});
const shown = z.object({ form, language: z.enum(languages) });

/** A form as its dialog hands it back. */
export type Shown = z.infer<typeof shown>;

/** Reads what a dialog hands back; undefined where it is nothing that was shown. */
export function readShown(handedBack: unknown): Shown | undefined {
  return shown.safeParse(handedBack).data;
}

/** Opens a form as a dialog, or shows it again with what was filled in and what is wrong with it. */
export function showForm({ form, language }: Shown, filled: Filled = {}): Answer {
  const content = drawForm(form, language, filled);
  const card = { contentType: 'application/vnd.microsoft.card.adaptive', content };
  return { status: 200, body: { task: { type: 'continue', value: { title: form.title, card } } } };
}

/** A sentence in place of a form. */
export function say(sentence: string): Answer {
  return { status: 200, body: { task: { type: 'message', value: sentence } } };
}

export const closed: Answer = { status: 200 };

/** What a dialog says of answers that are no forms, and those that are to be delivered all the same. */
export function sayInstead(replies: readonly Reply[], language: Language): [Answer, readonly Reply[]] {
  if (replies.length === 0) return [say(words.done[language]), []];
  const notes = replies.flatMap(({ view, language: read }) =>
    view.kind === 'note' && !view.actions?.length ? plain(view, read) : [],
  );
  // A dialog shows text as it is: what stands as code elsewhere stands bare here.
  if (notes.length > 0 && notes.length === replies.length)
    return [say(notes.join('\n').replaceAll('`', '')), []];
  return [say(words.answeredElsewhere[language]), replies];
}
