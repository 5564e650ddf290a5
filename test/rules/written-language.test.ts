import { expect, test } from 'vitest';
import { isSentence, writtenLanguage } from '../../src/rules/written-language.ts';

test.each([
  ['jag kan inte logga in', 'sv'],
  ['Hej, länken funkar inte', 'sv'],
  ['åäö', 'sv'],
  ["I can't log in", 'en'],
  ['I can’t log in', 'en'],
  ['how do I get my password?', 'en'],
  ['Fel i inloggningen', 'sv'],
  ['Inloggningen strular igen', 'sv'],
  ['problem med inloggning', 'sv'],
  ['fel i systemet', 'sv'],
  ["I'm locked out", 'en'],
  ['I forgot it', 'en'],
  ['i', undefined],
  ['14', undefined],
  ['', undefined],
])('%j is written in %s', (text, language) => {
  expect(writtenLanguage(text)).toBe(language);
});

test.each([
  ['jag kommer inte in', true],
  ['department:"I och för sig" status:pending', false],
  ['"I och för sig" not', true],
  ['i@company.se', false],
  ['My Svensson', false],
  ['a'.repeat(200_000), false],
  [`${'"'.repeat(200_001)} inte`, true],
])('%.60j is a sentence: %s', (text, expected) => {
  expect(isSentence(text)).toBe(expected);
});
