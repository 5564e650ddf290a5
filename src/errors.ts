import { access } from './refusals/access.ts';
import { campaigns } from './refusals/campaigns.ts';
import { exports } from './refusals/exports.ts';
import { files } from './refusals/files.ts';
import { filters } from './refusals/filters.ts';
import { imports } from './refusals/imports.ts';
import { start } from './refusals/start.ts';
import { templates } from './refusals/templates.ts';
import { users } from './refusals/users.ts';
import { workbooks } from './refusals/workbooks.ts';
import type { Text } from './rules/language.ts';

/**
 * Everything that the bot refuses, in one table: code → sentence in both languages.
 * A sentence names the fault and the next step, and never more about people than the reader may know.
 */
const sentences = {
  ...access,
  ...files,
  ...users,
  ...start,
  ...filters,
  ...imports,
  ...campaigns,
  ...exports,
  ...templates,
  ...workbooks,
};

type Sentences = typeof sentences;

/** A code of the table above. */
export type RefusalCode = keyof Sentences;

/** What a code's sentence needs to be filled in. */
export type RefusalParams<C extends RefusalCode> = Parameters<Sentences[C]>[0];

/**
 * Something that the caller may be told, in both languages; `field` names the form field at fault. `also`: what else is
 * wrong with the same form.
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly text: Text;
  readonly field: string | undefined;
  readonly also: readonly Refusal[];

  constructor(code: RefusalCode, text: Text, field?: string, also: readonly Refusal[] = []) {
    super(text.en);
    this.name = 'Refusal';
    this.code = code;
    this.text = text;
    this.field = field;
    this.also = also;
  }
}

type Args<C extends RefusalCode> =
  RefusalParams<C> extends undefined
    ? [params?: undefined, field?: string]
    : [params: RefusalParams<C>, field?: string];

/** Makes the refusal `code`, ready to throw; the second argument fills its sentence in, the third names a form field. */
export function refuse<C extends RefusalCode>(code: C, ...[params, field]: Args<C>): Refusal {
  const sentence = sentences[code] as (p: unknown) => Text;
  return new Refusal(code, sentence(params), field);
}

/** One refusal of everything that is wrong with a form, each at its field. Nothing wrong: undefined. */
export function together([first, ...others]: readonly Refusal[]): Refusal | undefined {
  return first && new Refusal(first.code, first.text, first.field, others);
}
