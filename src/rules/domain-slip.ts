import { domainToUnicode } from 'node:url';
import { isAllowed } from './domains.ts';
import { isCommonProvider, providers } from './mail-providers.ts';
import { bare, isOneSlip } from './suggest.ts';

/** What the domains of a file's addresses are held against; domains in their ASCII form. */
export interface KnownDomains {
  /** The list of allowed domains (D1). */
  allowed: readonly string[];
  /** How many users of the store have an address in a domain. */
  inUse: ReadonlyMap<string, number>;
  /** How many addresses of the file are in a domain. */
  inFile: ReadonlyMap<string, number>;
}

/** Ends that no domain has, and what is meant. */
const brokenEnds: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['con', 'cmo', 'ocm', 'comm', 'ccom', 'coom', 'vom', 'xom', 'cpm', 'cim'].map((end) => [end, 'com']),
  ),
  ...Object.fromEntries(['sse', 'see', 'sw'].map((end) => [end, 'se'])),
  nett: 'net',
  ogr: 'org',
};

/** Ends of other countries that are one key from a common one. */
const doubtfulEnds: Readonly<Record<string, string>> = { es: 'se', cm: 'com', om: 'com' };

/** From so many users on, a domain of the store is what people here have. */
const commonInStore = 5;

/** How many times as often as what may be a slip of it a domain of the file stands there. */
const commonInFile = 5;

/** A name with fewer letters is near to too many others. */
const shortest = 5;

/**
 * Domains of a file that are probably misspelt, each with the one that is probably meant: one letter from an allowed
 * domain, from one that is common in the store, in the file or among mail providers, or with an end that is one key from a
 * common one. Nothing is said of a domain that is allowed, in use or a provider's, nor, but for slips of an allowed
 * one, of a domain that much of the file has.
 */
export function slippedDomains(known: KnownDomains): Map<string, string> {
  const { allowed, inFile } = known;
  const total = [...inFile.values()].reduce((sum, count) => sum + count, 0);
  const slipped = new Map<string, string>();
  for (const [domain, count] of inFile) {
    if (isInOrder(domain, known)) continue;
    const isRare = count <= Math.max(3, total / 50);
    const meant =
      nearestOf(domain, allowed) ??
      (isRare ? (nearestOf(domain, commonDomains(known, count)) ?? mendedEnd(domain, known)) : undefined);
    if (meant) slipped.set(domain, shownDomain(meant));
  }
  return slipped;
}

/** As people read it: `xn--fretag-wxa.se` → `företag.se`. */
const shownDomain = (domain: string): string => domainToUnicode(domain) || domain;

function isInOrder(domain: string, { allowed, inUse }: KnownDomains): boolean {
  const isListed = allowed.length > 0 && isAllowed(`a@${domain}`, allowed);
  return isListed || isCommonProvider(domain) || (inUse.get(domain) ?? 0) >= commonInStore;
}

function commonDomains({ inUse, inFile }: KnownDomains, count: number): string[] {
  const inStore = [...inUse].filter(([, users]) => users >= commonInStore);
  const others = [...inFile].filter(([, addresses]) => addresses >= commonInFile * count);
  const byCount = [...inStore, ...others].sort(([, a], [, b]) => b - a);
  return [...byCount.map(([domain]) => domain), ...providers];
}

function nearestOf(domain: string, candidates: readonly string[]): string | undefined {
  return candidates.find((candidate) => !candidate.startsWith('*.') && isSlipOf(domain, candidate));
}

function isSlipOf(domain: string, meant: string): boolean {
  const [name, end] = parts(domain);
  const [meantName, meantEnd] = parts(meant);
  if (end !== meantEnd) return name === meantName && (brokenEnds[end] ?? doubtfulEnds[end]) === meantEnd;
  if (bare(name) === bare(meantName)) return name !== meantName;
  return meantName.length >= shortest && !differsByNumber(name, meantName) && isOneSlip(name, meantName);
}

/** `norr1.se` and `norr2.se` are two places, and so are `norr.se` and `norr2.se`. */
const differsByNumber = (a: string, b: string): boolean => a.replace(/\d/g, '') === b.replace(/\d/g, '');

/** With the end that is meant; nothing where others of the file or the store have that end too. */
function mendedEnd(domain: string, { allowed, inUse, inFile }: KnownDomains): string | undefined {
  const [name, end] = parts(domain);
  const meant = brokenEnds[end] ?? doubtfulEnds[end];
  if (!meant) return undefined;
  const others = [...allowed, ...inUse.keys(), ...inFile.keys()].filter((other) => other !== domain);
  const isEndInUse = !brokenEnds[end] && others.some((other) => parts(other)[1] === end);
  return isEndInUse ? undefined : `${name}.${meant}`;
}

function parts(domain: string): [name: string, end: string] {
  const shown = shownDomain(domain);
  const dot = shown.lastIndexOf('.');
  return [shown.slice(0, dot), shown.slice(dot + 1)];
}
