import type { Place } from '../core/command.ts';
import { CannotPost, type MessageRef, type Outbox } from '../core/outbox.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import type { Pace } from '../doors/pace.ts';
import type { Language } from '../rules/language.ts';
import { drawMessage } from './blocks/message.ts';
import type { Files } from './files.ts';
import type { Places } from './places.ts';
import type { Upload } from './upload.ts';
import { type Client, patiently, refusalOf } from './web.ts';

export interface OutboxParts {
  client: Client;
  pace: Pace;
  places: Places;
  files: Files;
  upload: Upload;
  profile(userId: string): ReturnType<Outbox['profile']>;
}

/** Slack's words for "not let in" (any more). */
const notLetIn = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'user_not_in_channel',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
  'restricted_action',
  'restricted_action_read_only_channel',
  'ekm_access_denied',
]);
/** Slack's words for a message that can be edited no more. */
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);

/** The way out through Slack: one workspace, so tenants are not asked for. */
export function createOutbox({ client, pace, places, files, upload, profile }: OutboxParts): Outbox {
  async function post(place: Place, view: MessageView<Pressable>, language: Language): Promise<MessageRef> {
    await pace(place.id);
    const message = messageBody(view, language);
    const { channel, ts } = await letIn(
      patiently(() => client.chat.postMessage({ channel: place.id, ...message })),
    );
    return { channel: channel ?? place.id, ts: ts ?? '' };
  }

  return {
    post,

    /** A message that is gone, deleted by somebody perhaps, is left gone. */
    async edit({ channel = '', ts = '' }, view, language) {
      try {
        const message = { channel, ts, ...drawMessage(view, language) };
        await letIn(patiently(() => client.chat.update(message)));
      } catch (error) {
        if (!gone.has(refusalOf(error) ?? '')) throw error;
      }
    },

    async whisper(place, platformId, view, language) {
      if (place.kind === 'direct') {
        await post(place, view, language);
        return;
      }
      const message = { channel: place.id, user: platformId, ...drawMessage(view, language) };
      await letIn(patiently(() => client.chat.postEphemeral(message)));
    },

    async hand(place, file) {
      await pace(place.id);
      await letIn(upload(place.id, file));
    },

    direct: (_tenant, platformId) => letIn(places.direct(platformId)),
    profile: (_tenant, platformId) => profile(platformId),
    placeFacts: places.facts,
    download: files.download,
  };
}

/** A message as it is posted: nothing in its text is markup (A7), no address in it is unfurled (A4). */
function messageBody(view: MessageView<Pressable>, language: Language) {
  return { ...drawMessage(view, language), mrkdwn: false, unfurl_links: false, unfurl_media: false };
}

/** Turns Slack's "not let in" into CannotPost. */
async function letIn<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const refusal = refusalOf(error) ?? '';
    if (notLetIn.has(refusal)) throw new CannotPost(refusal);
    throw error;
  }
}
