import type { Say } from '../../../rules/language.ts';
import type { Member, Room, Scene, TeamsRoom } from '../../wire.ts';
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
        {groupsOf(scene, say).map((group) => (
          <Rooms key={group.title} {...group} />
        ))}
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

interface Group {
  title: string;
  rooms: readonly (Room | TeamsRoom)[];
}

/** Rooms under the titles that the platform puts them under. */
function groupsOf(scene: Scene, say: Say): Group[] {
  if (scene.surface === 'slack') {
    const of = (kind: Room['kind']) => scene.rooms.filter((room) => room.kind === kind);
    return [
      { title: say('Kanaler', 'Channels'), rooms: of('channel') },
      { title: say('Direktmeddelanden', 'Direct messages'), rooms: of('direct') },
    ];
  }
  const chats = scene.rooms.filter(({ team }) => team === null);
  const teams = [...new Set(scene.rooms.flatMap(({ team }) => team ?? []))];
  return [
    { title: say('Chatt', 'Chat'), rooms: chats },
    ...teams.map((name) => ({ title: name, rooms: scene.rooms.filter(({ team }) => team === name) })),
  ];
}

function Rooms({ title, rooms }: Group) {
  const { state, dispatch } = useStore();
  const say = useSay();
  const current = state.scene && roomOf<{ id: string; name: string }>(state.scene, state.at)?.id;
  return (
    <>
      <p class="rooms-title">{title}</p>
      <ul>
        {rooms.map((room) => {
          const unread = room.id !== current && isUnread(state, room);
          return (
            <li key={room.id}>
              <a
                href={writeAddress({ ...state.at, room: room.name })}
                aria-current={room.id === current ? 'page' : undefined}
                data-unread={unread}
                onClick={() => dispatch({ type: 'pane', pane: 'chat' })}
              >
                {room.kind === 'channel' ? (
                  state.at.surface === 'slack' && <span class="hash">#</span>
                ) : (
                  <Avatar name={room.name} bot small />
                )}
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
        onChange={() => go({ ...state.at, handle: member.handle })}
      />
      <Avatar name={member.name} small />
      <span>
        {first} <span class="more">{others.join(' ')}</span>
      </span>
      <span class="part">{parts[member.part]}</span>
    </label>
  );
}
