import type { App, types, ViewErrorsResponseAction, ViewStateValue } from '@slack/bolt';
import type { Values } from '../core/command.ts';
import { type Dispatch, faultReply, type Reply, type Submitted } from '../core/dispatch.ts';
import type { EventStore } from '../core/door.ts';
import type { Origin } from '../core/ports.ts';
import type { Option } from '../core/view.ts';
import { within } from '../doors/background.ts';
import { faultsUnder, repliesOf } from '../doors/faults.ts';
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

  /** Where somebody speaks from, with whether others read along (A1); undefined where Slack does not tell. */
  const originOf = ({ channel, user }: { channel: string; user: string }) =>
    places.origin(channel, user).catch((error: unknown) => {
      log.warn({ err: error }, 'Slack does not tell where somebody speaks from');
      return undefined;
    });

  const unknownPlace = () => faultReply(refuse('lookup_failed').text[language], language);

  /** Asks dispatch and carries its answers back; where Slack does not say who and where, the asker hears so. */
  async function answer(
    where: { channel: string; user: string },
    way: Omit<Back, 'from'>,
    ask: (from: Origin) => Promise<Reply[]>,
  ): Promise<void> {
    const from = await originOf(where);
    if (from) return deliver(await ask(from), { ...way, from });
    const place = { surface: 'slack', tenant: '', id: where.channel, kind: 'channel' as const };
    await deliver([unknownPlace()], { ...way, from: { place, platformId: where.user } });
  }

  /** Where a modal was opened from, as it is now. */
  const openedFrom = ({ from: { place, platformId } }: Back) =>
    originOf({ channel: place.id, user: platformId });

  async function submit(back: Back, id: string, values: Values): Promise<Submitted> {
    const from = await openedFrom(back);
    return from ? dispatch.submit(from, id, values) : { replies: [unknownPlace()] };
  }

  async function search(back: Back, id: string, field: string, typed: string): Promise<Option[]> {
    const from = await openedFrom(back);
    return from ? dispatch.search(from, id, field, typed) : [];
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
    const submitted = submit(back, id, valuesOf(view.state.values));
    const fate = await within(limits.validationMs, submitted);
    if (fate && 'faults' in fate) return ack(errorsUnder(view.blocks, fate.faults));
    await ack({ response_action: 'clear' });
    background(async () => deliver(repliesOf(await submitted, language), back));
  });

  app.options<'block_suggestion'>({ type: 'block_suggestion' }, async ({ ack, body }) => {
    const { id, back } = fromMetadata(body.view?.private_metadata ?? '', body.user.id);
    const found = search(back, id, body.action_id, body.value);
    await ack({ options: drawOptions((await within(limits.searchMs, found)) ?? []) });
  });

  for (const type of ['message', 'file_shared'] as const) {
    app.event(type, async ({ body }) => {
      for (const { id, body: kept } of announcedBy(body, await botUserId()))
        await events.store(id, kept.channel, kept);
    });
  }
}

/** What the fields of a form hold, by field: its name is its block_id. */
function valuesOf(state: Record<string, Record<string, ViewStateValue>>): Values {
  const fields = Object.entries(state).map(([field, byAction]) => {
    const [held] = Object.values(byAction);
    return [field, held?.selected_option?.value ?? (held?.value?.trim() || undefined)];
  });
  return Object.fromEntries(fields);
}

/** Faults under their fields, each of which is an input block of that id. */
function errorsUnder(
  blocks: readonly types.AnyBlock[],
  faults: Record<string, string>,
): ViewErrorsResponseAction {
  const inputs = blocks.filter(({ type }) => type === 'input').map(({ block_id: field }) => field ?? '');
  return { response_action: 'errors', errors: faultsUnder(inputs, faults) };
}

function answeringBy(url: string): Answering {
  return { url, at: Date.now(), uses: 0 };
}
