import type { Place } from '../core/command.ts';
import type { Sighting } from '../core/conversations.ts';
import { type Language, languages } from '../rules/language.ts';
import type { Activity } from './activity.ts';

/** A channel's conversation names the thread that was spoken in. */
const thread = /;messageid=\d+$/;

/** The conversation that a place lies in, whatever its thread. */
export function conversationOf(placeId: string): string {
  return placeId.replace(thread, '');
}

/** Every tenant that an activity names: that of the conversation, and that of the client. */
export function tenantsOf({ conversation, channelData }: Activity): string[] {
  const named = [conversation.tenantId, channelData?.tenant?.id].filter((id) => id !== undefined);
  return [...new Set(named.map((id) => id.toLowerCase()))];
}

/** Where something was said: in a channel the thread, so that answers stand in it. */
export function placeOf({ conversation }: Activity, tenant: string): Place {
  const direct = conversation.conversationType === 'personal';
  return { surface: 'teams', tenant, id: conversation.id, kind: direct ? 'direct' : 'channel' };
}

/** Who spoke: the Entra object id; whoever has none is nobody's colleague, and keeps the platform's own id (A1). */
export function speakerOf({ from }: Activity): string {
  return from.aadObjectId?.toLowerCase() ?? from.id;
}

/** Whether the speaker is a bot, perhaps this one. */
export function isBot({ from }: Activity): boolean {
  return from.role === 'bot' || from.id.startsWith('28:');
}

/** What is worth remembering of an activity. */
export function sightingOf(activity: Activity, tenant: string): Sighting {
  const language = languageOf(activity.locale);
  return {
    tenant,
    conversation: conversationOf(activity.conversation.id),
    kind: kindOf(activity),
    platformId: speakerOf(activity),
    serviceUrl: activity.serviceUrl,
    botId: activity.recipient.id,
    ...(language ? { language } : {}),
  };
}

/** A channel of a team is its own organisation's unless it is a shared one; chats can have anybody in them. */
function kindOf({ conversation, channelData }: Activity): Sighting['kind'] {
  if (conversation.conversationType === 'personal') return 'direct';
  const type = channelData?.channel?.type;
  return type === 'standard' || type === 'private' ? 'internal' : 'open';
}

/** What somebody's client speaks; undefined: nothing that we do. */
export function languageOf(locale: string | undefined): Language | undefined {
  return languages.find((language) => locale?.toLowerCase().startsWith(language));
}
