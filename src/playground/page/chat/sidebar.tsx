import type { Member, Scene } from '../../wire.ts';
import { writeAddress } from '../address.ts';
import { demo } from '../demo.ts';
import { useSay } from '../say.ts';
import { isUnread, roomOf } from '../state.ts';
import { useStore } from '../store.tsx';
import { Avatar } from './avatar.tsx';

/** The rooms of whoever acts, and who that is. */
export function Sidebar({ scene }: { scene: Scene }) {
  const say = useSay();
  return (
    <nav class="sidebar" aria-label={say('Samtal', 'Conversations')}>
      <p class="workspace">{demo.organisation}</p>
      <div class="rooms">
        <Rooms kind="channel" title={say('Kanaler', 'Channels')} scene={scene} />
        <Rooms kind="direct" title={say('Direktmeddelanden', 'Direct messages')} scene={scene} />
      </div>
      <fieldset class="who">
        <legend>{say('Vem är jag?', 'Who am I?')}</legend>
        {scene.members.map((member) => (
          <Who key={member.handle} member={member} />
        ))}
      </fieldset>
    </nav>
  );
}

function Rooms({ kind, title, scene }: { kind: 'channel' | 'direct'; title: string; scene: Scene }) {
  const { state, dispatch } = useStore();
  const say = useSay();
  const current = roomOf(state);
  return (
    <>
      <p class="rooms-title">{title}</p>
      <ul>
        {scene.rooms
          .filter((room) => room.kind === kind)
          .map((room) => {
            const unread = room !== current && isUnread(state, room);
            return (
              <li key={room.id}>
                <a
                  href={writeAddress({ handle: scene.me.handle, room: room.name })}
                  aria-current={room === current ? 'page' : undefined}
                  data-unread={unread}
                  onClick={() => dispatch({ type: 'pane', pane: 'chat' })}
                >
                  {kind === 'channel' ? <span class="hash">#</span> : <Avatar name={room.name} bot small />}
                  {room.name}
                  {unread && <span class="hidden"> {say('(oläst)', '(unread)')}</span>}
                </a>
              </li>
            );
          })}
      </ul>
    </>
  );
}

function Who({ member }: { member: Member }) {
  const { state, go } = useStore();
  const say = useSay();
  const parts = {
    administrator: say('administratör', 'administrator'),
    employee: say('anställd', 'employee'),
    guest: say('gäst', 'guest'),
  };
  const [first, ...others] = member.name.split(' ');
  return (
    <label>
      <input
        type="radio"
        name="who"
        checked={member.handle === state.at.handle}
        onChange={() => go({ handle: member.handle, room: state.at.room })}
      />
      <Avatar name={member.name} small />
      <span>
        {first} <span class="more">{others.join(' ')}</span>
      </span>
      <span class="part">{parts[member.part]}</span>
    </label>
  );
}
