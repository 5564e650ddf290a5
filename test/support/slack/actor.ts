import type { Book } from './book.ts';
import { deliver, deliverEvent, type Line, type Outgoing, redeliver } from './bot.ts';
import { faultsOfOptions, interactiveOf } from './check.ts';
import { encode, richText } from './encode.ts';
import { fieldOf, missingIn, optionOf, pick, stateOf, type Values } from './form.ts';
import { actionPayload, commandPayload, eventPayload, interactionPayload, placePayload } from './payloads.ts';
import { textOfObject } from './read.ts';
import { respond } from './respond.ts';
import type { Door } from './server.ts';
import type { Ack, Block, Element, Json, Message, Option, View } from './types.ts';
import { showAnswer } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Everything an act needs. */
export interface Stage {
  readonly workspace: Workspace;
  readonly book: Book;
  readonly door: Door;
  readonly line: Line;
  readonly subscribed: ReadonlySet<string>;
  check(): void;
}

/** Where a person acts: '#channel', 'dm' (with the bot; the default), or '@handle' (with somebody else). */
export interface In {
  readonly in?: string;
}

export interface Submitted {
  /** What stands under the fields now, by label; {} when the form was taken. */
  readonly errors: Readonly<Record<string, string>>;
  /** Undefined where Slack itself held the form back. */
  readonly ack: Ack | undefined;
}

export interface Dropped {
  readonly file: string;
  /** One for every event that announced it, each delivery counted by itself. */
  readonly acks: readonly Ack[];
}

/** A person of the workspace, acting as they would in the client. */
export interface Actor {
  readonly id: string;
  readonly handle: string;
  /** Sends a slash command. */
  types(line: string, where?: In): Promise<Ack>;
  /** Presses a button by label (or its beginning) or action_id: in the open modal, else in the newest message that has it. */
  presses(label: string, on?: { in?: Message }): Promise<Ack & { url?: string; asked?: string }>;
  /** Chooses an option of a menu in a message, or in the open modal's menu. */
  chooses(option: string, on?: { in?: Message; at?: string }): Promise<Ack>;
  /** What a menu of the open modal offers for a typed text. */
  searches(field: string, text: string): Promise<string[]>;
  /** Fills the open modal in, by label, and submits it. */
  submits(values: Values): Promise<Submitted>;
  /** Closes the open modal. */
  closes(): Promise<void>;
  /** Writes to the bot; the text is encoded as Slack encodes it. */
  writes(text: string): Promise<Ack | undefined>;
  /** Drops a file; `deliveries` sends every event that often under one event_id; `as` alters what `files.info` says. */
  drops(
    bytes: Uint8Array | string,
    name: string,
    how?: In & { deliveries?: number; as?: Json },
  ): Promise<Dropped>;
}

