import type { Member } from '../../src/teams/connector.ts';
import { botId, lena, tenant } from './people.ts';

export type Sent = Record<string, unknown>;

let sent = 0;

/** Where something is said: the bot's own chat with whoever says it, unless it is a channel's thread. */
export interface Where {
  serviceUrl?: string;
  channel?: string;
  type?: 'standard' | 'shared' | 'private' | undefined;
  group?: string;
}

/** What Teams sends of anything that somebody does. */
export function activity(by: Member, where: Where, more: Sent): Sent {
  const { serviceUrl = 'https://smba.trafficmanager.net/emea/', channel, group } = where;
  const conversation = channel
    ? { conversationType: 'channel', id: `${channel};messageid=1700000000000`, tenantId: tenant }
    : group
      ? { conversationType: 'groupChat', id: group, tenantId: tenant }
      : { conversationType: 'personal', id: `a:${by.id}`, tenantId: tenant };
  return {
    id: String(1_700_000_000_000 + ++sent),
    channelId: 'msteams',
    serviceUrl,
    timestamp: '2026-11-21T12:00:00.000Z',
    locale: 'sv-SE',
    from: { id: by.id, name: by.name, ...(by.aadObjectId ? { aadObjectId: by.aadObjectId } : {}) },
    recipient: { id: botId, name: 'vc' },
    conversation,
    channelData: {
      tenant: { id: tenant },
      ...(channel ? { channel: { id: channel, type: where.type ?? 'standard' } } : {}),
    },
    ...more,
  };
}

/** What somebody writes; in a channel or a group it mentions the bot. */
export function message(text: string, by: Member = lena, where: Where = {}, more: Sent = {}): Sent {
  const elsewhere = where.channel ?? where.group;
  const own = '<at>vc</at>';
  return activity(by, where, {
    type: 'message',
    textFormat: 'plain',
    text: elsewhere ? `${own} ${text}` : text,
    ...(elsewhere
      ? {
          entities: [
            { type: 'mention', mentioned: { id: botId, name: 'vc' }, text: own },
            { type: 'clientInfo' },
          ],
        }
      : {}),
    ...more,
  });
}

export function invoke(
  name: string,
  value: unknown,
  by: Member = lena,
  where: Where = {},
  more: Sent = {},
): Sent {
  return activity(by, where, { type: 'invoke', name, value, ...more });
}
