import { useId, useRef, useState } from 'preact/hooks';
import type { Choice, Spot } from '../../wire.ts';
import { useSay } from '../say.ts';
import { useDoing } from './doing.ts';
import type { Element } from './elements.ts';

export interface ComboboxParts {
  element: Element;
  at: Spot;
  onChange(value: string | null): void;
  id?: string;
  label?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** How long one may pause between letters before the bot is asked, in milliseconds. */
const pauseMs = 150;

/** A menu that the bot fills while one types. */
export function Combobox({ element, at, onChange, id, label, describedBy, invalid }: ComboboxParts) {
  const { search } = useDoing();
  const say = useSay();
  const list = useId();
  const [text, setText] = useState(element.initial_option?.text.text ?? '');
  const [choices, setChoices] = useState<readonly Choice[] | null>(null);
  const [active, setActive] = useState(0);
  const asked = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>();

  function type(typed: string): void {
    setText(typed);
    onChange(null);
    clearTimeout(timer.current);
    const turn = ++asked.current;
    if (typed.trim().length < (element.min_query_length ?? 3)) {
      setChoices(null);
      return;
    }
    timer.current = setTimeout(async () => {
      const found = await search(at, typed.trim());
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
        placeholder={element.placeholder?.text}
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
        aria-label={label ?? element.placeholder?.text}
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
            : say(`${choices.length} träffar`, `${choices.length} results`))}
      </p>
    </div>
  );
}
