import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Room } from '../../wire.ts';
import { suggestions } from '../demo.ts';
import { useSay } from '../say.ts';
import { draftKey } from '../state.ts';
import { useStore } from '../store.tsx';
import { Attach } from './attach.tsx';

export interface ComposerParts {
  room: Room;
  title: string;
  onFiles(files: Iterable<File>): void;
}

/** Where one writes: Enter sends, Shift+Enter begins a line, `/` suggests commands. Drafts wait per person and room. */
export function Composer({ room, title, onFiles }: ComposerParts) {
  const { state, dispatch, act } = useStore();
  const say = useSay();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = state.drafts[draftKey(state.at)] ?? '';
  const setText = (draft: string) => dispatch({ type: 'draft', text: draft });
  const offered = useSuggestions(text);
  const [chosen, setChosen] = useState(-1);
  const list = useId();

  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = 'auto';
    field.current.style.height = `${field.current.scrollHeight}px`;
  }, [text]);
  useEffect(() => {
    if (state.written !== draftKey(state.at)) return;
    field.current?.focus();
    dispatch({ type: 'focused' });
  }, [state.written]);

  async function send(): Promise<void> {
    const said = text.trim();
    if (said === '') return;
    setText('');
    const { error } = await act(
      said.startsWith('/')
        ? { act: 'command', room: room.id, line: said }
        : { act: 'write', room: room.id, text: said },
    );
    if (error) setText(said);
  }

  function pick(line: string): void {
    setText(`${line} `);
    setChosen(-1);
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const option = offered[chosen];
    if (event.isComposing || event.shiftKey) return;
    if (event.key === 'Enter' || (event.key === 'Tab' && option)) {
      event.preventDefault();
      if (option) pick(option.line);
      else void send();
    } else if (offered.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const steps = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + steps + offered.length + (chosen < 0 && steps < 0 ? 1 : 0)) % offered.length);
    } else if (event.key === 'Escape') setChosen(-1);
  }

  return (
    <div class="composer">
      {offered.length > 0 && (
        <div class="suggestions" id={list} role="listbox" aria-label={say('Kommandon', 'Commands')}>
          {offered.map(({ line, about }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the composer's
            <div
              key={line}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(line)}
            >
              <b>{line}</b> <span>{about}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        rows={1}
        value={text}
        placeholder={say(`Skriv till ${title}`, `Message ${title}`)}
        aria-label={say(`Skriv till ${title}`, `Message ${title}`)}
        aria-autocomplete="list"
        aria-controls={offered.length > 0 ? list : undefined}
        aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChosen(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <div class="composer-foot">
        <Attach room={room} onFiles={onFiles} />
        <span class="quiet hint">
          {say('/vc hjälp visar vad boten kan', '/vc help shows what the bot can do')}
        </span>
        <button
          type="button"
          class="send"
          disabled={text.trim() === ''}
          aria-label={say('Skicka', 'Send')}
          onClick={() => void send()}
        >
          <span aria-hidden="true">➤</span>
        </button>
      </div>
    </div>
  );
}

/** What may be meant while a command is not yet written out. */
function useSuggestions(text: string): { line: string; about: string }[] {
  const say = useSay();
  if (!text.startsWith('/') || text.includes('\n')) return [];
  return suggestions
    .map(({ line, about }) => ({ line: say(line.sv, line.en), about: say(about.sv, about.en) }))
    .filter(({ line }) => line.startsWith(text.toLowerCase()) && line !== text);
}
