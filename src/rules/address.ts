import { domainToASCII } from 'node:url';
import validator from 'validator';
import { longestPasted } from './cells.ts';
import type { Text } from './language.ts';
import { clean } from './text.ts';

/** In characters. */
const limits = { address: 254, localPart: 64 };

/** What can be wrong with an address, each with the sentence that says so and what to do. */
export const addressProblems = {
  empty: {
    sv: 'Adressen saknas. Skriv den så här: anna@company.se.',
    en: 'The address is missing. Write it like this: anna@company.se.',
  },
  no_at: {
    sv: 'Adressen saknar @. Skriv den så här: anna@company.se.',
    en: 'The address has no @. Write it like this: anna@company.se.',
  },
  several: {
    sv: 'Här står mer än en adress. Skriv bara en.',
    en: 'There is more than one address here. Write only one.',
  },
  space: {
    sv: 'Det finns ett mellanslag i adressen. Ta bort det.',
    en: 'There is a space in the address. Remove it.',
  },
  no_local_part: {
    sv: 'Det står inget före @. Skriv hela adressen.',
    en: 'There is nothing before the @. Write the whole address.',
  },
  no_domain: {
    sv: 'Det står inget efter @. Skriv hela adressen.',
    en: 'There is nothing after the @. Write the whole address.',
  },
  no_dot: {
    sv: 'Det som står efter @ saknar punkt. Kontrollera att slutet är med, till exempel .se.',
    en: 'What stands after the @ has no dot. Check that the ending is there, for example .se.',
  },
  trailing_dot: {
    sv: 'Adressen slutar med en punkt. Ta bort den, eller skriv det som fattas.',
    en: 'The address ends with a dot. Remove it, or write what is missing.',
  },
  bad_domain: {
    sv: 'Det som står efter @ är inte en giltig domän. Kontrollera stavningen.',
    en: 'What stands after the @ is not a valid domain. Check the spelling.',
  },
  accents: {
    sv: 'Före @ fungerar bara a–z, siffror och vanliga tecken, inte å, ä eller ö. Fråga vilken adress som används i stället.',
    en: 'Before the @ only a–z, digits and ordinary signs work, not letters such as å, ä or é. Ask which address is used instead.',
  },
  long_local_part: {
    sv: `Det som står före @ är längre än ${limits.localPart} tecken. Kontrollera adressen.`,
    en: `What stands before the @ is longer than ${limits.localPart} characters. Check the address.`,
  },
  too_long: {
    sv: `Adressen är längre än ${limits.address} tecken. Kontrollera den.`,
    en: `The address is longer than ${limits.address} characters. Check it.`,
  },
  malformed: {
    sv: 'Adressen är inte giltig. Kontrollera punkter och tecken före @.',
    en: 'The address is not valid. Check the dots and signs before the @.',
  },
} as const satisfies Record<string, Text>;

/** A key of `addressProblems`. */
export type AddressProblem = keyof typeof addressProblems;

/** An address as it is shown and stored, and the key by which two addresses are the same (U2); or what is wrong. */
export type ParsedAddress = { ok: true; shown: string; key: string } | { ok: false; problem: AddressProblem };

/**
 * Reads one address as people, files and Slack write it: `anna@x.se`, `Anna <anna@x.se>`, `mailto:anna@x.se`,
 * `<mailto:a@b.se|a@b.se>`. The key is in lower case with the domain in its ASCII form (U2).
 * Domains may hold å, ä, ö; the part before the @ may not, because few mail servers take it (SMTPUTF8).
 */
export function parseAddress(raw: string): ParsedAddress {
  return parseEveryday(raw) ?? parseAny(raw);
}

/** Nothing but letters and digits, and signs singly between them. */
const everyday = /^[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@[A-Za-z0-9.-]+$/;

/** Good domains that were read lately, as written, and their ASCII form: a file with 100,000 addresses has few. */
const knownDomains = new Map<string, string>();
const mostKnown = 1000;

/** An ordinary address in a domain that was read before: by far the most, and ten times as fast. */
function parseEveryday(raw: string): ParsedAddress | undefined {
  if (raw.length > limits.address || !everyday.test(raw)) return undefined;
  const at = raw.indexOf('@');
  const domain = knownDomains.get(raw.slice(at + 1));
  if (domain === undefined || at > limits.localPart) return undefined;
  return { ok: true, shown: raw, key: `${raw.slice(0, at).toLowerCase()}@${domain}` };
}

function parseAny(raw: string): ParsedAddress {
  const text = clean(raw);
  if (text.length > longestPasted) return { ok: false, problem: 'too_long' };
  const shown = bareAddress(text);
  const problem = shapeProblem(shown);
  if (problem) return { ok: false, problem };
  const at = shown.lastIndexOf('@');
  const domain = asciiDomain(shown.slice(at + 1));
  if (!domain) return { ok: false, problem: 'bad_domain' };
  const key = `${shown.slice(0, at).toLowerCase()}@${domain}`;
  if (key.length > limits.address) return { ok: false, problem: 'too_long' };
  if (!isPlainEmail(key)) return { ok: false, problem: 'malformed' };
  if (knownDomains.size >= mostKnown) knownDomains.clear();
  knownDomains.set(shown.slice(at + 1), domain);
  return { ok: true, shown, key };
}

/** `anna@company.se` → `a…@company.se`: enough for its owner to recognise, too little for others. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '…' : `${Array.from(address)[0]}…${address.slice(at)}`;
}

/** The domain of an address key (its ASCII form) or of a shown address (as written). */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** A domain in lower-case ASCII form (`företag.se` → `xn--fretag-wxa.se`), or undefined where it is none. */
export function asciiDomain(domain: string): string | undefined {
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return undefined;
  const ascii = domainToASCII(domain.toLowerCase());
  return validator.isFQDN(ascii) ? ascii : undefined;
}

function bareAddress(text: string): string {
  const bracketed = /<([^<>|]*)(\|[^<>]*)?>[\s,;]*$/.exec(text)?.[1] ?? text;
  return bracketed
    .trim()
    .replace(/^mailto:([^?]*).*$/i, '$1')
    .replace(/[\s,;]+$/, '');
}

function shapeProblem(text: string): AddressProblem | undefined {
  if (text === '') return 'empty';
  const at = text.indexOf('@');
  if (at < 0) return 'no_at';
  if (/@.*[\s,;].*@/.test(text)) return 'several';
  if (/\s/.test(text)) return 'space';
  if (at === 0) return 'no_local_part';
  const domain = text.slice(text.lastIndexOf('@') + 1);
  return localPartProblem(text.slice(0, text.lastIndexOf('@'))) ?? domainProblem(domain);
}

function localPartProblem(localPart: string): AddressProblem | undefined {
  if (/[^\p{ASCII}]/u.test(localPart)) return 'accents';
  return localPart.length > limits.localPart ? 'long_local_part' : undefined;
}

function domainProblem(domain: string): AddressProblem | undefined {
  if (domain === '') return 'no_domain';
  if (domain.endsWith('.')) return 'trailing_dot';
  return domain.includes('.') ? undefined : 'no_dot';
}

function isPlainEmail(key: string): boolean {
  return validator.isEmail(key, { allow_utf8_local_part: false, blacklisted_chars: '"\\\\@' });
}
