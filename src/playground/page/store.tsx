import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { type Say, speaker } from '../../rules/language.ts';
import type { Act, Done } from '../wire.ts';
import { readAddress, type Standpoint, writeAddress } from './address.ts';
import * as api from './api.ts';
import { type Doing, DoingProvider } from './blocks/doing.ts';
import { demo } from './demo.ts';
import { blank, recall, remember } from './keep.ts';
import { hearChanges, oneAtATime } from './live.ts';
import { LanguageProvider } from './say.ts';
import { type Action, freshMessages, reduce, type State, type Toast } from './state.ts';
import { follow, type Trace } from './tour-steps.ts';

/** The page's state, and what can be done. */
export interface Store {
  state: State;
  dispatch(action: Action): void;
  /** Goes to a person's room: the address changes, and the page follows. */
  go(at: Standpoint): void;
  /** Acts as whoever the page shows. Errors are told in a toast, but for a form's own. */
  act(act: Act): Promise<Done>;
  drop(room: string, name: string, bytes: Blob): Promise<void>;
  /** Goes to a room, and drops a sample file there: the first where none is named. */
  dropSample(at: Standpoint, name?: string): Promise<void>;
  startOver(): Promise<void>;
  /** Tells the tour. */
  trace(trace: Trace): void;
}

const Context = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(Context);
  if (!store) throw new Error('No store around this component');
  return store;
}

const start = (): State => ({
  at: readAddress(location.hash) ?? { handle: demo.administrator, room: undefined },
  scene: null,
  mail: [],
  samples: [],
  there: true,
  drafts: {},
  written: null,
  toasts: [],
  pane: 'chat',
  mailSearch: '',
  letter: null,
  world: null,
  ...blank,
});

export function StoreProvider({ children }: { children: ComponentChildren }) {
  const [state, dispatch] = useReducer(reduce, undefined, start);
  const now = useRef(state);
  now.current = state;
  const doings = useMemo(() => createDoings(() => now.current, dispatch), []);
  useEffect(doings.attend, [doings]);
  useEffect(() => void doings.freshChat(), [doings, state.at.handle]);
  const { scene, world } = state;
  for (const name of ['opened', 'seen', 'tour', 'tourShown'] as const)
    useEffect(() => remember(world, name, state[name]), [world, state[name]]);
  const before = useRef(scene);
  useEffect(() => {
    if (scene)
      for (const { text } of freshMessages(before.current, scene)) doings.trace({ kind: 'said', text });
    before.current = scene;
  }, [doings, scene]);
  return (
    <Context.Provider value={{ state, dispatch, ...doings }}>
      <LanguageProvider value={scene?.me.language ?? 'sv'}>
        <DoingProvider value={doings.doing}>{children}</DoingProvider>
      </LanguageProvider>
    </Context.Provider>
  );
}

let toasts = 0;

/** What the program takes, in bytes. */
const largestFile = 200 * 1024 * 1024;

function createDoings(now: () => State, dispatch: (action: Action) => void) {
  const say: Say = (sv, en) => speaker(now().scene?.me.language ?? 'sv')(sv, en);

  function toast(text: string, tone: Toast['tone'] = 'fault'): void {
    dispatch({ type: 'toast', toast: { id: ++toasts, text, tone } });
  }

  const go = (at: Standpoint): void => {
    location.hash = writeAddress(at);
  };

  const freshChat = oneAtATime(async () => {
    const { handle } = now().at;
    try {
      const scene = await api.fetchScene(handle);
      const { world } = scene;
      if (world !== now().world) dispatch({ type: 'world', world, memory: recall(world) });
      dispatch({ type: 'scene', scene });
    } catch (error) {
      const unknown = error instanceof api.Unanswered && error.status === 404;
      if (unknown && handle !== demo.administrator) go({ handle: demo.administrator, room: undefined });
    }
    // Somebody else acts by now: their scene is still to be fetched.
    if (now().at.handle !== handle) setTimeout(freshChat);
  });

  const freshMail = oneAtATime(async () => {
    const mail = await api.fetchMail().catch(() => undefined);
    if (mail) dispatch({ type: 'mail', mail });
  });

  const freshSamples = oneAtATime(async () => {
    const samples = await api.fetchSamples().catch(() => undefined);
    if (samples) dispatch({ type: 'samples', samples });
  });

  function trace(one: Trace): void {
    const { tour } = now();
    const next = follow(tour, one);
    if (next !== tour) dispatch({ type: 'tour', tour: next });
  }

  /** What came of something that was sent; a toast says what went wrong. */
  async function told(sent: Promise<Done>): Promise<Done> {
    try {
      const done = await sent;
      if (done.error) toast(done.error);
      return done;
    } catch {
      const error = say(
        'Programmet svarade inte. Är det igång?',
        'The program did not answer. Is it running?',
      );
      toast(error);
      return { error };
    } finally {
      void freshChat();
    }
  }

  async function act(one: Act): Promise<Done> {
    const done = await told(api.sendAct(now().at.handle, one));
    if (one.act === 'command' && !done.error) trace({ kind: 'line', text: one.line });
    return done;
  }

  const doing: Doing = {
    async press(at, label) {
      const { error } = await act({ act: 'press', at });
      if (!error) trace({ kind: 'press', text: label });
    },
    choose: (at, value) => act({ act: 'choose', at, value }),
    search: async (at, text) => (await act({ act: 'search', at, text })).choices ?? [],
  };

  async function upload(handle: string, room: string, name: string, bytes: Blob): Promise<Done> {
    if (bytes.size > largestFile)
      return { error: say(`${name} är större än 200 MB.`, `${name} is larger than 200 MB.`) };
    const done = await api.sendFile(handle, room, name, bytes);
    if (!done.error) trace({ kind: 'drop', text: name });
    return done;
  }

  async function drop(room: string, name: string, bytes: Blob): Promise<void> {
    await told(upload(now().at.handle, room, name, bytes));
  }

  async function uploadSample(at: Standpoint, wanted: string | undefined): Promise<Done> {
    const name = wanted ?? (await api.fetchSamples())[0]?.name ?? '';
    const [bytes, scene] = await Promise.all([api.fetchSample(name), api.fetchScene(at.handle)]);
    const room = scene.rooms.find((one) => one.name === at.room);
    return upload(at.handle, room?.id ?? '', name, bytes);
  }

  async function dropSample(at: Standpoint, name?: string): Promise<void> {
    go(at);
    dispatch({ type: 'pane', pane: 'chat' });
    await told(uploadSample(at, name));
  }

  let startingOver = false;

  /** The program goes away and comes back; then the page begins anew. */
  async function startOver(): Promise<void> {
    const { error } = await told(api.startOver());
    startingOver = error === undefined;
    if (error === undefined) await new Promise(() => {});
  }

  function onState(there: boolean): void {
    if (there && startingOver && !now().there) location.replace('/');
    if (there) void freshSamples();
    dispatch({ type: 'there', there });
  }

  /** Hears of changes, and follows the address, until the returned function is called. */
  function attend(): () => void {
    const follow = () => {
      const at = readAddress(location.hash);
      if (at) dispatch({ type: 'went', at });
    };
    window.addEventListener('hashchange', follow);
    if (!readAddress(location.hash)) history.replaceState(null, '', writeAddress(now().at));
    const end = hearChanges((part) => void (part === 'chat' ? freshChat() : freshMail()), onState);
    return () => {
      window.removeEventListener('hashchange', follow);
      end();
    };
  }

  return { go, act, doing, drop, dropSample, startOver, trace, freshChat, freshMail, attend };
}
