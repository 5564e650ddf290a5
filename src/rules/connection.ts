import type { Text } from './language.ts';

/** U1: how far a user's tie to a Visma Connect account has come, in that order. */
export const connectionStates = ['none', 'unverified', 'pending', 'verified', 'connected'] as const;

/** One of U1's states. */
export type ConnectionState = (typeof connectionStates)[number];

/** U1: what is shown beside the state: the last mail came back, its link ran out or was opened (perhaps by a scanner), or somebody answered "this isn't me". */
export const connectionFacts = ['bounced', 'expired', 'opened', 'wrong'] as const;

/** One of U1's facts. */
export type ConnectionFact = (typeof connectionFacts)[number];

/** From each state, the states that may follow. Every other change of state is a fault. */
const next: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  // An address is saved; in a verified domain it connects at once (D3).
  none: ['unverified', 'connected'],
  // The address is removed, changed, sent to, or connects at once.
  unverified: ['none', 'unverified', 'pending', 'connected'],
  // Removed; changed, revoked or "this isn't me"; sent again; pressed; or its domain has become verified (D3).
  pending: ['none', 'unverified', 'pending', 'verified', 'connected'],
  // The account is there at last, or the address is removed or changed before it came.
  verified: ['none', 'unverified', 'connected'],
  // U5, U6: only deleting the connection ends it, and the address stays.
  connected: ['unverified'],
};

/** Whether a connection in state `from` may go to state `to` (U1). */
export function mayBecome(from: ConnectionState, to: ConnectionState): boolean {
  return next[from].includes(to);
}

/** U5: a connected address cannot be changed or removed, by anyone or any import. */
export function mayChangeAddress(state: ConnectionState): boolean {
  return state !== 'connected';
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