/** The actor called `handle`. */
export function actorOf(stage: Stage, handle: string): Actor {
  const { workspace, book, door, line } = stage;
  const id = workspace.idOf(handle);
  const who = { id, handle };

  async function place(where = 'dm'): Promise<{ id: string; name: string }> {
    if (where === 'dm') return { id: await workspace.directOf(handle), name: 'directmessage' };
    if (where.startsWith('@')) {
      const opened = await workspace.call(
        'conversations.open',
        { users: workspace.idOf(where.slice(1)) },
        handle,
      );
      return { id: String((opened.channel as Json).id), name: 'directmessage' };
    }
    const channel = workspace.channelOf(where);
    return {
      id: channel,
      name: workspace.channel(channel)?.private ? 'privategroup' : where.replace('#', ''),
    };
  }

  async function act(outgoing: Outgoing): Promise<Ack> {
    stage.check();
    const ack = await deliver(line, book, outgoing);
    if (ack.status !== 200) book.faults.push(`the bot answered a ${outgoing.kind} with ${ack.status}`);
    return ack;
  }

  const interact = (payload: Json) => act({ kind: 'interaction', payload });

  function top(): View {
    const view = book.views(id).at(-1);
    if (!view) throw new Error(`${handle} has no modal open`);
    return view;
  }

  /** Newest first: what this person can see. */
  function visible(): Message[] {
    return book
      .all()
      .filter(({ channel, ephemeralTo }) =>
        ephemeralTo ? ephemeralTo === id : mayRead(workspace, handle, channel),
      )
      .sort((a, b) => b.changed - a.changed);
  }

  async function use(
    found: { block: Block; element: Element; message?: Message },
    option?: Option,
  ): Promise<Ack> {
    const { block, element, message } = found;
    const trigger = door.trigger(id);
    const action = actionPayload(element, block.block_id, option);
    const base = interactionPayload(workspace, who, 'block_actions', trigger);
    if (!message) return interact({ ...base, ...placePayload({ view: top() }, {}), actions: [action] });
    const where = { id: message.channel, name: workspace.channel(message.channel)?.name ?? 'directmessage' };
    const response_url = door.responseUrl(message.channel, id, message.ts);
    return interact({ ...base, ...placePayload({ message, where }, { response_url }), actions: [action] });
  }

  async function suggestions(element: Element, block: Block, text: string): Promise<Option[]> {
    const least = element.min_query_length ?? 3;
    if (text.length < least) throw new Error(`Slack asks nothing before ${least} characters are typed`);
    const ack = await interact({
      ...interactionPayload(workspace, who, 'block_suggestion'),
      ...placePayload({ view: top() }, {}),
      action_id: element.action_id,
      block_id: block.block_id,
      value: text,
    });
    const body = (ack.body || {}) as { options?: Option[]; option_groups?: { options: Option[] }[] };
    for (const fault of faultsOfOptions(body as Json)) book.faults.push(`block_suggestion: ${fault}`);
    return body.options ?? (body.option_groups ?? []).flatMap((group) => group.options);
  }

  async function announce(event: Json, channel: string, deliveries: number): Promise<Ack[]> {
    const external = workspace.channel(channel)?.shared === 'external';
    const payload = eventPayload(workspace, event, external);
    const acks = [await deliverEvent(line, book, payload)];
    for (let number = 1; number < deliveries; number++) {
      acks.push(await redeliver(line, book, payload, number));
    }
    return acks;
  }

  const writer = (): Json => {
    const person = workspace.personOf(id);
    const team = String(workspace.detailsOf(id, false).team_id ?? workspace.teamId);
    return { user: id, team, ...(person?.bot ? { bot_id: `B${id.slice(1)}`, subtype: 'bot_message' } : {}) };
  };

  return {
    id,
    handle,
    async types(typed, where) {
      const at = await place(where?.in);
      const [command = '', ...words] = typed.split(' ');
      const links = { responseUrl: door.responseUrl(at.id, id), trigger: door.trigger(id) };
      const payload = commandPayload(workspace, who, at, { command, text: words.join(' ') }, links);
      const ack = await act({ kind: 'command', payload });
      if (ack.status === 200 && ack.body !== '') {
        const said = typeof ack.body === 'string' ? { text: ack.body } : (ack.body as Json);
        await respond(workspace, book, { channel: at.id, user: id, original: undefined, uses: 0 }, said);
      }
      return ack;
    },
    async presses(label, on) {
      const found = findElement(label, visible(), book.views(id).at(-1), on?.in, 'button');
      const { url, confirm } = found.element;
      const asked = confirm && `${textOfObject(confirm.title)}\n${textOfObject(confirm.text)}`;
      const ack = await use(found);
      return { ...ack, ...(url === undefined ? {} : { url }), ...(asked === undefined ? {} : { asked }) };
    },
    async chooses(option, on) {
      const found = findElement(on?.at ?? option, visible(), book.views(id).at(-1), on?.in, 'menu', option);
      const chosen = found.element.type.includes('external')
        ? pick(await suggestions(found.element, found.block, option), option)
        : optionOf(found.element, option);
      return use(found, chosen);
    },
    async searches(field, text) {
      const { element, block } = fieldOf(top(), field);
      return (await suggestions(element, block, text)).map((option) => textOfObject(option.text));
    },
    async submits(values) {
      const view = top();
      const missing = missingIn(view, values);
      if (Object.keys(missing).length > 0) return { errors: missing, ack: undefined };
      const state = await stateOf(view, values, async (element, block, text) =>
        pick(await suggestions(element, block, text), text),
      );
      const trigger = door.trigger(id);
      const base = interactionPayload(workspace, who, 'view_submission', trigger);
      const ack = await interact({ ...base, view: { ...view, state }, response_urls: [] });
      return { errors: await showAnswer(stage, id, view, ack), ack };
    },
    async closes() {
      const view = top();
      book.close(id, false);
      if (!view.notify_on_close) return;
      await interact({ ...interactionPayload(workspace, who, 'view_closed'), view, is_cleared: false });
    },
    async writes(text) {
      stage.check();
      const channel = await workspace.directOf(handle);
      const encoded = encode(text);
      const { ts } = await workspace.call('chat.postMessage', { channel, text: encoded }, handle);
      book.write({ channel, ts: String(ts), user: id, text: encoded, ephemeralTo: undefined });
      if (!stage.subscribed.has('message.im')) return undefined;
      const event = {
        type: 'message',
        ...writer(),
        channel,
        channel_type: 'im',
        text: encoded,
        blocks: richText(text),
        client_msg_id: crypto.randomUUID(),
        ts,
        event_ts: ts,
      };
      return (await announce(event, channel, 1))[0];
    },
    async drops(bytes, name, how = {}) {
      stage.check();
      const at = await place(how.in);
      const { file, ts } = await upload(stage, handle, at.id, bytes, name);
      if (how.as) door.alterFile(String(file.id), how.as);
      if (!workspace.botIsIn(at.id)) return { file: String(file.id), acks: [] };
      const event_ts = `${Date.now() / 1_000}`;
      const shared = {
        type: 'file_shared',
        channel_id: at.id,
        file_id: file.id,
        user_id: id,
        file: { id: file.id },
        event_ts,
      };
      const kind = kindOf(workspace, at.id);
      const message = {
        type: 'message',
        ...writer(),
        subtype: 'file_share',
        channel: at.id,
        channel_type: kind,
        text: '',
        files: [{ ...file, ...how.as }],
        upload: true,
        ts,
        event_ts: ts,
      };
      const channelEvent = { im: 'message.im', channel: 'message.channels', group: 'message.groups' }[kind];
      const events = [
        ...(stage.subscribed.has('file_shared') ? [shared] : []),
        ...(stage.subscribed.has(channelEvent) ? [message] : []),
      ];
      const acks = await Promise.all(events.map((event) => announce(event, at.id, how.deliveries ?? 1)));
      return { file: String(file.id), acks: acks.flat() };
    },
  };
}

