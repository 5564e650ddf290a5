/** The two languages that the bot speaks. */
export type Language = 'sv' | 'en';

/** One sentence, in both languages: a sentence never exists in only one. */
export type Text = Readonly<Record<Language, string>>;
