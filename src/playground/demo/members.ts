import type { Member } from '../wire.ts';

/** The company that the playground shows. Its addresses are invented, and its mail never leaves the machine by itself. */
export const organisation = {
  name: 'Företaget',
  contact: 'hr@company.se',
  domain: 'company.se',
  chat: { name: 'Företaget', domain: 'foretaget' },
} as const;

/** Somebody in the chat: who they are there, and the address that their profile shows. */
export interface ChatMember extends Member {
  readonly email: string;
}

/** Whom one can be in the playground. */
export const members: readonly ChatMember[] = [
  { handle: 'lena', name: 'Lena Berg', email: 'lena@company.se', part: 'administrator', language: 'sv' },
  { handle: 'anna', name: 'Anna Svensson', email: 'anna@company.se', part: 'employee', language: 'sv' },
  { handle: 'erik', name: 'Erik Holm', email: 'erik@company.se', part: 'employee', language: 'en' },
  { handle: 'gustav', name: 'Gustav Gäst', email: 'gustav@konsult.se', part: 'guest', language: 'sv' },
];

/** The channels, and who is in them. */
export const channels = [
  { name: 'hr', members: ['lena', 'anna', 'erik', 'gustav'], bot: true },
  { name: 'random', members: ['lena', 'anna', 'erik'], bot: false },
] as const;

/** Who administers: ADMINS of the playground. */
export const administrators: readonly string[] = members
  .filter(({ part }) => part === 'administrator')
  .map(({ email }) => email);
