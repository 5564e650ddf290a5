import type { SlackSeen } from '../../wire.ts';
import { suggestions } from '../demo.ts';
import { useSay } from '../say.ts';
import { roomOf } from '../state.ts';
import { useStore } from '../store.tsx';
import { Avatar } from './avatar.tsx';
import { Composer } from './composer.tsx';
import { Frame } from './frame.tsx';
import { Messages } from './messages.tsx';

/** One conversation in Slack. `/` suggests commands. */
export function Room({ scene }: { scene: SlackSeen }) {
  const { state, act } = useStore();
  const say = useSay();
  const room = roomOf(scene, state.at);
  if (!room) return null;
  const title = room.kind === 'channel' ? `#${room.name}` : room.name;
  const head = (
    <>
      {room.kind === 'direct' && <Avatar name={room.name} bot small />}
      <h2>{title}</h2>
    </>
  );
  return (
    <Frame room={room} title={title} head={head} faults={scene.faults} platform="Slack">
      {(sendFiles) => (
        <>
          <Messages room={room} scene={scene} />
          <Composer
            room={room}
            title={title}
            hint={say('/vc hjälp visar vad boten kan', '/vc help shows what the bot can do')}
            suggest={(text) =>
              text.startsWith('/')
                ? suggestions
                    .map(({ line, about }) => ({
                      line: say(line.sv, line.en),
                      about: say(about.sv, about.en),
                    }))
                    .filter(({ line }) => line.startsWith(text.toLowerCase()) && line !== text)
                : []
            }
            send={(text) =>
              act(
                text.startsWith('/')
                  ? { act: 'command', room: room.id, line: text }
                  : { act: 'write', room: room.id, text },
              )
            }
            onFiles={sendFiles}
          />
        </>
      )}
    </Frame>
  );
}
