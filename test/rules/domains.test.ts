import { describe, expect, test } from 'vitest';
import { type DomainProblem, isAllowed, parseDomain } from '../../src/rules/domains.ts';

describe('D1 entries of the list', () => {
  test.each([
    ['company.se', 'company.se', 'company.se'],
    ['@company.se', 'company.se', 'company.se'],
    [' Company.SE ', 'company.se', 'company.se'],
    ['Företag.se', 'företag.se', 'xn--fretag-wxa.se'],
    ['*.company.se', '*.company.se', '*.company.se'],
    ['*.Företag.se', '*.företag.se', '*.xn--fretag-wxa.se'],
  ])('%s is read', (raw, shown, entry) => expect(parseDomain(raw)).toEqual({ ok: true, shown, entry }));

  test.each<[string, DomainProblem]>([
    ['', 'empty'],
    ['@', 'empty'],
    ['*.', 'empty'],
    ['se', 'no_dot'],
    ['*.se', 'no_dot'],
    ['*', 'wildcard'],
    ['a.*.se', 'wildcard'],
    ['*company.se', 'wildcard'],
    ['https://company.se', 'web_address'],
    ['company.se/karriar', 'web_address'],
    ['anna@company.se', 'address'],
    ['company..se', 'malformed'],
    ['company.se.', 'malformed'],
    ['company se.se', 'malformed'],
    ['10.0.0.1', 'malformed'],
  ])('"%s" is refused: %s', (raw, problem) => expect(parseDomain(raw)).toEqual({ ok: false, problem }));
});

describe('D1 which addresses fit', () => {
  test.each<[string, string[], boolean]>([
    ['anna@anything.se', [], true],
    ['anna@company.se', ['company.se'], true],
    ['anna@evilcompany.se', ['company.se'], false],
    ['anna@company.se.evil.com', ['company.se'], false],
    ['anna@north.company.se', ['company.se'], false],
    ['anna@north.company.se', ['*.company.se'], true],
    ['anna@a.north.company.se', ['*.company.se'], true],
    ['anna@company.se', ['*.company.se'], false],
    ['anna@evilcompany.se', ['*.company.se'], false],
    ['anna@company.se', ['*.company.se', 'company.se'], true],
    ['anna@xn--fretag-wxa.se', ['xn--fretag-wxa.se'], true],
  ])('%s with %j: %s', (key, entries, allowed) => expect(isAllowed(key, entries)).toBe(allowed));
});
