import { asciiDomain, domainOf } from './address.ts';
import type { Text } from './language.ts';
import { clean } from './text.ts';

/** What can be wrong with an entry in the list of allowed domains, with the sentence that says what to do. */
export const domainProblems = {
  empty: {
    sv: 'Domänen saknas. Skriv den så här: company.se.',
    en: 'The domain is missing. Write it like this: company.se.',
  },
  web_address: {
    sv: 'Det där är en webbadress. Skriv bara domänen, till exempel company.se.',
    en: 'That is a web address. Write only the domain, for example company.se.',
  },
  address: {
    sv: 'Det där är en e-postadress. Skriv bara det som står efter @, till exempel company.se.',
    en: 'That is an email address. Write only what stands after the @, for example company.se.',
  },
  no_dot: {
    sv: 'Skriv hela domänen med punkt, till exempel company.se.',
    en: 'Write the whole domain with its dot, for example company.se.',
  },
  wildcard: {
    sv: 'En stjärna kan bara stå först, följd av punkt: *.company.se gäller alla underdomäner.',
    en: 'An asterisk can only come first, before a dot: *.company.se covers all subdomains.',
  },
  malformed: {
    sv: 'Det där är inte en giltig domän. Kontrollera stavningen.',
    en: 'That is not a valid domain. Check the spelling.',
  },
} as const satisfies Record<string, Text>;

/** A key of `domainProblems`. */
export type DomainProblem = keyof typeof domainProblems;

/** An entry as it is shown, and as it is compared (lower-case ASCII, `*.` kept in front); or what is wrong. */
export type ParsedDomain = { ok: true; shown: string; entry: string } | { ok: false; problem: DomainProblem };

/** Reads an entry for the list of allowed domains: `company.se`, `@Company.se`, `företag.se`, `*.company.se` (D1). */
export function parseDomain(raw: string): ParsedDomain {
  const shown = clean(raw).replace(/^@/, '').toLowerCase();
  const wildcard = shown.startsWith('*.');
  const domain = wildcard ? shown.slice(2) : shown;
  const problem = domainProblem(domain);
  if (problem) return { ok: false, problem };
  const ascii = asciiDomain(domain);
  if (!ascii) return { ok: false, problem: 'malformed' };
  return { ok: true, shown, entry: wildcard ? `*.${ascii}` : ascii };
}

/**
 * D1: whether an address, given by its key, fits the list. An empty list allows every domain. An entry allows the
 * domain that equals it; `*.company.se` allows every domain below company.se, but not company.se itself.
 */
export function isAllowed(addressKey: string, entries: readonly string[]): boolean {
  const domain = domainOf(addressKey);
  return entries.length === 0 || entries.some((entry) => covers(entry, domain));
}

function covers(entry: string, domain: string): boolean {
  return entry.startsWith('*.') ? domain.endsWith(entry.slice(1)) : domain === entry;
}

function domainProblem(domain: string): DomainProblem | undefined {
  if (domain === '') return 'empty';
  if (/[/:?]/.test(domain)) return 'web_address';
  if (domain.includes('@')) return 'address';
  if (domain.includes('*')) return 'wildcard';
  return domain.includes('.') ? undefined : 'no_dot';
}
