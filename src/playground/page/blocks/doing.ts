import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Choice, Spot } from '../../wire.ts';

/** Where blocks stand: in a message, or (without both) in the open form. */
export interface Standing {
  readonly room?: string;
  readonly message?: string;
}

/** What buttons and menus do; where nothing is given, as in the gallery, nothing. */
export interface Doing {
  press(at: Spot): Promise<unknown>;
  choose(at: Spot, value: string): Promise<unknown>;
  search(at: Spot, text: string): Promise<readonly Choice[]>;
}

const idle: Doing = {
  press: async () => {},
  choose: async () => {},
  search: async () => [],
};

const Context = createContext(idle);
export const DoingProvider = Context.Provider;
export const useDoing = () => useContext(Context);
