import type { UntilOptions } from '../../support/until.ts';
import type { Person, Room, Seeing, Sight } from './conversation.ts';

/** Every room that conversations are held in. */
export const ROOMS: readonly Room[] = ['hr', 'random', 'secret', 'shared', 'bot'];

/** How long something may take to be seen on a busy machine, in milliseconds. */
export const patience = 45_000;

/** A message before somebody's eyes; `changed` is the moment of its last change, on the screen's clock. */
export interface Shown {
  readonly sight: Sight;
  readonly changed: number;
}

/** What one person has before them. */
export interface Screen {
  readonly handle: string;
  now(): number;
  /** What others say in a room, oldest first. */
  shows(room: Room): readonly Shown[];
  /** Where to look for what is looked for in a room. */
  looksIn?(seeing: Seeing): Pick<Seeing, 'in' | 'mine'>;
  until<T>(find: () => T, options: UntilOptions): Promise<Exclude<T, undefined | null | false>>;
}

/** A person's eyes: what they see, and what is new since their last act. */
export interface Eyes extends Pick<Person, 'sees' | 'doesNotSee' | 'reads'> {
  /** Acts: what was there before is old from now on. */
  acts<T>(act: () => Promise<T>): Promise<T>;
  /** What is new, the last changed first. */
  news(): Shown[];
}

export function eyesOn(screen: Screen): Eyes {
  const { handle, now, shows, looksIn = (seeing) => seeing } = screen;
  let lastAct = 0;
  const newestFirst = (rooms: readonly Room[]) =>
    rooms.flatMap(shows).toSorted((a, b) => b.changed - a.changed);
  const isNew = ({ changed }: Shown) => changed > lastAct;

  function find(text: string | RegExp, seeing: Seeing): Sight | undefined {
    const { in: room, mine } = looksIn(seeing);
    return newestFirst(room ? [room] : ROOMS)
      .filter((shown) => seeing.ever || isNew(shown))
      .filter(({ sight }) => mine === undefined || sight.mine === mine)
      .find(({ sight }) => matches(sight.text, text))?.sight;
  }

  return {
    async acts(act) {
      lastAct = now();
      return act();
    },
    news: () => newestFirst(ROOMS).filter(isNew),
    sees: (text, seeing = {}) =>
      screen.until(() => find(text, seeing), {
        what: `${handle} sees ${text}`,
        deadline: patience,
        ...seeing,
      }),
    doesNotSee(text, room) {
      const found = newestFirst(room ? [room] : ROOMS).find(({ sight }) => matches(sight.text, text));
      if (found) throw new Error(`${handle} sees ${text} in ${found.sight.room}:\n${found.sight.text}`);
    },
    reads: (room) => shows(room).map(({ sight }) => sight),
  };
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text);
}
