import type { Member } from '../wire.ts';

/** The company that the playground shows. Its addresses are invented, and its mail never leaves the machine by itself. */
export const organisation = {
  name: 'Företaget',
  contact: 'hr@company.se',
  domain: 'company.se',
  chat: { name: 'Företaget', domain: 'foretaget' },
  /** In Teams. */
  tenant: { id: '5d0c2f3e-7b1a-4c86-9e55-1f6a0b7d2c94', name: 'Företaget' },
} as const;

/** Somebody in the chat: who they are there, and the address that their profile shows. */
export interface ChatMember extends Member {
  readonly email: string;
}

/** Whom one can be in the playground. */
export const members: readonly ChatMember[] = [
  { handle: 'lena', name: 'Lena Berg', email: 'lena@company.se', part: 'administrator', language: 'sv' },
  { handle: 'grace', name: 'Grace Miller', email: 'grace@company.se', part: 'administrator', language: 'en' },
  { handle: 'anna', name: 'Anna Svensson', email: 'anna@company.se', part: 'employee', language: 'sv' },
  { handle: 'erik', name: 'Erik Holm', email: 'erik@company.se', part: 'employee', language: 'en' },
  { handle: 'gustav', name: 'Gustav Gäst', email: 'gustav@konsult.se', part: 'guest', language: 'sv' },
];

/** The channels, and who is in them. In Teams each is of a team: the bot is in all of a team or in none of it. */
export const channels = [
  { name: 'hr', team: 'Personal', members: ['lena', 'grace', 'anna', 'erik', 'gustav'], bot: true },
  { name: 'random', team: 'Alla på Företaget', members: ['lena', 'grace', 'anna', 'erik'], bot: false },
] as const;

const emailsOf = (wanted: Member['part']): readonly string[] =>
  members.filter(({ part }) => part === wanted).map(({ email }) => email);

/** Who administers: ADMINS of the playground. */
export const administrators = emailsOf('administrator');

/** Whose way from an address to a login the tour shows. */
export const employees = emailsOf('employee');
