import type { Language, Text } from '../../rules/language.ts';

/** The demo organisation's names that the page speaks of. */
export const demo = {
  organisation: 'Företaget',
  bot: 'vc-bot',
  /** The login page of the Visma Connect stand-in. */
  loginPath: '/connect/',
} as const;

/** Whom the tour is about, and what it types. */
export interface Cast {
  readonly administrator: { readonly handle: string; readonly name: string };
  readonly employee: { readonly name: string; readonly address: string };
  /** Where it is typed. A channel speaks the organisation's language, so others write to the bot. */
  readonly room: string;
  readonly lines: Readonly<Record<'help' | 'verify' | 'bulk', string>>;
}

/** Everybody speaks the language of whoever takes the tour. */
export const casts: Readonly<Record<Language, Cast>> = {
  sv: {
    administrator: { handle: 'lena', name: 'Lena' },
    employee: { name: 'Anna', address: 'anna@company.se' },
    room: 'hr',
    lines: {
      help: '/vc hjälp',
      verify: '/vc verifiera anna@company.se',
      bulk: '/vc massverifiera företag:Nordlager',
    },
  },
  en: {
    administrator: { handle: 'grace', name: 'Grace' },
    employee: { name: 'Erik', address: 'erik@company.se' },
    room: demo.bot,
    lines: {
      help: '/vc help',
      verify: '/vc verify erik@company.se',
      bulk: '/vc bulk-verify company:Nordlager',
    },
  },
};

/** What one types after `/`, as the composer suggests it. */
export const suggestions: readonly { line: Text; about: Text }[] = [
  {
    line: { sv: '/vc hjälp', en: '/vc help' },
    about: { sv: 'Allt du kan skriva', en: 'Everything that you can type' },
  },
  {
    line: { sv: '/vc verifiera', en: '/vc verify' },
    about: { sv: 'Verifieringsmejl till en person: ADRESS', en: 'Verification email to one person: ADDRESS' },
  },
  {
    line: { sv: '/vc massverifiera', en: '/vc bulk-verify' },
    about: { sv: 'Till många på en gång: FILTER', en: 'To many at once: FILTER' },
  },
  {
    line: { sv: '/vc importera', en: '/vc import' },
    about: { sv: 'Läs in en fil som du släpper här', en: 'Import a file that you drop here' },
  },
  {
    line: { sv: '/vc exportera', en: '/vc export' },
    about: { sv: 'Användare som en fil', en: 'Users as a file' },
  },
  {
    line: { sv: '/vc användare', en: '/vc users' },
    about: { sv: 'Lista användare: FILTER', en: 'List users: FILTER' },
  },
  {
    line: { sv: '/vc visa', en: '/vc user' },
    about: { sv: 'En användares kort: ANVÄNDARE', en: "One user's card: USER" },
  },
  {
    line: { sv: '/vc läge', en: '/vc status' },
    about: { sv: 'Hur många som är kopplade', en: 'How many are connected' },
  },
  {
    line: { sv: '/vc logg', en: '/vc log' },
    about: { sv: 'Importer, exporter och utskick', en: 'Imports, exports and campaigns' },
  },
  {
    line: { sv: '/vc domäner', en: '/vc domains' },
    about: { sv: 'Tillåtna domäner', en: 'Allowed domains' },
  },
  {
    line: { sv: '/vc vemärjag', en: '/vc whoami' },
    about: { sv: 'Vem du är för boten', en: 'Who you are to the bot' },
  },
];