function mayRead(workspace: Workspace, handle: string, channel: string): boolean {
  const seeded = workspace.channel(channel);
  return seeded ? seeded.members.includes(handle) : workspace.ownerOf(channel) === handle;
}

function kindOf(workspace: Workspace, channel: string): 'im' | 'group' | 'channel' {
  const seeded = workspace.channel(channel);
  if (!seeded) return 'im';
  return seeded.private ? 'group' : 'channel';
}

async function upload(
  { workspace, door }: Stage,
  handle: string,
  channel: string,
  content: Uint8Array | string,
  name: string,
): Promise<{ file: Json; ts: string }> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const ticket = await workspace.call(
    'files.getUploadURLExternal',
    { filename: name, length: bytes.byteLength },
    handle,
  );
  const headers = { 'content-type': 'application/octet-stream' };
  await fetch(String(ticket.upload_url), { method: 'POST', headers, body: Buffer.from(bytes) });
  const done = await workspace.call(
    'files.completeUploadExternal',
    { files: [{ id: ticket.file_id, title: name }], channel_id: channel },
    handle,
  );
  // Seen from outside, a file's addresses are the door's.
  const [file = {}] = JSON.parse(JSON.stringify(done.files).replaceAll(workspace.url, door.url)) as Json[];
  const shares = Object.values((file.shares ?? {}) as Record<string, Record<string, { ts: string }[]>>);
  return { file, ts: shares.map((share) => share[channel]?.[0]?.ts).find((ts) => ts !== undefined) ?? '0' };
}

/** The button (or menu) called `name`: in `only`, else in the open modal, else in the newest message that has it. */
function findElement(
  name: string,
  messages: readonly Message[],
  view: View | undefined,
  only: Message | undefined,
  kind: 'button' | 'menu',
  option?: string,
): { block: Block; element: Element; message?: Message } {
  const places: { blocks: readonly Block[]; message?: Message }[] = only
    ? [{ blocks: current(messages, only).blocks, message: current(messages, only) }]
    : [...(view ? [view] : []), ...messages.map((message) => ({ blocks: message.blocks, message }))];
  const matches = kind === 'button' ? isButton : isMenu;
  for (const exactly of [true, false]) {
    for (const { blocks, message } of places) {
      for (const block of blocks) {
        const element = interactiveOf(block).find((one) => matches(one, block, name, exactly, option));
        if (element) return { block, element, ...(message ? { message } : {}) };
      }
    }
  }
  const seen = places.flatMap(({ blocks }) =>
    blocks.flatMap(interactiveOf).map(({ text }) => textOfObject(text)),
  );
  throw new Error(`No ${kind} "${name}" to be seen; there are: ${seen.filter(Boolean).join(', ') || 'none'}`);
}

/** A message as it stands now, where the test holds an older copy. */
function current(messages: readonly Message[], message: Message): Message {
  return messages.find(({ channel, ts }) => channel === message.channel && ts === message.ts) ?? message;
}

function isButton(element: Element, _block: Block, name: string, exactly: boolean): boolean {
  if (element.type !== 'button') return false;
  const label = textOfObject(element.text);
  return exactly ? element.action_id === name || label === name : label.startsWith(name);
}

function isMenu(element: Element, block: Block, name: string, exactly: boolean, option?: string): boolean {
  if (element.type === 'button' || element.type.endsWith('_input')) return false;
  const called = [
    element.action_id,
    textOfObject(block.label ?? block.text),
    textOfObject(element.placeholder),
  ];
  if (called.includes(name)) return true;
  const options = [
    ...(element.options ?? []),
    ...(element.option_groups ?? []).flatMap((group) => group.options),
  ];
  return options
    .map(({ text }) => textOfObject(text))
    .some((text) => (exactly ? text === option : option !== undefined && text.startsWith(option)));
}
