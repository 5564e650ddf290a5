import type { Place } from '../../src/core/command.ts';
import { CannotHand, CannotPost, type MessageRef, type Outbox, type Profile } from '../../src/core/outbox.ts';
import { plain } from '../../src/core/plain.ts';
import type { MessageView, Pressable } from '../../src/core/view.ts';
import type { Language } from '../../src/rules/language.ts';

/** A message that the bot posted, with everything that it has shown so far. */
export interface Posted {
  place: Place;
  /** As plain text: first what was posted, then what each edit made of it. */
  shown: string[];
  view: MessageView<Pressable>;
}

/** A chat platform in memory: it knows people, and remembers what was posted. */
export interface Platform {
  outbox: Outbox;
  /** By platform id. */
  people: Map<string, Profile>;
  posted: Posted[];
  /** Whom it was asked about, in order. */
  asked: string[];
  /** Ids of places where the bot is not let in. */
  closed: Set<string>;
  /** Ids of places that another organisation reads along in. */
  shared: Set<string>;
  /** While set, it answers nothing but this error. */
  away: Error | undefined;
  /** What posting waits for first. */
  slow: Promise<unknown>;
}

const tenant = 'T1';

/** A place that others read. */
export const channel: Place = { surface: 'test', tenant, id: 'C1', kind: 'channel' };

/** The bot's direct conversation with somebody. */
export const directWith = (platformId: string): Place => ({
  surface: 'test',
  tenant,
  id: `D-${platformId}`,
  kind: 'direct',
});

/** Makes a platform where these people are: by platform id, what it says of each. */
export function createPlatform(people: Readonly<Record<string, Profile>> = {}): Platform {
  const platform: Platform = {
    people: new Map(Object.entries(people)),
    posted: [],
    asked: [],
    closed: new Set(),
    shared: new Set(),
    away: undefined,
    slow: Promise.resolve(),
    outbox: {
      async post(place, view, language): Promise<MessageRef> {
        await answers(place);
        platform.posted.push({ place, shown: [plain(view, language)], view });
        return { index: String(platform.posted.length - 1) };
      },
      async edit({ index }, view, language) {
        const message = platform.posted[Number(index)];
        if (!message) throw new Error(`No message ${index} was posted`);
        await answers(message.place);
        Object.assign(message, { view, shown: [...message.shown, plain(view, language)] });
      },
      direct: async (_tenant, platformId) => directWith(platformId),
      async profile(_tenant, platformId) {
        platform.asked.push(platformId);
        await answers();
        return platform.people.get(platformId) ?? { name: '', refused: 'gone' };
      },
      placeFacts: async ({ id }) => ({
        canPost: !platform.closed.has(id),
        shared: platform.shared.has(id),
        takesFiles: true,
      }),
      hand: async () => {
        throw new CannotHand('Nobody hands over files here');
      },
      whisper: async () => {
        throw new Error('Nobody whispers here');
      },
      download: async () => {
        throw new Error('There are no files here');
      },
    },
  };

  async function answers(place?: Place): Promise<void> {
    await platform.slow;
    if (platform.away) throw platform.away;
    if (place && platform.closed.has(place.id)) throw new CannotPost();
  }
  return platform;
}

/** A view as a person sees it: its text, then its buttons in brackets. */
export function seen(view: MessageView<Pressable>, language: Language = 'en'): string {
  const rows = view.kind === 'table' ? view.rows.flatMap(({ action }) => action ?? []) : [];
  const labels = [...rows, ...(view.actions ?? [])].map(({ label }) => `[${label}]`);
  return [plain(view, language), labels.join(' ')].filter(Boolean).join('\n');
}
