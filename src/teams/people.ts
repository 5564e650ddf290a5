import type { Conversations, Sighting } from '../core/conversations.ts';
import { CannotPost, type Profile } from '../core/outbox.ts';
import { CallRefused, type Connector, type Member } from './connector.ts';
import { limits } from './limits.ts';
import { patiently, type Retries } from './retry.ts';

export interface PeopleParts {
  connector: Pick<Connector, 'member'>;
  conversations: Pick<Conversations, 'of'>;
  retries: Retries;
}

/** How Entra writes the user principal name of somebody who was invited from elsewhere. */
const invited = /#ext#/i;
const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Somebody, and the conversation whose roster tells of them. */
export interface Found {
  member: Member;
  seen: Sighting;
}

/**
 * Looks for somebody in the conversations in which they were seen. `gone`: they are in none; `untold`: the bot is in none
 * either. Throws where Teams does not answer.
 */
export type Roster = (tenant: string, platformId: string) => Promise<Found | 'gone' | 'untold'>;

export function createRoster({ connector, conversations, retries }: PeopleParts): Roster {
  /** Undefined: they are not in there. Null: the conversation is not there for the bot. */
  async function look(seen: Sighting, platformId: string): Promise<Member | undefined | null> {
    try {
      return await patiently(() => connector.member(seen, platformId), retries);
    } catch (error) {
      if (error instanceof CannotPost) return null;
      if (!(error instanceof CallRefused)) throw error;
      if (error.status === 403 || error.code === 'ConversationNotFound') return null;
      if (error.status === 404) return undefined;
      throw error;
    }
  }

  return async (tenant, platformId) => {
    let missed = false;
    for (const seen of (await conversations.of(tenant, platformId)).slice(0, limits.lookUps)) {
      const member = await look(seen, platformId);
      if (member) return { member, seen };
      missed ||= member === undefined;
    }
    return missed ? 'gone' : 'untold';
  };
}

/**
 * What Teams says of somebody, by the roster of a conversation in which they were seen (A1). Throws where it does not
 * answer. Whoever has no Entra object id, such as an anonymous participant of a meeting, is a stranger.
 */
export function createProfiles(roster: Roster, conversations: Pick<Conversations, 'of'>) {
  return async (tenant: string, platformId: string): Promise<Profile> => {
    if (!objectId.test(platformId)) return { name: '', refused: 'stranger' };
    const found = await roster(tenant, platformId);
    if (found === 'untold') throw new Error('No conversation tells of somebody');
    if (found === 'gone') return { name: '', refused: 'gone' };
    return profileOf(found.member, tenant, platformId, await conversations.of(tenant, platformId));
  };
}

function profileOf(
  member: Member,
  tenant: string,
  platformId: string,
  sightings: readonly Sighting[],
): Profile {
  if (member.aadObjectId !== platformId) throw new Error('Teams told of somebody else');
  const refused = refusedBecause(member, tenant);
  const address = member.email ?? member.userPrincipalName;
  const language = sightings.find((seen) => seen.language)?.language;
  return {
    name: member.name ?? '',
    ...(address && !refused ? { address } : {}),
    ...(language ? { language } : {}),
    ...(refused ? { refused } : {}),
  };
}

function refusedBecause(member: Member, tenant: string): Profile['refused'] {
  if (isGuest(member)) return 'guest';
  if (member.tenantId?.toLowerCase() !== tenant) return 'stranger';
  return member.userRole === 'bot' ? 'bot' : undefined;
}

/** Somebody from elsewhere who was invited, or is in a meeting by its link. */
export function isGuest({ userRole, userPrincipalName }: Member): boolean {
  return userRole === 'guest' || userRole === 'anonymous' || invited.test(userPrincipalName ?? '');
}
