import { faultReply, type Reply, type Submitted } from '../core/dispatch.ts';
import type { Language } from '../rules/language.ts';

/**
 * Faults under a form's fields, by field; one of a field that the form lacks stands under the last. Platforms show them
 * as they are: what stands as code elsewhere stands bare here.
 */
export function faultsUnder(
  fields: readonly string[],
  faults: Readonly<Record<string, string>>,
): Record<string, string> {
  const last = fields.at(-1) ?? '';
  const under: Record<string, string> = {};
  for (const [field, said] of Object.entries(faults)) {
    const fault = said.replaceAll('`', '');
    const name = fields.includes(field) ? field : last;
    under[name] = under[name] ? `${under[name]} ${fault}` : fault;
  }
  return under;
}

/** The answers to a form; faults that came after the form was closed are answers too. */
export function repliesOf(submitted: Submitted, language: Language): Reply[] {
  if ('replies' in submitted) return submitted.replies;
  return Object.values(submitted.faults).map((text) => faultReply(text, language));
}
