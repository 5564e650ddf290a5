import type { Database } from '../../src/database/database.ts';
import type { Card } from '../../src/teams/cards/card.ts';
import { textOfCard } from '../support/teams/read.ts';
import { until } from '../support/until.ts';
import type { Where } from './activities.ts';
import { type Call, type ScriptedConnector, startConnector } from './connector.ts';
import { type House, openHouse } from './house.ts';
import { anna, guest, lena, stranger } from './people.ts';

/** The channel that everybody is in. */
export const hrId = '19:hr@thread.tacv2';
/** Somebody's own chat with the bot, by what Teams calls them. */
export const ownChat = (id: string) => `a:${id}`;

/** The door, asked by people of a Teams that answers as it is told. */
export interface Setting {
  teams: ScriptedConnector;
  house: House;
  /** Where somebody's own chat is, and the channel. */
  chat: Where;
  hr: Where;
  /** The messages that the bot posted, all or those of one conversation. */
  posts(conversation?: string): Call[];
  /** Waits for so many, and gives what is read in each. */
  posted(count: number, conversation?: string): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts everything; nothing was said before. */
export async function openSetting(database: Database): Promise<Setting> {
  const teams = await startConnector();
  const house = await openHouse(database, { asksWho: true });
  const chat = { serviceUrl: `${teams.url}/emea/` };
  for (const one of [lena, anna, guest, stranger]) teams.rosters.set(ownChat(one.id), [one]);
  teams.rosters.set(hrId, [lena, anna, guest, stranger]);
  const posts = (conversation?: string) =>
    teams.calls.filter(
      (call) => call.what === 'post' && (conversation ?? call.conversation) === call.conversation,
    );
  return {
    teams,
    house,
    chat,
    hr: { ...chat, channel: hrId },
    posts,
    posted: (count, conversation) =>
      until(() => posts(conversation).length === count && posts(conversation).map(textOf), {
        what: `${count} messages`,
        seen: () => [teams.calls, house.logged],
      }),
    async stop() {
      await house.stop();
      await teams.stop();
    },
  };
}

/** What is read in a message, without its buttons. */
export function textOf(call: Call): string {
  return textOfCard({ ...cardOf(call), actions: [] });
}

/** The card of a message. */
export function cardOf(call: Call | undefined): Card {
  const [card] = (call?.body.attachments ?? []) as { content: Card }[];
  if (!card) throw new Error('There is no card');
  return card.content;
}

/** What a button of a message sends. */
export function dataOf(call: Call | undefined, title: string): object {
  return sentBy(cardOf(call).actions?.find((action) => action.title === title));
}

/** What a button sends. */
export function sentBy(action: NonNullable<Card['actions']>[number] | undefined): object {
  return action && 'data' in action ? action.data : {};
}
