import { faultReply, type Reply } from '../core/dispatch.ts';
import { formButton } from '../core/form-button.ts';
import { CannotPost, type Outbox } from '../core/outbox.ts';
import type { MessageView, OpenForm, Pressable } from '../core/view.ts';
import { handed } from '../doors/hand.ts';
import { refuse } from '../errors.ts';
import { type Language, speaker } from '../rules/language.ts';
import { type Back, toMetadata } from './back.ts';
import { drawForm } from './blocks/form.ts';
import { drawMessage } from './blocks/message.ts';
import { respond } from './respond.ts';
import { type Client, refusalOf } from './web.ts';

export interface DeliverParts {
  client: Client;
  outbox: Outbox;
  /** Told of an answer that reached nobody. */
  lost(error: unknown): void;
}

/** Carries answers to where they belong. Never throws: an answer that reaches nobody is reported. */
export type Deliver = (replies: readonly Reply[], back: Back) => Promise<void>;

type Message = MessageView<Pressable>;

/** Slack's words for a press that is too old to open anything. */
const tooLate = new Set(['expired_trigger_id', 'exchanged_trigger_id', 'invalid_trigger_id']);

/** Where somebody asked for a file that they got in their own conversation. */
const filed = (language: Language): Message => ({
  kind: 'note',
  tone: 'good',
  text: speaker(language)(
    'Filen ligger i vår direktkonversation.',
    'The file is in our direct conversation.',
  ),
});

export function createDeliver({ client, outbox, lost }: DeliverParts): Deliver {
  async function one(reply: Reply, back: Back): Promise<void> {
    if (reply.file && (await handOver(reply, back))) return;
    const { view, language, replace } = reply;
    if (view.kind === 'form') return form(view, language, back);
    if (replace && (await replaced(view, language, back))) return;
    return toCaller(view, language, back);
  }

  /** A file goes to the bot's direct conversation; whoever asked somewhere else reads there that it did. */
  async function handOver(reply: Reply, back: Back): Promise<boolean> {
    const { place, platformId } = back.from;
    const isDirect = place.kind === 'direct';
    const { language } = reply;
    try {
      const to = isDirect ? place : await outbox.direct(place.tenant, platformId);
      if (!(await handed(outbox, to, reply))) return false;
      if (!isDirect) await toCaller(filed(language), language, back);
    } catch (error) {
      lost(error);
      await one(faultReply(refuse('file_unhanded').text[language], language), back);
    }
    return true;
  }

  /** A3: what is for the caller never stands in a message that others read. */
  async function replaced(view: Message, language: Language, back: Back): Promise<boolean> {
    const { from, pressed, answering } = back;
    if (!pressed) return false;
    const { kind, id } = from.place;
    if (pressed.ephemeral)
      return answering !== undefined && respond(answering, drawMessage(view, language), true);
    if (kind !== 'direct') return false;
    try {
      await outbox.edit({ channel: id, ts: pressed.ts }, view, language);
      return true;
    } catch (error) {
      if (!(error instanceof CannotPost)) throw error;
      return false;
    }
  }

  /** In a direct conversation a message that stays; in a channel one that only the caller sees. */
  async function toCaller(view: Message, language: Language, back: Back): Promise<void> {
    const { place, platformId } = back.from;
    if (place.kind === 'direct') {
      await outbox.post(place, view, language);
      return;
    }
    if (back.answering && (await respond(back.answering, drawMessage(view, language), false))) return;
    try {
      await outbox.whisper(place, platformId, view, language);
    } catch (error) {
      if (!(error instanceof CannotPost)) throw error;
      await outbox.post(await outbox.direct(place.tenant, platformId), view, language);
    }
  }

  async function form(view: OpenForm, language: Language, back: Back): Promise<void> {
    if (!back.trigger) return toCaller(formButton(view, language), language, back);
    try {
      await client.views.open({ trigger_id: back.trigger, view: drawForm(view, toMetadata(view.id, back)) });
    } catch (error) {
      if (!tooLate.has(refusalOf(error) ?? '')) lost(error);
      await toCaller(formButton(view, language, refuse('form_unopened').text), language, back);
    }
  }

  return async (replies, back) => {
    const formsFirst = [...replies].sort(
      (a, b) => Number(b.view.kind === 'form') - Number(a.view.kind === 'form'),
    );
    for (const reply of formsFirst) await one(reply, back).catch(lost);
  };
}
