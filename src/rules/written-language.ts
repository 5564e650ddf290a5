import type { Language } from './language.ts';

// Function words that only one of the two languages has: enough for the short messages that people write to a bot.
const words: Readonly<Record<Language, ReadonlySet<string>>> = {
  sv: new Set(
    'jag du vi är inte kan kommer hur vad var när mig min mitt mina har fått får ska och att för på av till hej hjälp logga länk länken lösenord mejl mejlet funkar fungerar tack varför någon med om igen fel inloggning inloggningen strular'.split(
      ' ',
    ),
  ),
  en: new Set(
    "i'm you we am is are not can can't cannot how what where when me my have got get and the to of it for hello hi please login password email doesn't does work why someone".split(
      ' ',
    ),
  ),
};

// Words that both languages have, or that lines use nowhere: in a sentence they betray it.
const more = new Set(
  'i in om så men nu igen med hos ut den det detta this that there with on at but be was from if no not nej vill ville need want been being'.split(
    ' ',
  ),
);

/** The language that somebody wrote in, where its words tell; undefined where they tell nothing or both. */
export function writtenLanguage(text: string): Language | undefined {
  const found = wordsOf(text);
  const count = (language: Language) =>
    found.filter((word) => words[language].has(word.toLowerCase())).length;
  // A small i is Swedish for in, or English written in haste.
  const pronouns = found.filter((word) => word === 'I').length;
  const [sv, en] = [count('sv') + (/[åäö]/i.test(text) ? 1 : 0), count('en') + pronouns];
  if (sv === en) return undefined;
  return sv > en ? 'sv' : 'en';
}

/**
 * Whether words are a sentence and no names, addresses or `key:value` pairs: one of them is a word that joins others.
 * One that begins with a capital letter is somebody's name (My, Kan).
 */
export function isSentence(text: string): boolean {
  const outsideQuotes = text.replace(/["“”„][^"“”„]*["“”„]/gu, ' ').split(/\s+/);
  const outsideValues = outsideQuotes.filter((word) => !/[:@]/.test(word));
  return wordsOf(outsideValues.join(' ')).some(
    (word) => more.has(word) || words.sv.has(word) || words.en.has(word),
  );
}

function wordsOf(text: string): string[] {
  return text.replaceAll('’', "'").match(/[\p{L}']+/gu) ?? [];
}
