import { type ComponentChildren, createContext } from 'preact';
import { useContext, useEffect, useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';
import { type Say, speaker } from '../../rules/language.ts';
import { formatSize, largestFile } from '../../rules/size.ts';
import type { Act, Done, TeamsAct, TourState } from '../wire.ts';
import { readAddress, type Standpoint, writeAddress } from './address.ts';
import * as api from './api.ts';
import { type Doing, DoingProvider } from './blocks/doing.ts';
import { casts } from './demo.ts';
import { blank, recall, remember } from './keep.ts';
import { hearChanges, oneAtATime, type Part } from './live.ts';
import { browserLanguage, LanguageProvider } from './say.ts';
import { type Action, reduce, type State, type Toast } from './state.ts';

/** The page's state, and what can be done. */
export interface Store {
  state: State;
  dispatch(action: Action): void;
  /** Goes to a person's room: the address changes, and the page follows. */
  go(at: Standpoint): void;
  /** Acts as whoever the page shows. Errors are told in a toast, but for a form's own. */
  act(act: Act): Promise<Done>;
  actInTeams(act: TeamsAct): Promise<Done>;
  drop(room: string, name: string, bytes: Blob): Promise<void>;
  /** Goes to a room, and drops a sample file there: the first where none is named. */
  dropSample(at: Standpoint, name?: string): Promise<void>;
  startOver(): Promise<void>;
}

const Context = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(Context);
  if (!store) throw new Error('No store around this component');
  return store;
}

/** Whoever comes without an address begins in Slack, as an administrator who speaks their language. */
const newcomer = (): Standpoint => ({
  surface: 'slack',
  handle: casts[browserLanguage()].administrator.handle,
  room: undefined,
});

const start = (): State => ({
  at: readAddress(location.hash) ?? newcomer(),
  scene: null,
  mail: [],
  samples: [],
  tour: null,
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
  useEffect(() => void doings.freshChat(), [doings, state.at.surface, state.at.handle]);
  const { world } = state;
  // At once: the page may be closed or loaded again right after.
  for (const name of ['opened', 'seen', 'tourShown'] as const)
    useLayoutEffect(() => remember(world, name, state[name]), [world, state[name]]);
  return (
    <Context.Provider value={{ state, dispatch, ...doings }}>
      <LanguageProvider value={languageOf(state)}>
        <DoingProvider value={doings.doing}>{children}</DoingProvider>
      </LanguageProvider>
    </Context.Provider>
  );
}

const languageOf = ({ scene }: State) => scene?.me.language ?? browserLanguage();

let toasts = 0;

const isOver = (tour: TourState | null) => tour !== null && Object.values(tour).every(Boolean);

/** How often it is looked which steps of the tour have been done, in milliseconds. */
const tourEveryMs = 1_000;

function createDoings(now: () => State, dispatch: (action: Action) => void) {
  const language = () => languageOf(now());
  const say: Say = (sv, en) => speaker(language())(sv, en);

  function toast(text: string, tone: Toast['tone'] = 'fault'): void {
    dispatch({ type: 'toast', toast: { id: ++toasts, text, tone } });
  }

  let startingOver = false;

  const go = (at: Standpoint): void => {
    location.hash = writeAddress(at);
  };

  const freshChat = oneAtATime(async () => {
    const { surface, handle } = now().at;
    try {
      const scene = await api.fetchScene(surface, handle);
      const { world } = scene;
      if (startingOver && world !== now().world) return location.replace('/');
      if (world !== now().world) dispatch({ type: 'world', world, memory: recall(world) });
      dispatch({ type: 'scene', scene });
    } catch (error) {
      const unknown = error instanceof api.Unanswered && error.status === 404;
      if (unknown && handle !== newcomer().handle) go({ ...newcomer(), surface });
    }
    // Somebody else acts by now, or elsewhere: that scene is still to be fetched.
    const { at } = now();
    if (at.handle !== handle || at.surface !== surface) setTimeout(freshChat);
  });

  const freshMail = oneAtATime(async () => {
    const mail = await api.fetchMail().catch(() => undefined);
    if (mail && !startingOver) dispatch({ type: 'mail', mail });
  });

  const freshSamples = oneAtATime(async () => {
    const samples = await api.fetchSamples().catch(() => undefined);
    if (samples) dispatch({ type: 'samples', samples });
  });

  const freshTour = oneAtATime(async () => {
    const tour = await api.fetchTour().catch(() => undefined);
    if (tour && !startingOver) dispatch({ type: 'tour', tour });
  });

  /** Steps are done in other windows too, of which the chat says nothing. */
  function lookAtTour(): void {
    const { there, tour } = now();
    if (there && !document.hidden && !isOver(tour)) void freshTour();
  }

  /** What came of something that was sent; a toast says what went wrong. */
  async function told(sent: Promise<Done>): Promise<Done> {
    try {
      const done = await sent;
      if (done.error) toast(done.error);
      if (done.notice) toast(done.notice, 'plain');
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

  const act = (one: Act): Promise<Done> => told(api.actInSlack(now().at.handle, one));
  const actInTeams = (one: TeamsAct): Promise<Done> => told(api.actInTeams(now().at.handle, one));

  const doing: Doing = {
    press: (at) => act({ act: 'press', at }),
    choose: (at, value) => act({ act: 'choose', at, value }),
    search: async (at, text) => (await act({ act: 'search', at, text })).choices ?? [],
  };

  async function upload(
    { surface, handle }: Standpoint,
    room: string,
    name: string,
    bytes: Blob,
  ): Promise<Done> {
    if (bytes.size > largestFile) {
      const most = formatSize(largestFile, language());
      return { error: say(`${name} är större än ${most}.`, `${name} is larger than ${most}.`) };
    }
    return api.sendFile(surface, handle, room, name, bytes);
  }

  async function drop(room: string, name: string, bytes: Blob): Promise<void> {
    await told(upload(now().at, room, name, bytes));
  }

  async function uploadSample(at: Standpoint, wanted: string | undefined): Promise<Done> {
    const name = wanted ?? (await api.fetchSamples())[0]?.name ?? '';
    const [bytes, scene] = await Promise.all([api.fetchSample(name), api.fetchScene(at.surface, at.handle)]);
    const rooms: readonly { id: string; name: string }[] = scene.rooms;
    const room = rooms.find((one) => one.name === at.room);
    return upload(at, room?.id ?? '', name, bytes);
  }

  async function dropSample(at: Standpoint, name?: string): Promise<void> {
    go(at);
    dispatch({ type: 'pane', pane: 'chat' });
    await told(uploadSample(at, name));
  }

  /** The program goes away and comes back with another world; then the page begins anew. */
  async function startOver(): Promise<void> {
    const { error } = await told(api.startOver());
    startingOver = error === undefined;
    if (error === undefined) await new Promise(() => {});
  }

  function onState(there: boolean): void {
    if (there) void freshSamples();
    if (there) void freshTour();
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
    const onChange = (part: Part) => {
      if (part === 'mail') void freshMail();
      else if (part === now().at.surface) void freshChat();
    };
    const end = hearChanges(onChange, onState);
    const looking = setInterval(lookAtTour, tourEveryMs);
    return () => {
      window.removeEventListener('hashchange', follow);
      clearInterval(looking);
      end();
    };
  }

  return { go, act, actInTeams, doing, drop, dropSample, startOver, freshChat, attend };
}
