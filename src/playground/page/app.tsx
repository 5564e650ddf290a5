import { useLayoutEffect } from 'preact/hooks';
import type { Scene } from '../wire.ts';
import { writeAddress } from './address.ts';
import { Room } from './chat/room.tsx';
import { Sidebar } from './chat/sidebar.tsx';
import { demo } from './demo.ts';
import { Mailbox } from './mail/mailbox.tsx';
import { Modal } from './modal.tsx';
import { useSay } from './say.ts';
import { StartOver } from './start-over.tsx';
import { isFrom, unread } from './state.ts';
import { useStore } from './store.tsx';
import { InTeams } from './teams/lazy.tsx';
import { Toasts } from './toasts.tsx';
import { Tour } from './tour.tsx';

/** The whole page: the chat on the left, what to try and the company's mail on the right; on a phone one at a time. */
export function App() {
  const { state } = useStore();
  const say = useSay();
  const language = state.scene?.me.language;
  // Together with the text: whoever listens to the page never hears one language as the other.
  useLayoutEffect(() => {
    if (language) document.documentElement.lang = language;
  }, [language]);
  if (!state.scene) {
    return state.there ? null : (
      <p class="absent">{say('Programmet svarar inte …', 'The program does not answer …')}</p>
    );
  }
  return (
    <div class="app" data-pane={state.pane} data-surface={state.scene.surface}>
      <Top />
      <Sidebar scene={state.scene} />
      <main>
        <div class="room-pane">
          {isFrom(state.scene, state.at) ? (
            <CurrentRoom key={writeAddress(state.at)} scene={state.scene} />
          ) : (
            <p class="empty coming" role="status">
              {say('Hämtar …', 'Loading …')}
            </p>
          )}
        </div>
        <div class="side">
          <Tour />
          <Mailbox />
        </div>
      </main>
      <Tabs />
      {isFrom(state.scene, state.at) && <OpenDialog scene={state.scene} />}
      <Toasts />
    </div>
  );
}

function CurrentRoom({ scene }: { scene: Scene }) {
  return scene.surface === 'slack' ? (
    <Room scene={scene} />
  ) : (
    <InTeams of={({ TeamsRoom }) => <TeamsRoom scene={scene} />} />
  );
}

function OpenDialog({ scene }: { scene: Scene }) {
  if (scene.surface === 'slack') return scene.form && <Modal key={scene.form.id} form={scene.form} />;
  const { dialog } = scene;
  return dialog && <InTeams of={({ TeamsDialog }) => <TeamsDialog key={dialog.id} dialog={dialog} />} />;
}

function Top() {
  const { state } = useStore();
  const say = useSay();
  return (
    <header class="top">
      <h1>vc-bot</h1>
      <Surfaces />
      <p>
        {say(
          'En lekplats: allt fungerar på riktigt, och inget lämnar den här datorn.',
          'A playground: everything really works, and nothing leaves this machine.',
        )}
      </p>
      <p class="connecting" role="status">
        {!state.there && say('Ansluter igen …', 'Reconnecting …')}
      </p>
      <nav aria-label={say('Lekplatsen', 'The playground')}>
        <a class="login" href={demo.loginPath} target="_blank" rel="noreferrer">
          {say('Inloggningssidan', 'Login page')} <span aria-hidden="true">↗</span>
        </a>
        <a class="gallery-link" href="/playground/gallery">
          {say('Galleri', 'Gallery')}
        </a>
        <StartOver />
      </nav>
    </header>
  );
}

/** Where the same people meet the same bot. */
function Surfaces() {
  const { state } = useStore();
  const say = useSay();
  return (
    <nav class="surfaces" aria-label={say('Chattprogram', 'Chat program')}>
      {surfaces.map(([surface, name]) => (
        <a
          key={surface}
          href={writeAddress({ ...state.at, surface })}
          aria-current={state.at.surface === surface ? 'true' : undefined}
        >
          {name}
        </a>
      ))}
    </nav>
  );
}

const surfaces = [
  ['slack', 'Slack'],
  ['teams', 'Teams'],
] as const;

/** What a phone shows: the chat or the mail; the login page opens beside them. */
function Tabs() {
  const { state, dispatch } = useStore();
  const say = useSay();
  const tab = (pane: typeof state.pane, label: string, count = 0) => (
    <button type="button" aria-pressed={state.pane === pane} onClick={() => dispatch({ type: 'pane', pane })}>
      {label}
      {count > 0 && <span class="count"> {count}</span>}
    </button>
  );
  return (
    <nav class="tabs" aria-label={say('Visa', 'Show')}>
      {tab('chat', say('Chatt', 'Chat'))}
      {tab('mail', say('Mejl', 'Mail'), unread(state).length)}
      <a href={demo.loginPath} target="_blank" rel="noreferrer">
        {say('Logga in', 'Login')}
      </a>
    </nav>
  );
}
