import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Done } from '../../wire.ts';
import { useSay } from '../say.ts';
import { draftKey } from '../state.ts';
import { useStore } from '../store.tsx';
import { Attach } from './attach.tsx';

/** What may be meant while a line is not yet written out. */
export interface Suggestion {
  readonly line: string;
  readonly about: string;
}

export interface ComposerParts {
  room: { readonly name: string };
  title: string;
  /** What is said beside the paper clip. */
  hint: string;
  suggest(text: string): readonly Suggestion[];
  /** Whether Enter takes the first suggestion where none has been chosen. */
  takesFirst?(text: string): boolean;
  send(text: string): Promise<Done>;
  onFiles(files: Iterable<File>): void;
  /** Further buttons; what they write is put at the beginning. */
  tools?(begin: (text: string) => void): ComponentChildren;
}

/** Where one writes: Enter sends, Shift+Enter begins a line. Drafts wait per person and room. */
export function Composer(parts: ComposerParts) {
  const { room, title, hint, suggest, takesFirst, send, onFiles, tools } = parts;
  const { state, dispatch } = useStore();
  const say = useSay();
  const field = useRef<HTMLTextAreaElement>(null);
  const text = state.drafts[draftKey(state.at)] ?? '';
  const setText = (draft: string) => dispatch({ type: 'draft', text: draft });
  const offered = text.includes('\n') ? [] : suggest(text);
  const [moved, setChosen] = useState(-1);
  const chosen = moved < 0 && offered.length > 0 && takesFirst?.(text) ? 0 : moved;
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

  async function sendNow(): Promise<void> {
    const said = text.trim();
    if (said === '') return;
    setText('');
    const { error } = await send(said);
    if (error) setText(said);
  }

  function begin(words: string): void {
    if (!text.startsWith(words)) setText(`${words}${text}`);
    field.current?.focus();
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
      else void sendNow();
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
        {tools?.(begin)}
        <span class="quiet hint">{hint}</span>
        <button
          type="button"
          class="send"
          disabled={text.trim() === ''}
          aria-label={say('Skicka', 'Send')}
          onClick={() => void sendNow()}
        >
          <span aria-hidden="true">➤</span>
        </button>
      </div>
    </div>
  );
}
