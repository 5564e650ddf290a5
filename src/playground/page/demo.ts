import type { Text } from '../../rules/language.ts';

/** The demo organisation's names that the page speaks of. */
export const demo = {
  organisation: 'Företaget',
  administrator: 'lena',
  employee: { handle: 'anna', name: 'Anna', address: 'anna@company.se' },
  channel: 'hr',
  bot: 'vc-bot',
  /** The login page of the Visma Connect stand-in. */
  loginPath: '/connect/',
  lines: {
    help: '/vc help',
    verify: '/vc verify anna@company.se',
    bulk: '/vc bulk-verify company:Nordlager',
  },
} as const;

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
    line: { sv: '/vc användare', en: '/vc users' },
    about: { sv: 'Lista användare: FILTER', en: 'List users: FILTER' },
  },
  {
    line: { sv: '/vc visa', en: '/vc user' },
    about: { sv: 'En användares kort', en: "One user's card" },
  },
  {
    line: { sv: '/vc läge', en: '/vc status' },
    about: { sv: 'Hur många som är kopplade', en: 'How many are connected' },
  },
  {
    line: { sv: '/vc logg', en: '/vc log' },
    about: { sv: 'Importer och utskick, rad för rad', en: 'Imports and campaigns, row by row' },
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
