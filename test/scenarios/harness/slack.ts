import { scopesOfMethod } from '../../../src/playground/slack/scopes.ts';
import { channels, people as seeded, team } from '../../support/people.ts';
import {
  type Actor,
  buttonsOf,
  fieldsOf,
  linksOf,
  type Message,
  type Slack,
  startSlack,
  textOf,
  textOfView,
} from '../../support/slack.ts';
import type { People, Person, Room, ScenarioOptions, Sight, Surface, World } from './conversation.ts';
import { eyesOn, patience, ROOMS } from './eyes.ts';
import { layGround } from './world.ts';

/** A world on Slack, with what only Slack has. */
export interface SlackWorld extends World {
  readonly slack: Slack;
}

export interface SlackSurface extends Surface {
  open(options?: ScenarioOptions): Promise<SlackWorld>;
  /** Which of the bot's scopes were needed by the calls in the worlds that are closed. */
  readonly needed: ReadonlySet<string>;
}

/** Conversations on Slack, by HTTP or by Socket Mode. */
export function slackSurface({ socketMode = false } = {}): SlackSurface {
  const needed = new Set<string>();
  return {
    needed,
    lacks: [],
    name: socketMode ? 'Slack, Socket Mode' : 'Slack',
    async open({ env = {}, server = false } = {}) {
      const slack = await startSlack({ team, users: seeded, channels, socketMode });
      const ground = await layGround({ ...slack.env, ...env }, server).catch(async (error: unknown) => {
        await slack.stop();
        throw error;
      });
      slack.talksTo(ground.program.url);
      const { mail, program, store, joins, opens } = ground;
      const place = { mail, program, store, joins, opens, transcript: slack.transcript };
      return {
        people: peopleOn(slack),
        place,
        slack,
        async close() {
          for (const scope of scopesNeeded(slack)) needed.add(scope);
          await ground.close().finally(() => slack.stop());
        },
      };
    },
  };
}

/** Everybody of the test organisation, at a Slack client. */
export function peopleOn(slack: Slack): People {
  const all = seeded.map(({ handle, name, email = '' }) => [
    handle,
    personOn(slack, handle, { name, email }),
  ]);
  return Object.fromEntries(all) as People;
}

function personOn(slack: Slack, handle: string, who: { name: string; email: string }): Person {
  const actor = slack.as(handle);
  const inRoom = (room: Room) => (room === 'bot' ? slack.dm(handle) : slack.messagesFor(handle, `#${room}`));
  const { acts, news, ...eyes } = eyesOn({
    handle,
    now: () => slack.now,
    shows: (room) =>
      inRoom(room)
        .filter(({ user }) => user !== actor.id)
        .map((message) => ({ sight: sightOf(message, room), changed: message.changed })),
    until: slack.until,
  });

  return {
    ...who,
    ...eyes,
    async types(line, room = 'bot') {
      await acts(() => actor.types(line, { in: roomName(room) }));
    },
    async writes(text) {
      await acts(() => actor.writes(text));
    },
    async drops({ name, bytes }, room = 'bot') {
      await acts(() => actor.drops(bytes, name, { in: roomName(room) }));
    },
    gets: (name) =>
      slack.until(
        () =>
          news()
            .flatMap(({ sight }) => messageOf(inRoom(sight.room), sight).files)
            .map(slack.file)
            .find((file) => file.name === name),
        { what: `the file ${name} for ${handle}`, deadline: patience },
      ),
    async presses(label, on) {
      await slack.until(() => canPress(slack, actor, label, inRoom, on), {
        what: `the button "${label}" for ${handle}`,
        deadline: patience,
      });
      await acts(() => actor.presses(label, on ? { in: messageOf(inRoom(on.room), on) } : {}));
    },
    async seesForm(title) {
      const view = await slack.until(
        () => {
          const open = slack.modal(handle);
          return open && (title === undefined || open.title?.text === title) ? open : undefined;
        },
        { what: `a form${title ? ` "${title}"` : ''} for ${handle}`, deadline: patience },
      );
      return { title: view.title?.text ?? '', text: textOfView(view), fields: fieldsOf(view) };
    },
    searches: (field, text) => actor.searches(field, text),
    fills: (values) => acts(async () => (await actor.submits(values)).errors),
    closesForm: () => acts(() => actor.closes()),
  };
}

function canPress(
  slack: Slack,
  actor: Actor,
  label: string,
  inRoom: (room: Room) => Message[],
  on?: Sight,
): boolean {
  const messages = on ? [messageOf(inRoom(on.room), on)] : ROOMS.flatMap(inRoom);
  const labels = [...messages, ...[slack.modal(actor.handle)].filter((view) => view !== undefined)].flatMap(
    buttonsOf,
  );
  return labels.some((one) => one.startsWith(label));
}

function messageOf(messages: readonly Message[], { id }: Sight): Message {
  const message = messages.find((one) => idOf(one) === id);
  if (!message) throw new Error('That message is gone');
  return message;
}

function sightOf(message: Message, room: Room): Sight {
  return {
    id: idOf(message),
    room,
    text: textOf(message),
    buttons: buttonsOf(message),
    links: linksOf(message),
    mine: room === 'bot' || message.ephemeralTo !== undefined,
  };
}

function idOf({ channel, ts }: Message): string {
  return `${channel}/${ts}`;
}

function roomName(room: Room): string {
  return room === 'bot' ? 'dm' : `#${room}`;
}

/** The beginning of a scope's name by that of a conversation's id. */
const kindOf: Readonly<Record<string, string>> = { C: 'channels:', G: 'mpim:' };

/** The scopes that the bot's calls so far would not have been answered without. */
function scopesNeeded({ calls, id }: Slack): string[] {
  const kinds: Readonly<Record<string, string>> = { [id('#secret')]: 'groups:' };
  return calls.flatMap(({ method, args, answer }) => {
    // That there is no such channel for the bot is said of those alone that it may ask about.
    if (answer?.ok === false && answer.error !== 'channel_not_found') return [];
    if (method === 'file') return ['files:read'];
    if (method === 'upload') return ['files:write'];
    const profile = method === 'users.info' ? ['users:read.email'] : [];
    const channel = String(args.channel ?? '');
    const kind = kinds[channel] ?? kindOf[channel.charAt(0)] ?? 'im:';
    const needs = scopesOfMethod[method] ?? [];
    return [
      ...profile,
      ...needs.flatMap((need) =>
        typeof need === 'string' ? [need] : need.filter((one) => one.startsWith(kind)),
      ),
    ];
  });
}
