import { useId, useRef, useState } from 'preact/hooks';
import type { Choice } from '../../wire.ts';
import { useSay } from '../say.ts';

export interface ComboboxParts {
  /** What is chosen already, by its name. */
  chosen?: string | undefined;
  placeholder?: string | undefined;
  /** How many characters are typed before the bot is asked; 3 unless told. */
  least?: number | undefined;
  search(text: string): Promise<readonly Choice[]>;
  onChange(value: string | null): void;
  id?: string;
  label?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** How long one may pause between letters before the bot is asked, in milliseconds. */
const pauseMs = 150;

/** A menu that the bot fills while one types. */
export function Combobox(parts: ComboboxParts) {
  const { chosen = '', placeholder, least = 3, search, onChange, id, label, describedBy, invalid } = parts;
  const say = useSay();
  const list = useId();
  const [text, setText] = useState(chosen);
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  function type(typed: string): void {
    setText(typed);
    onChange(null);
    clearTimeout(timer.current);
    const turn = ++asked.current;
    if (typed.trim().length < least) {
      setChoices(null);
      return;
    }
    timer.current = setTimeout(async () => {
      const found = await search(typed.trim());
      if (turn !== asked.current) return;
      setChoices(found);
      setActive(0);
    }, pauseMs);
  }

  function choose(choice: Choice | undefined): void {
    if (!choice) return;
    asked.current += 1;
    setText(choice.text);
    setChoices(null);
    onChange(choice.value);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (!choices) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) setActive((active + step + choices.length) % Math.max(choices.length, 1));
    else if (event.key === 'Enter') choose(choices[active]);
    else if (event.key === 'Escape') setChoices(null);
    else return;
    event.preventDefault();
  }

  return (
    <div class="combobox">
      <input
        id={id}
        class="input"
        role="combobox"
        autocomplete="off"
        value={text}
        placeholder={placeholder}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        aria-autocomplete="list"
        aria-expanded={choices !== null}
        aria-controls={list}
        aria-activedescendant={choices?.[active] ? `${list}-${active}` : undefined}
        onInput={({ currentTarget }) => type(currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setChoices(null)}
      />
      <div
        id={list}
        role="listbox"
        class="choices"
        hidden={!choices?.length}
        aria-label={label ?? placeholder}
      >
        {choices?.map((choice, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
          <div
            key={choice.value}
            id={`${list}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            {choice.text}
            {choice.description && <span class="quiet"> {choice.description}</span>}
          </div>
        ))}
      </div>
      <p class={choices?.length === 0 ? 'quiet' : 'hidden'} role="status">
        {choices &&
          (choices.length === 0
            ? say('Inga träffar', 'No results')
            : choices.length === 1
              ? say('1 träff', '1 result')
              : say(`${choices.length} träffar`, `${choices.length} results`))}
      </p>
    </div>
  );
}
