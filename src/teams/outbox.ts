import type { Place } from '../core/command.ts';
import type { Conversations } from '../core/conversations.ts';
import { CannotHand, CannotPost, type MessageRef, type Outbox } from '../core/outbox.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import type { Pace } from '../doors/pace.ts';
import type { Language } from '../rules/language.ts';
import { consentMessage, fileMessage, type Uploaded } from './cards/file.ts';
import { drawMessage } from './cards/message.ts';
import { CallRefused, type Connector, type Outgoing, type Reference } from './connector.ts';
import { conversationOf } from './origin.ts';
import type { Places } from './places.ts';
import { patiently, type Retries } from './retry.ts';

export interface OutboxParts {
  connector: Pick<Connector, 'post' | 'postOnlyFor' | 'update' | 'remove'>;
  conversations: Conversations;
  pace: Pace;
  places: Places;
  profile: Outbox['profile'];
  download: Outbox['download'];
  retries: Retries;
}

/** The way out through Teams, and what its answers alone need. */
export interface TeamsOutbox extends Outbox {
  /** Edits a message; false: it is gone, deleted by somebody perhaps. */
  replace(ref: MessageRef, view: MessageView<Pressable>, language: Language): Promise<boolean>;
  /** Posts in a channel or a group so that one member alone sees it, by what Teams calls them there. */
  postOnlyFor(
    memberId: string,
    place: Place,
    view: MessageView<Pressable>,
    language: Language,
  ): Promise<void>;
  /** Shows a file that was uploaded. */
  showFile(place: Place, file: Uploaded, about: string): Promise<void>;
  /** Takes a message of the bot's away; one that is gone is left gone. */
  remove(place: Place, activity: string): Promise<void>;
}

/** Teams' words for a conversation that the bot is not in, or that there is not (any more). */
const left = ['BotNotInConversationRoster', 'ConversationNotFound'];
/** Not let in (any more): blocked or thrown out, not installed, or the conversation is gone. */
const notLetIn = [403, 404];

/** The way out through Teams: every call goes to where the conversation was last reached. */
export function createOutbox(parts: OutboxParts): TeamsOutbox {
  const { connector, conversations, pace, places, profile, download, retries } = parts;

  /** Where a place, perhaps a channel's thread, is reached. Throws CannotPost where the bot never was, or is no more. */
  async function reach(tenant: string, placeId: string): Promise<Reference> {
    const seen = await conversations.find(tenant, conversationOf(placeId));
    if (!seen) throw new CannotPost('The conversation is not known');
    return { serviceUrl: seen.serviceUrl, conversation: placeId };
  }

  const post: Outbox['post'] = (place, view, language) => send(place, messageOf(view, language));

  async function send(place: Place, message: Outgoing): Promise<MessageRef> {
    const to = await reach(place.tenant, place.id);
    await pace(to.conversation);
    const activity = await letIn(patiently(() => connector.post(to, message), retries).catch(leaving(place)));
    return { tenant: place.tenant, conversation: place.id, activity };
  }

  /** A place that Teams says the bot is not in is forgotten: a team's removal names only one of its channels. */
  function leaving({ tenant, id }: Pick<Place, 'tenant' | 'id'>) {
    return async (error: unknown): Promise<never> => {
      if (error instanceof CallRefused && left.includes(error.code ?? ''))
        await conversations.forget(tenant, conversationOf(id));
      throw error;
    };
  }

  const replace: TeamsOutbox['replace'] = async (ref, view, language) => {
    const { tenant = '', conversation = '', activity = '' } = ref;
    const at = await reach(tenant, conversation);
    const message = messageOf(view, language);
    try {
      await patiently(() => connector.update(at, activity, message), retries);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      return letIn(leaving({ tenant, id: conversation })(error));
    }
  };

  return {
    post,
    replace,

    async postOnlyFor(memberId, place, view, language) {
      const to = await reach(place.tenant, place.id);
      await pace(to.conversation);
      const message = messageOf(view, language);
      await patiently(() => connector.postOnlyFor(memberId, to, message), retries);
    },

    /** A message that is gone is left gone. */
    async edit(ref, view, language) {
      await replace(ref, view, language);
    },

    /** Where bots may not ask, as in the clouds for governments, Teams does not take the question. */
    async hand(place, file) {
      await send(place, consentMessage(file)).catch((error: unknown) => {
        if (error instanceof CallRefused && error.status === 400) throw new CannotHand(error.message);
        throw error;
      });
    },

    async showFile(place, file, about) {
      await send(place, fileMessage(file, about));
    },

    async remove({ tenant, id }, activity) {
      const from = await reach(tenant, id);
      try {
        await patiently(() => connector.remove(from, activity), retries);
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },

    /** To their own chat: what one person alone sees in a channel is gone after a day. */
    async whisper(place, platformId, view, language) {
      await post(await letIn(places.direct(place.tenant, platformId)), view, language);
    },

    direct: (tenant, platformId) => letIn(places.direct(tenant, platformId)),
    profile,
    placeFacts: places.facts,
    download,
  };
}

/** A message as Teams takes it: one card, and what a notification says of it. */
function messageOf(view: MessageView<Pressable>, language: Language): Outgoing {
  const { card, summary } = drawMessage(view, language);
  return {
    type: 'message',
    summary,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
  };
}

/** Whether a message is not there any more, deleted by somebody perhaps. */
function isGone(error: unknown): boolean {
  return error instanceof CallRefused && error.code === 'ActivityNotFoundInConversation';
}

/** Turns Teams' "not let in" into CannotPost. */
async function letIn<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CallRefused && notLetIn.includes(error.status)) throw new CannotPost(error.message);
    throw error;
  }
}
