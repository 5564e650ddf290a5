/** The two languages that the bot speaks. */
export const languages = ['sv', 'en'] as const;
export type Language = (typeof languages)[number];

/** One sentence, in both languages: a sentence never exists in only one. */
export type Text = Readonly<Record<Language, string>>;

/** Picks one of two sentences: Swedish first, then English. */
export type Say = (sv: string, en: string) => string;

export const speaker =
  (language: Language): Say =>
  (sv, en) =>
    language === 'sv' ? sv : en;
