import type { Text } from './language.ts';

/** U1: how far a user's tie to a Visma Connect account has come, in that order. */
export const connectionStates = ['none', 'unverified', 'pending', 'verified', 'connected'] as const;

/** One of U1's states. */
export type ConnectionState = (typeof connectionStates)[number];

/** U1: what is shown beside the state: the last mail came back, its link ran out or was opened (perhaps by a scanner), or somebody answered "this isn't me". */
export const connectionFacts = ['bounced', 'expired', 'opened', 'wrong'] as const;

/** One of U1's facts. */
export type ConnectionFact = (typeof connectionFacts)[number];

/** U5: a connected address cannot be changed or removed, by anyone or any import. */
export function mayChangeAddress(state: ConnectionState): boolean {
  return state !== 'connected';
}

/** What is known of a user's saved address. */
interface SavedAddress {
  connectEmail: string | null;
  bouncedAt: Date | null;
  disownedAt: Date | null;
  /** D1: its domain is allowed. */
  domainAllowed: boolean;
}

/** Whether somebody has to look at the address before anything is sent: there is none, it is known to be wrong, or D1 forbids it. */
export function needsAddress({ connectEmail, bouncedAt, disownedAt, domainAllowed }: SavedAddress): boolean {
  return connectEmail === null || bouncedAt !== null || disownedAt !== null || !domainAllowed;
}

/** The states' names, as said of a user. */
export const stateNames: Readonly<Record<ConnectionState, Text>> = {
  none: { sv: 'ingen adress', en: 'no address' },
  unverified: { sv: 'overifierad', en: 'unverified' },
  pending: { sv: 'väntar', en: 'pending' },
  verified: { sv: 'verifierad', en: 'verified' },
  connected: { sv: 'kopplad', en: 'connected' },
};

/** The facts' names. None of them is called the person's act. */
export const factNames: Readonly<Record<ConnectionFact, Text>> = {
  bounced: { sv: 'studsat', en: 'bounced' },
  expired: { sv: 'utgången', en: 'expired' },
  opened: { sv: 'öppnad', en: 'opened' },
  wrong: { sv: 'fel adress', en: 'wrong address' },
};
