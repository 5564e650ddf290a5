import type { Choice, Dialog } from './types.ts';

/** The open dialogs, one a person, and what their lists offered last. */
export interface Dialogs {
  /** Of a person (an id). */
  of(user: string): Dialog | undefined;
  /** Opens a dialog, or puts it in the place of the open one. */
  show(user: string, dialog: Dialog): void;
  close(user: string): void;
  /** Remembers what a list offered last, to know the choice that is made then. */
  offer(user: string, input: string, choices: readonly Choice[]): void;
  offered(user: string, input: string): readonly Choice[];
}

export function watchDialogs(book: { changed(): void }): Dialogs {
  const open = new Map<string, Dialog>();
  const offers = new Map<string, readonly Choice[]>();
  const forget = (user: string) => {
    for (const key of offers.keys()) if (key.startsWith(`${user} `)) offers.delete(key);
  };
  return {
    of: (user) => open.get(user),
    show(user, dialog) {
      if (open.get(user)?.id !== dialog.id) forget(user);
      open.set(user, dialog);
      book.changed();
    },
    close(user) {
      forget(user);
      open.delete(user);
      book.changed();
    },
    offer: (user, input, choices) => offers.set(`${user} ${input}`, choices),
    offered: (user, input) => offers.get(`${user} ${input}`) ?? [],
  };
}
