import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressProblem,
  asciiDomain,
  domainOf,
  maskAddress,
  parseAddress,
} from '../../src/rules/address.ts';

describe('U2 addresses that are read', () => {
  test.each([
    ['plain', 'anna@company.se', 'anna@company.se', 'anna@company.se'],
    [
      'case is shown and not compared',
      'Anna.Berg@Company.SE',
      'Anna.Berg@Company.SE',
      'anna.berg@company.se',
    ],
    ['spaces around', '  anna@company.se\u00a0', 'anna@company.se', 'anna@company.se'],
    ['a domain with ö', 'anna@företag.se', 'anna@företag.se', 'anna@xn--fretag-wxa.se'],
    ['the same domain in capitals', 'anna@FÖRETAG.se', 'anna@FÖRETAG.se', 'anna@xn--fretag-wxa.se'],
    ['the same domain, ö in two parts', 'anna@fo\u0308retag.se', 'anna@företag.se', 'anna@xn--fretag-wxa.se'],
    [
      'the same domain in ASCII',
      'anna@xn--fretag-wxa.se',
      'anna@xn--fretag-wxa.se',
      'anna@xn--fretag-wxa.se',
    ],
    ['with a name', 'Anna Berg <anna@x.se>', 'anna@x.se', 'anna@x.se'],
    ['with a quoted name that holds an @', '"Anna @ HR" <anna@x.se>', 'anna@x.se', 'anna@x.se'],
    ['in brackets', '<anna@x.se>', 'anna@x.se', 'anna@x.se'],
    ['as a link', 'mailto:anna@x.se?subject=Hej', 'anna@x.se', 'anna@x.se'],
    ['as Slack sends it', '<mailto:anna@x.se|anna@x.se>', 'anna@x.se', 'anna@x.se'],
    ['copied from a list', 'anna@x.se;', 'anna@x.se', 'anna@x.se'],
    ['signs that are allowed', "o'brien+vc_1@x.se", "o'brien+vc_1@x.se", "o'brien+vc_1@x.se"],
    ['a zero-width space inside', 'an\u200bna@x.se', 'anna@x.se', 'anna@x.se'],
  ])('%s', (_, raw, shown, key) => expect(parseAddress(raw)).toEqual({ ok: true, shown, key }));
});

describe('U2 addresses that are refused, with what is wrong', () => {
  test.each<[string, string, AddressProblem]>([
    ['nothing', '  ', 'empty'],
    ['no @', 'anna.company.se', 'no_at'],
    ['two, semicolon', 'anna@x.se; bo@x.se', 'several'],
    ['two, comma', 'anna@x.se,bo@x.se', 'several'],
    ['two, space', 'anna@x.se bo@x.se', 'several'],
    ['a space inside', 'anna berg@x.se', 'space'],
    ['a line end inside', 'anna@x.se\r\nBcc: bo', 'space'],
    ['nothing before @', '@x.se', 'no_local_part'],
    ['nothing after @', 'anna@', 'no_domain'],
    ['no dot in the domain', 'anna@company', 'no_dot'],
    ['a trailing dot', 'anna@company.se.', 'trailing_dot'],
    ['two dots', 'anna@company..se', 'bad_domain'],
    ['an IP address', 'anna@127.0.0.1', 'bad_domain'],
    ['a bracketed IP address', 'anna@[127.0.0.1]', 'bad_domain'],
    ['an encoded dot', 'anna@x%2ese.se', 'bad_domain'],
    ['an underscore in the domain', 'anna@my_company.se', 'bad_domain'],
    ['a hyphen first in the domain', 'anna@-x.se', 'bad_domain'],
    ['ö before the @', 'björn@x.se', 'accents'],
    ['65 characters before the @', `${'a'.repeat(65)}@x.se`, 'long_local_part'],
    ['255 characters', `anna@${'a23456789.'.repeat(25)}se`, 'too_long'],
    ['a whole document', '@ ,'.repeat(300_000), 'too_long'],
    ['two @', 'anna@@x.se', 'malformed'],
    ['two dots before the @', 'anna..berg@x.se', 'malformed'],
    ['a dot first', '.anna@x.se', 'malformed'],
    ['quoted', '"anna"@x.se', 'malformed'],
    ['a backslash', 'anna\\b@x.se', 'malformed'],
  ])('%s', (_, raw, problem) => expect(parseAddress(raw)).toEqual({ ok: false, problem }));

  test('64 characters before the @ are allowed', () =>
    expect(parseAddress(`${'a'.repeat(64)}@x.se`)).toMatchObject({ ok: true }));
});

test('U2 an address key is its own key', () =>
  fc.assert(
    fc.property(fc.emailAddress(), (raw) => {
      const parsed = parseAddress(raw);
      if (parsed.ok)
        expect(parseAddress(parsed.key)).toEqual({ ok: true, shown: parsed.key, key: parsed.key });
      else expect(['malformed', 'bad_domain', 'too_long']).toContain(parsed.problem);
    }),
  ));

test.each([
  ['anna@company.se', 'a…@company.se'],
  ['a@company.se', 'a…@company.se'],
  ['@company.se', '…'],
  ['company.se', '…'],
])('A5 %s is masked as %s', (address, masked) => expect(maskAddress(address)).toBe(masked));

test('D1 the domain of an address', () => {
  expect(domainOf('anna@company.se')).toBe('company.se');
  expect(asciiDomain('Företag.se')).toBe('xn--fretag-wxa.se');
  expect(asciiDomain('a/b.se')).toBeUndefined();
});

test('U2 an address reads the same the second time, when its domain is known', () => {
  const ordinary = fc
    .tuple(
      fc.stringMatching(/^[A-Za-z0-9._+-]{1,70}$/),
      fc.constantFrom('x.se', 'X.se', 'a-b.co.uk', 'x', 'x..se', '-x.se'),
    )
    .map(([local, domain]) => `${local}@${domain}`);
  fc.assert(
    fc.property(fc.oneof(ordinary, fc.emailAddress()), (address) => {
      parseAddress('warm@x.se');
      expect(parseAddress(address)).toEqual(parseAddress(` ${address} `));
      expect(parseAddress(address)).toEqual(parseAddress(` ${address} `));
    }),
  );
});
