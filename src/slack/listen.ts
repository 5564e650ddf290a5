import { setTimeout as pause } from 'node:timers/promises';
import type { App, types, ViewErrorsResponseAction, ViewStateValue } from '@slack/bolt';
import type { Values } from '../core/command.ts';
import { type Dispatch, faultReply, type Reply, type Submitted } from '../core/dispatch.ts';
import type { Origin } from '../core/ports.ts';
import { refuse } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import { type Answering, type Back, fromMetadata } from './back.ts';
import { pressed } from './blocks/actions.ts';
import { drawOptions, formCallback } from './blocks/form.ts';
import { decode } from './decode.ts';
import type { Deliver } from './deliver.ts';
import { announcedBy } from './events.ts';
import { limits } from './limits.ts';
import type { Places } from './places.ts';

/** Where events wait until they are done, each under its id once. */
export interface EventStore {
  /** Keeps an event and its job in one transaction; 'known' where the id is kept already. */
  store(id: string, body: unknown): Promise<'new' | 'known'>;
}

export interface ListenParts {
  dispatch: Dispatch;
  events: EventStore;
  places: Places;
  deliver: Deliver;
  botUserId(): Promise<string>;
  /** Of what is said to somebody whose own language Slack did not tell. */
  language: Language;
  /** Runs work that goes on after its acknowledgement; the door's end waits for it. */
  background(work: () => Promise<void>): void;
  log: Log;
}

/** Tells Bolt what to do with everything that Slack sends. */
export function listen(app: App, parts: ListenParts): void {
  const { dispatch, events, places, deliver, botUserId, language, background, log } = parts;

  /** Asks dispatch and carries its answers back; where Slack does not say who and where, the asker hears so. */
  async function answer(
    where: { channel: string; user: string },
    way: Omit<Back, 'from'>,
    ask: (from: Origin) => Promise<Reply[]>,
  ): Promise<void> {
    const from = await places.origin(where.channel, where.user).catch((error: unknown) => {
      log.warn({ err: error }, 'Slack does not tell where somebody speaks from');
      return undefined;
    });
    if (from) return deliver(await ask(from), { ...way, from });
    const place = { surface: 'slack', tenant: '', id: where.channel, kind: 'channel' as const };
    const reply = faultReply(refuse('lookup_failed').text[language], language);
    await deliver([reply], { ...way, from: { place, platformId: where.user } });
  }

  app.command('/vc', async ({ ack, body }) => {
    await ack();
    const way = { answering: answeringBy(body.response_url), trigger: body.trigger_id };
    background(() =>
      answer({ channel: body.channel_id, user: body.user_id }, way, (from) =>
        dispatch.line(from, decode(body.text ?? '')),
      ),
    );
  });

  app.action({ type: 'block_actions' }, async ({ ack, body, action }) => {
    await ack();
    const { container, channel } = body;
    if (action.type !== 'button' || !action.action_id.startsWith(pressed) || !action.value || !channel)
      return;
    const id = action.value;
    const way = {
      ...(body.response_url ? { answering: answeringBy(body.response_url) } : {}),
      trigger: body.trigger_id,
      pressed: { ts: String(container.message_ts), ephemeral: container.is_ephemeral === true },
    };
    background(() =>
      answer({ channel: channel.id, user: body.user.id }, way, (from) => dispatch.press(from, id)),
    );
  });

  app.view(formCallback, async ({ ack, body, view }) => {
    const { id, back } = fromMetadata(view.private_metadata, body.user.id);
    const submitted = dispatch.submit(back.from, id, valuesOf(view.state.values));
    const fate = await within(limits.validationMs, submitted);
    if (fate && 'faults' in fate) return ack(errorsUnder(view.blocks, fate.faults));
    await ack({ response_action: 'clear' });
    background(async () => deliver(repliesOf(await submitted, language), back));
  });

  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ ack, body }) => {
    const { id, back } = fromMetadata(body.view?.private_metadata ?? '', body.user.id);
    const found = dispatch.search(back.from, id, body.action_id, body.value);
    await ack({ options: drawOptions((await within(limits.searchMs, found)) ?? []) });
  });

  for (const type of ['message', 'file_shared'] as const) {
    app.event(type, async ({ body }) => {
      for (const { id, body: kept } of announcedBy(body, await botUserId())) await events.store(id, kept);
    });
  }
}

/** What `work` gives, or undefined where it takes longer than Slack waits; it goes on all the same. */
function within<T>(ms: number, work: Promise<T>): Promise<T | undefined> {
  return Promise.race([work, pause(ms, undefined, { ref: false })]);
}

/** What the fields of a form hold, by field: its name is its block_id. */
function valuesOf(state: Record<string, Record<string, ViewStateValue>>): Values {
  const fields = Object.entries(state).map(([field, byAction]) => {
    const [held] = Object.values(byAction);
    return [field, held?.selected_option?.value ?? (held?.value?.trim() || undefined)];
  });
  return Object.fromEntries(fields);
}

/** Faults under their fields; one of a field that the form lacks stands under the last. */
function errorsUnder(
  blocks: readonly types.AnyBlock[],
  faults: Record<string, string>,
): ViewErrorsResponseAction {
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id: field }) => field ?? '');
  const last = inputs.at(-1) ?? '';
  const errors: Record<string, string> = {};
  for (const [field, said] of Object.entries(faults)) {
    // Slack shows them as they are: what stands as code elsewhere stands bare here.
    const fault = said.replaceAll('`', '');
    const under = inputs.includes(field) ? field : last;
    errors[under] = errors[under] ? `${errors[under]} ${fault}` : fault;
  }
  return { response_action: 'errors', errors };
}

/** The answers to a form; faults that came after the form was closed are answers too. */
function repliesOf(submitted: Submitted, language: Language): Reply[] {
  if ('replies' in submitted) return submitted.replies;
  return Object.values(submitted.faults).map((text) => faultReply(text, language));
}

function answeringBy(url: string): Answering {
  return { url, at: Date.now(), uses: 0 };
}
