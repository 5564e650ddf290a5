import { actionsOf, cardsOf } from '../../../src/playground/teams/cards.ts';
import type { Action, Message } from '../../../src/playground/teams/types.ts';
import { stores } from '../../support/database.ts';
import { teamsGroups, teamsPeople, teamsTeams, tenant } from '../../support/people.ts';
import {
  buttonsOf,
  fieldsOf,
  linksOf,
  startTeams,
  type Teams,
  textOf,
  textOfDialog,
} from '../../support/teams.ts';
import type { People, Person, Room, ScenarioOptions, Sight, Surface, World } from './conversation.ts';
import { eyesOn, patience, ROOMS } from './eyes.ts';
import { layGround } from './world.ts';

/** A world on Teams, with what only Teams has. */
export interface TeamsWorld extends World {
  readonly teams: Teams;
}

export interface TeamsSurface extends Surface {
  open(options?: ScenarioOptions): Promise<TeamsWorld>;
}

/** Conversations on Teams. Slack's are held on the embedded store: these are on a server, where one is installed. */
export function teamsSurface(): TeamsSurface {
  return {
    name: 'Teams',
    lacks: [
      'files in channels',
      'commands where the bot is not',
      'strangers alone with the bot',
      'bots that ask',
    ],
    async open({ env = {}, server = stores.includes('server') } = {}) {
      const teams = await startTeams({
        tenant,
        people: teamsPeople,
        teams: teamsTeams,
        groups: teamsGroups,
      });
      const ground = await layGround({ ...teams.env, ...env }, server).catch(async (error: unknown) => {
        await teams.stop();
        throw error;
      });
      teams.talksTo(ground.program.url);
      const { mail, program, store, joins, opens } = ground;
      return {
        people: peopleOn(teams),
        place: { mail, program, store, joins, opens, transcript: teams.transcript },
        teams,
        close: () => ground.close().finally(() => teams.stop()),
      };
    },
  };
}

/** Everybody of the test organisation, at a Teams client. */
function peopleOn(teams: Teams): People {
  const all = teamsPeople.map(({ handle, name, email = '' }) => [
    handle,
    personOn(teams, handle, { name, email }),
  ]);
  return Object.fromEntries(all) as People;
}

function personOn(teams: Teams, handle: string, who: { name: string; email: string }): Person {
  const actor = teams.as(handle);
  const inRoom = (room: Room) => (room === 'bot' ? teams.chat(handle) : teams.messagesFor(handle, room));
  const { acts, news, ...eyes } = eyesOn({
    handle,
    now: () => teams.now,
    shows: (room) =>
      inRoom(room)
        .filter(({ by }) => by === teams.bot)
        .map((message) => ({ sight: sightOf(message, room), changed: message.changed })),
    // What is for one person alone stands in their own chat; beside what they hid themselves, nothing in a channel is.
    looksIn: ({ in: room, mine }) =>
      mine ? { in: 'bot' } : { ...(room ? { in: room } : {}), ...(mine === undefined ? {} : { mine }) },
    until: teams.until,
  });

  /** A press of the button that opens a form, where one came since the last act. */
  async function opensForm(pressed: Set<string>): Promise<void> {
    const found = news()
      .map(({ sight }) => ({ sight, opener: openerOf(messageOf(inRoom(sight.room), sight)) }))
      .find(({ sight, opener }) => opener && !pressed.has(sight.id));
    if (!found?.opener) return;
    pressed.add(found.sight.id);
    await actor.presses(found.opener.title ?? '', { in: messageOf(inRoom(found.sight.room), found.sight) });
  }

  return {
    ...who,
    ...eyes,
    async types(line, room = 'bot') {
      const inChannel = `@vc ${line.replace(/^\/vc\s*/, '')}`;
      await acts(() => (room === 'bot' ? actor.writes(line) : actor.writes(inChannel, { in: room })));
    },
    async writes(text) {
      await acts(() => actor.writes(text));
    },
    async drops({ name, bytes }, room = 'bot') {
      await acts(() => actor.drops(bytes, name, room === 'bot' ? {} : { in: room, text: '@vc' }));
    },
    async gets(name) {
      const options = { what: `the file ${name} for ${handle}`, deadline: patience };
      const newest = () => news().map(({ sight }) => messageOf(inRoom(sight.room), sight));
      const isOffered = (message: Message) => message.attachments.some((one) => one.name === name);
      await teams.until(() => newest().some(isOffered), options);
      const { error } = await actor.consents(true);
      if (error) throw new Error(`Teams says to ${handle} of the file ${name}: ${error.en}`);
      return teams.until(
        () =>
          newest()
            .map(teams.file)
            .find((file) => file?.name === name),
        options,
      );
    },
    async presses(label, on) {
      await teams.until(() => canPress(label, inRoom, on), {
        what: `the button "${label}" for ${handle}`,
        deadline: patience,
      });
      const { error } = await acts(() =>
        actor.presses(label, on ? { in: messageOf(inRoom(on.room), on) } : {}),
      );
      if (error) throw new Error(`Teams says to ${handle} of "${label}": ${error.en}`);
    },
    async seesForm(title) {
      const pressed = new Set<string>();
      const dialog = await teams.until(
        async () => {
          if (!teams.dialog(handle)) await opensForm(pressed);
          const open = teams.dialog(handle);
          return open?.card && (title === undefined || open.title === title) ? open : undefined;
        },
        { what: `a form${title ? ` "${title}"` : ''} for ${handle}`, deadline: patience },
      );
      return {
        title: dialog.title,
        text: textOfDialog(dialog),
        fields: dialog.card ? fieldsOf(dialog.card) : [],
      };
    },
    searches: (field, text) => actor.searches(field, text),
    fills: (values) => acts(async () => (await actor.submits(values)).errors),
    closesForm: () => acts(async () => actor.closes()),
  };
}

/** The button of a message that opens a form. */
function openerOf(message: Message): Action | undefined {
  return cardsOf(message)
    .flatMap((card) => actionsOf(card))
    .map(({ action }) => action)
    .find(({ data }) => data !== undefined && 'msteams' in data);
}

function canPress(label: string, inRoom: (room: Room) => Message[], on?: Sight): boolean {
  const messages = on ? [messageOf(inRoom(on.room), on)] : ROOMS.flatMap(inRoom);
  return messages.flatMap(buttonsOf).some((one) => one.startsWith(label));
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
    mine: room === 'bot' || message.onlyFor !== undefined,
  };
}

function idOf({ room, id }: Message): string {
  return `${room}/${id}`;
}
