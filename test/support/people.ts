import type { SlackChannel, SlackPerson, SlackTeam } from '../../src/playground/slack/types.ts';

export { connectFile, type HrPerson, hrExport } from './files.ts';

/** The test organisation: a company in two parts, X and Y, on one Slack workspace. */
export const company = {
  name: 'Company',
  domain: 'company.se',
  companies: { x: 'X', y: 'Y' },
  helpContact: 'hr@company.se',
} as const;

export const team: SlackTeam = { name: 'Company', domain: 'company' };

/**
 * Who is there: Lena and Erik are administrators (by ADMINS), Anna and Åsa employees;
 * the guest, the stranger (of another organisation) and the robot may do nothing.
 */
export const people: readonly SlackPerson[] = [
  { handle: 'lena', name: 'Lena Berg', email: 'lena@company.se', locale: 'sv-SE', admin: true },
  { handle: 'erik', name: 'Erik Holm', email: 'erik@company.se', locale: 'en-US', admin: true },
  { handle: 'anna', name: 'Anna Svensson', email: 'anna@company.se', locale: 'sv-SE' },
  { handle: 'asa', name: 'Åsa Öberg', email: 'asa.oberg@company.se', locale: 'sv-SE' },
  { handle: 'guest', name: 'Gustav Gäst', email: 'gustav@konsult.se', locale: 'sv-SE', guest: 'restricted' },
  {
    handle: 'stranger',
    name: 'Sam Stranger',
    email: 'lena@company.se',
    locale: 'en-US',
    team: 'T0ELSEWHERE',
  },
  { handle: 'robot', name: 'Robot', bot: true },
];

/** The bot is in #hr, #secret (private) and #shared (with another organisation), not in #random. */
export const channels: readonly SlackChannel[] = [
  { name: 'hr', members: ['lena', 'erik', 'anna', 'guest', 'robot'], bot: true },
  { name: 'random', members: ['lena', 'erik', 'anna', 'asa'], bot: false },
  { name: 'secret', members: ['lena', 'erik'], bot: true, private: true },
  { name: 'shared', members: ['lena', 'stranger'], bot: true, shared: 'external' },
];

/** Value for ADMINS. */
export const admins = 'lena@company.se,erik@company.se';
