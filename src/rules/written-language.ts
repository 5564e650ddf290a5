import type { Language } from './language.ts';

// Function words that only one of the two languages has: enough for the short messages that people write to a bot.
const words: Readonly<Record<Language, ReadonlySet<string>>> = {
  sv: new Set(
    'jag du vi är inte kan kommer hur vad var när mig min mitt mina har fått får ska och att för på av till hej hjälp logga länk länken lösenord mejl mejlet funkar fungerar tack varför någon'.split(
      ' ',
    ),
  ),
  en: new Set(
    "i i'm you we am is are not can can't cannot how what where when me my have got get and the to of it for hello hi please login password email doesn't does work why someone".split(
      ' ',
    ),
  ),
};

/** The language that somebody wrote in, where its words tell; undefined where they tell nothing or both. */
export function writtenLanguage(text: string): Language | undefined {
  const found =
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}']+/gu) ?? [];
  const count = (language: Language) => found.filter((word) => words[language].has(word)).length;
  const [sv, en] = [count('sv') + (/[åäö]/i.test(text) ? 1 : 0), count('en')];
  if (sv === en) return undefined;
  return sv > en ? 'sv' : 'en';
}
