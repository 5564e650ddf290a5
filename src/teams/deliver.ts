import type { Reply } from '../core/dispatch.ts';
import { formButton } from '../core/form-button.ts';
import { CannotPost } from '../core/outbox.ts';
import type { Origin } from '../core/ports.ts';
import type { MessageView, Pressable } from '../core/view.ts';
import { handed } from '../doors/hand.ts';
import type { Language, Text } from '../rules/language.ts';
import { CallRefused } from './connector.ts';
import type { TeamsOutbox } from './outbox.ts';
import type { Places } from './places.ts';
import { words } from './words.ts';

/** The way back to whoever asked. */
export interface Back {
  from: Origin;
  /** The message whose button was pressed. */
  pressed?: string;
  /** The asker, as Teams calls them there, where nobody else sees the question: the answer neither. */
  onlyFor?: string;
  /** What their client speaks, where it tells. */
  language?: Language;
}

export interface DeliverParts {
  outbox: TeamsOutbox;
  places: Pick<Places, 'directUrl'>;
  /** The organisation's language: of what many read. */
  language: Language;
  /** Told of an answer that reached nobody. */
  lost(error: unknown): void;
}

/** Carries answers to where they belong. Never throws: an answer that reaches nobody is reported. */
export type Deliver = (replies: readonly Reply[], back: Back) => Promise<void>;

type Message = MessageView<Pressable>;
/** What became of an answer that was asked for where others read. */
type Fate = 'answeredDirectly' | 'chatNeeded' | 'unanswered';

export function createDeliver({ outbox, places, language: house, lost }: DeliverParts): Deliver {
  /** In one's own chat, in place of the message that was pressed where that is wanted and it is still there. */
  async function inChat(reply: Reply, { from, pressed }: Back): Promise<void> {
    if (await handed(outbox, from.place, reply)) return;
    const { view, language, replace } = reply;
    const message = asMessage(view, language);
    const { tenant, id } = from.place;
    if (replace && pressed !== undefined) {
      const ref = { tenant, conversation: id, activity: pressed };
      if (await outbox.replace(ref, message, language)) return;
    }
    await outbox.post(from.place, message, language);
  }

  /** Nothing where other organisations read, or where nobody knows who does (A1). */
  async function fromChannel(replies: readonly Reply[], back: Back): Promise<void> {
    const isOwn = back.from.shared === false;
    const forCaller: Reply[] = [];
    for (const reply of replies) if (!isOwn || !(await openly(reply, back))) forCaller.push(reply);
    const [first] = forCaller;
    if (!first) return;
    const fate = await directly(forCaller, back.from);
    if (isOwn) await point(words[fate], back, back.onlyFor === undefined ? house : first.language);
  }

  /** Whether an answer that others may read is told where it was asked for. */
  async function openly(reply: Reply, back: Back): Promise<boolean> {
    if (!reply.open) return false;
    const { view, language } = back.onlyFor === undefined ? reply.open : reply;
    return postIn(back, asMessage(view, language), language);
  }

  /** Where others read: to those alone who read the question. Whether Teams took it: what one person alone sees, not always. */
  async function postIn({ from, onlyFor }: Back, message: Message, language: Language): Promise<boolean> {
    try {
      if (onlyFor === undefined) await outbox.post(from.place, message, language);
      else await outbox.postOnlyFor(onlyFor, from.place, message, language);
      return true;
    } catch (error) {
      if (onlyFor !== undefined && isRefused(error)) return false;
      throw error;
    }
  }

  async function directly(replies: readonly Reply[], { place, platformId }: Origin): Promise<Fate> {
    let posted = 0;
    try {
      const own = await outbox.direct(place.tenant, platformId);
      for (const reply of replies) {
        const { view, language } = reply;
        if (!(await handed(outbox, own, reply))) await outbox.post(own, asMessage(view, language), language);
        posted += 1;
      }
      return 'answeredDirectly';
    } catch (error) {
      if (!(error instanceof CannotPost)) lost(error);
      if (posted > 0) return 'answeredDirectly';
      return error instanceof CannotPost ? 'chatNeeded' : 'unanswered';
    }
  }

  /** A3: others read that an answer went to the caller's own chat. */
  async function point(text: Text, back: Back, language: Language): Promise<void> {
    const url = await places.directUrl(back.from.place);
    const actions = url === undefined ? [] : [{ label: words.openChat[language], url }];
    await postIn(back, { kind: 'note', tone: 'plain', text: text[language], actions }, language);
  }

  return async (replies, back) => {
    if (back.from.place.kind === 'channel') return fromChannel(replies, back).catch(lost);
    for (const reply of replies) await inChat(reply, back).catch(lost);
  };
}

/** Teams opens a form only from a button. */
function asMessage(view: Reply['view'], language: Language): Message {
  return view.kind === 'form' ? formButton(view, language) : view;
}

/** Where Teams does not take what one person alone sees, their own chat must do. */
function isRefused(error: unknown): boolean {
  return error instanceof CallRefused && [400, 403].includes(error.status);
}
