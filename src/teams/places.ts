import type { Place } from '../core/command.ts';
import type { Conversations, Sighting } from '../core/conversations.ts';
import { CannotPost, type PlaceFacts } from '../core/outbox.ts';
import { memo } from '../doors/memo.ts';
import type { Connector, Member } from './connector.ts';
import { limits } from './limits.ts';
import { conversationOf } from './origin.ts';
import { isGuest, type Roster } from './people.ts';
import { patiently, type Retries } from './retry.ts';

export interface PlacesParts {
  connector: Pick<Connector, 'members' | 'open'>;
  conversations: Conversations;
  roster: Roster;
  retries: Retries;
}

export interface Places {
  /** Throws where Teams does not answer: a look-up that failed refuses (A1). */
  facts(place: Place): Promise<PlaceFacts>;
  /** A1: whether other organisations read a place; undefined: nobody knows. Throws where Teams does not answer. */
  shared(place: Place): Promise<boolean | undefined>;
  /** Where anybody of a place opens their own chat with the bot, by what is remembered alone. */
  directUrl(place: Place): Promise<string | undefined>;
  /**
   * The bot's own conversation with somebody; it is begun where there was none. Throws CallRefused where it may not be,
   * CannotPost where nobody knows how.
   */
  direct(tenant: string, platformId: string): Promise<Place>;
}

export function createPlaces({ connector, conversations, roster, retries }: PlacesParts): Places {
  const sharing = memo(look, { lifeMs: limits.rosterLifeMs, most: 1_000 });
  const seenAt = ({ tenant, id }: Place) => conversations.find(tenant, conversationOf(id));

  /** A1: whether anybody of another organisation is in there. Guests are in this one, and refused by themselves. */
  async function look(key: string): Promise<boolean> {
    const [tenant = '', conversation = ''] = JSON.parse(key) as string[];
    const seen = await conversations.find(tenant, conversation);
    if (!seen) throw new CannotPost('The conversation is not known');
    let next: string | undefined;
    do {
      const page = await patiently(() => connector.members(seen, next), retries);
      if (page.members.some((member) => isOfAnother(member, tenant))) return true;
      next = page.next;
    } while (next);
    return false;
  }

  async function sharedOf(seen: Sighting | undefined): Promise<boolean> {
    return seen?.kind === 'open' && sharing(JSON.stringify([seen.tenant, seen.conversation]));
  }

  async function begin(tenant: string, platformId: string): Promise<string> {
    const found = await roster(tenant, platformId);
    if (typeof found === 'string') throw new CannotPost('Nobody knows where somebody can be reached');
    const { seen, member } = found;
    const conversation = await patiently(
      () => connector.open(seen.serviceUrl, seen.botId, member.id, tenant),
      retries,
    );
    await conversations.remember({ ...seen, conversation, kind: 'direct' });
    return conversation;
  }

  return {
    async facts(place) {
      const seen = await seenAt(place);
      return {
        canPost: seen !== undefined,
        shared: await sharedOf(seen),
        takesFiles: place.kind === 'direct',
        ...(seen ? { directUrl: chatWith(seen.botId) } : {}),
      };
    },

    async shared(place) {
      const seen = await seenAt(place);
      if (!seen && place.kind !== 'direct') return undefined;
      return sharedOf(seen);
    },

    async directUrl(place) {
      const seen = await seenAt(place);
      return seen && chatWith(seen.botId);
    },

    async direct(tenant, platformId) {
      const [seen] = await conversations.of(tenant, platformId);
      const id = seen?.kind === 'direct' ? seen.conversation : await begin(tenant, platformId);
      return { surface: 'teams', tenant, id, kind: 'direct' };
    },
  };
}

/** Whoever joined without an account is nobody's, whatever tenant Teams counts them to. */
function isOfAnother(member: Member, tenant: string): boolean {
  if (member.userRole === 'anonymous') return true;
  return !isGuest(member) && member.tenantId?.toLowerCase() !== tenant;
}

/** The address that opens a chat with the bot in any client. Source: learn.microsoft.com, deep links to chats. */
function chatWith(botId: string): string {
  return `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(botId)}`;
}
