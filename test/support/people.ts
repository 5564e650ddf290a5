import type { SlackChannel, SlackPerson, SlackTeam } from '../../src/playground/slack/types.ts';
import type { TeamsGroup, TeamsPerson, TeamsTeam, TeamsTenant } from '../../src/playground/teams/types.ts';

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

export const tenant: TeamsTenant = { id: '0b1c9e58-6a8e-4a5c-8f51-2f6d1d1c7a10', name: 'Company' };

/** Another organisation's tenant. */
const elsewhere = '7e2f4c11-90ab-4c3d-9d7e-5b0c2a9f8e77';

/** The same people in Teams, and one without any account; bots do not talk to bots there. */
export const teamsPeople: readonly TeamsPerson[] = [
  ...people
    .filter(({ bot }) => !bot)
    .map(({ handle, name, email, locale, guest, team: away }) => ({
      handle,
      name,
      ...(email ? { email } : {}),
      ...(locale ? { locale } : {}),
      guest: guest !== undefined,
      ...(away ? { tenant: elsewhere } : {}),
    })),
  { handle: 'visitor', name: 'Vera Visitor', anonymous: true, bot: false },
];

/** The same rooms in Teams: the bot is in the teams of hr, secret and shared, not in that of random. */
export const teamsTeams: readonly TeamsTeam[] = [
  {
    name: 'Personal',
    members: ['lena', 'erik', 'anna', 'guest'],
    bot: true,
    channels: [{ name: 'hr' }, { name: 'secret', kind: 'private', members: ['lena', 'erik'] }],
  },
  { name: 'Alla', members: ['lena', 'erik', 'anna', 'asa'], bot: false, channels: [{ name: 'random' }] },
  {
    name: 'Partner',
    members: ['lena', 'stranger'],
    bot: true,
    channels: [{ name: 'partner' }, { name: 'shared', kind: 'shared' }],
  },
];

/** The chat of a meeting that somebody came to by its link. */
export const teamsGroups: readonly TeamsGroup[] = [
  { name: 'lunch', members: ['lena', 'erik'], bot: true },
  { name: 'meeting', members: ['lena', 'visitor'], bot: true },
];

/** Value for ADMINS. */
export const admins = 'lena@company.se,erik@company.se';
