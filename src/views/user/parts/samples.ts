import { type Permission, permissions } from '../../../core/access.ts';
import type { Language } from '../../../rules/language.ts';
import type { UserCard } from '../../../services/users.ts';
import type { CardReader } from './reader.ts';

/** The moment of the examples. */
export const now = new Date('2026-11-21T13:02:00Z');
const everything: readonly Permission[] = permissions;
/** A reader who may do everything, or as much as `allowed`. */
export const reads = (language: Language, allowed = everything): CardReader => ({
  language,
  now,
  may: (permission) => allowed.includes(permission),
});

/** Waiting for her answer. */
export const anna: UserCard = {
  id: 1,
  subject: '00000000-0000-4000-8000-000000000000',
  userId: '14',
  name: 'Anna Svensson',
  email: 'anna@company.se',
  connectEmail: 'anna.svensson@company.se',
  connection: 'pending',
  language: 'sv',
  active: true,
  sendable: 'ok',
  aliasUserId: null,
  signature: 'ANSV',
  cardTagId: null,
  externalReference: null,
  protectedIdentity: false,
  connectedAt: null,
  account: null,
  lastSentAt: new Date('2026-11-18T13:02:00Z'),
  openedAt: new Date('2026-11-18T13:03:00Z'),
  expired: false,
  bouncedAt: null,
  bouncedWords: null,
  disownedAt: null,
  domainAllowed: true,
  employments: [
    {
      company: 'Företaget AB',
      number: '0014',
      department: 'Ekonomi & Lön',
      office: 'Örebro',
      startsOn: new Date('2020-01-01T00:00:00Z'),
      endsOn: null,
    },
  ],
};
/** What differs where no mail has left. */
export const unsent = { lastSentAt: null, openedAt: null };
/** Connected two days ago. */
export const connected = {
  ...anna,
  connection: 'connected',
  connectedAt: new Date('2026-11-19T08:00:00Z'),
} as const;
