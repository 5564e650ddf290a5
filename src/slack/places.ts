import type { Place } from '../core/command.ts';
import type { PlaceFacts } from '../core/outbox.ts';
import type { Origin } from '../core/ports.ts';
import { memo } from '../doors/memo.ts';
import type { Log } from '../log.ts';
import type { Self } from './identity.ts';
import { type Client, missingScope, patiently, refusalOf } from './web.ts';

export interface Places {
  /** Throws where Slack does not answer, or may not: a look-up that failed refuses (A1). */
  facts(place: Place): Promise<PlaceFacts>;
  /** The bot's direct conversation with somebody. */
  direct(userId: string): Promise<Place>;
  /** Where somebody speaks from. Throws where Slack does not answer. */
  origin(channelId: string, userId: string): Promise<Origin>;
}

/** Wherever the bot is, it is sent the files. */
const files = { takesFiles: true } as const;

/**
 * A channel that the bot cannot see: a private one or a conversation between others. It posts nothing there, and what it
 * answers there reaches the asker alone; whether others share it Slack tells nobody who is not in it.
 */
const unseen: PlaceFacts = { canPost: false, shared: false, ...files };
const invisible = new Set(['channel_not_found', 'method_not_supported_for_channel_type']);
const noDirect = new Set([
  'user_not_found',
  'user_disabled',
  'user_not_visible',
  'cannot_dm_bot',
  'users_list_not_supplied',
]);

export function createPlaces(client: Client, self: Self, log: Log): Places {
  // An answer of "not in there" is asked anew each time: an invitation counts at once.
  const channels = memo(lookUp, { lifeMs: 60_000, most: 1_000, keeps: ({ canPost }) => canPost });
  const directs = memo(open, { lifeMs: 24 * 60 * 60_000, most: 10_000 });

  async function lookUp(channel: string): Promise<PlaceFacts> {
    try {
      const { channel: found } = await patiently(() => client.conversations.info({ channel }));
      return {
        canPost: found?.is_member === true && !found.is_archived,
        shared: found?.is_ext_shared === true,
        ...files,
      };
    } catch (error) {
      const scope = missingScope(error);
      if (scope !== undefined) log.warn({ channel, scope }, 'conversations.info: a scope is missing');
      if (invisible.has(refusalOf(error) ?? '')) return unseen;
      throw error;
    }
  }

  async function open(users: string): Promise<string> {
    const { channel } = await patiently(() => client.conversations.open({ users }));
    if (!channel?.id) throw new Error('conversations.open gave no channel');
    return channel.id;
  }

  async function place(id: string, kind: Place['kind']): Promise<Place> {
    return { surface: 'slack', tenant: (await self.get()).tenant, id, kind };
  }

  /** Whether a conversation of two is the bot's own: a command can be typed in one between others, too. */
  async function isOwn(channelId: string, userId: string): Promise<boolean> {
    if (!channelId.startsWith('D')) return false;
    try {
      return (await directs(userId)) === channelId;
    } catch (error) {
      if (noDirect.has(refusalOf(error) ?? '')) return false;
      throw error;
    }
  }

  async function facts({ id, kind }: Place): Promise<PlaceFacts> {
    if (kind === 'direct') return { canPost: true, shared: false, ...files };
    return id.startsWith('D') ? unseen : channels(id);
  }

  return {
    facts,
    direct: async (userId) => place(await directs(userId), 'direct'),
    async origin(channelId, userId) {
      const at = await place(channelId, (await isOwn(channelId, userId)) ? 'direct' : 'channel');
      return { place: at, platformId: userId, shared: (await facts(at)).shared };
    },
  };
}
