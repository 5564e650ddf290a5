import { describe, expect, test } from 'vitest';
import { slippedDomains } from '../../src/rules/domain-slip.ts';

interface Given {
  allowed?: string[];
  /** How many of the store's users have the domain. */
  inUse?: Record<string, number>;
  inFile: Record<string, number>;
}

const slips = ({ allowed = [], inUse = {}, inFile }: Given) =>
  Object.fromEntries(
    slippedDomains({
      allowed,
      inUse: new Map(Object.entries(inUse)),
      inFile: new Map(Object.entries(inFile)),
    }),
  );

describe('a domain that is probably misspelt', () => {
  test.each<[string, Given, Record<string, string>]>([
    ['two swapped letters of a provider', { inFile: { 'gmial.com': 1 } }, { 'gmial.com': 'gmail.com' }],
    [
      'a letter missing',
      { inFile: { 'hotmal.com': 1, 'gmil.com': 2 } },
      { 'hotmal.com': 'hotmail.com', 'gmil.com': 'gmail.com' },
    ],
    ['a letter too many', { inFile: { 'outlookk.com': 1 } }, { 'outlookk.com': 'outlook.com' }],
    [
      'another country’s end, one key away',
      { inFile: { 'foretaget.es': 1 } },
      { 'foretaget.es': 'foretaget.se' },
    ],
    [
      'an end that is none',
      { inFile: { 'foretaget.con': 1, 'andra.sse': 1 } },
      { 'foretaget.con': 'foretaget.com', 'andra.sse': 'andra.se' },
    ],
    [
      'a provider with such an end',
      { inFile: { 'gmail.con': 1, 'gmail.cmo': 1 } },
      { 'gmail.con': 'gmail.com', 'gmail.cmo': 'gmail.com' },
    ],
    [
      'one letter from an allowed one',
      { allowed: ['foretaget.se'], inFile: { 'foretget.se': 1, 'foretaget.se': 9 } },
      { 'foretget.se': 'foretaget.se' },
    ],
    [
      'an allowed one, in every row of the file',
      { allowed: ['foretaget.se'], inFile: { 'foretaget.es': 400 } },
      { 'foretaget.es': 'foretaget.se' },
    ],
    [
      'å, ä and ö where the domain has none',
      { allowed: ['foretaget.se'], inFile: { 'xn--fretaget-n4a.se': 2 } },
      { 'xn--fretaget-n4a.se': 'foretaget.se' },
    ],
    [
      'and the other way, shown as people read it',
      { allowed: ['xn--fretaget-n4a.se'], inFile: { 'foretaget.se': 2 } },
      { 'foretaget.se': 'företaget.se' },
    ],
    [
      'one letter from what the store has',
      { inUse: { 'foretaget.se': 40 }, inFile: { 'foretagt.se': 2 } },
      { 'foretagt.se': 'foretaget.se' },
    ],
    [
      'one letter from what the file has',
      { inFile: { 'foretaget.se': 400, 'foretagat.se': 1 } },
      { 'foretagat.se': 'foretaget.se' },
    ],
    [
      'a hyphen that is missing',
      { inFile: { 'dotter-soner.se': 90, 'dottersoner.se': 1 } },
      { 'dottersoner.se': 'dotter-soner.se' },
    ],
  ])('%s', (_, given, expected) => expect(slips(given)).toEqual(expected));
});

describe('a domain of which nothing is said', () => {
  test.each<[string, Given]>([
    ['one that is allowed', { allowed: ['foretaget.es'], inFile: { 'foretaget.es': 1 } }],
    ['one below an allowed one', { allowed: ['*.foretaget.es'], inFile: { 'norr.foretaget.es': 1 } }],
    [
      'one that is allowed beside its neighbour',
      { allowed: ['hansson.se', 'hanson.se'], inFile: { 'hanson.se': 1, 'hansson.se': 90 } },
    ],
    ['one that users of the store have', { inUse: { 'foretaget.es': 40 }, inFile: { 'foretaget.es': 1 } }],
    ['one that much of the file has', { inFile: { 'foretaget.es': 40, 'foretaget.se': 60 } }],
    [
      'a Spanish company where others are Spanish too',
      { inFile: { 'empresa.es': 1, 'otra.es': 1, 'foretaget.se': 90 } },
    ],
    [
      'the same name in another country',
      {
        allowed: ['foretaget.se'],
        inFile: { 'foretaget.de': 1, 'foretaget.com': 1, 'foretaget.no': 2, 'foretaget.nu': 1 },
      },
    ],
    [
      'providers that are near to each other',
      { inFile: { 'mail.com': 1, 'ymail.com': 1, 'hotmail.es': 1, 'yahoo.es': 1, 'live.se': 1 } },
    ],
    [
      'names of places that differ by a number',
      { inFile: { 'norrskolan1.se': 90, 'norrskolan2.se': 1, 'norrskolan.se': 1 } },
    ],
    [
      'short names, which are near to many',
      { allowed: ['abc.se'], inFile: { 'abd.se': 1, 'ab.se': 1, 'abcd.se': 1 } },
    ],
    ['a longer name', { allowed: ['foretag.se'], inFile: { 'foretagen.se': 1, 'foretagsgruppen.se': 1 } }],
    ['another host of the same company', { allowed: ['foretaget.se'], inFile: { 'mail.foretaget.se': 1 } }],
    ['two of a small file, without more to go by', { inFile: { 'hansson.se': 1, 'hanson.se': 1 } }],
    ['a file without addresses', { inFile: {} }],
  ])('%s', (_, given) => expect(slips(given)).toEqual({}));
});
