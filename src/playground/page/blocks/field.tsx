import { useId } from 'preact/hooks';
import type { FieldValue } from '../../wire.ts';
import { useSay } from '../say.ts';
import { Searched, Select } from './element.tsx';
import type { Element, InputBlock } from './elements.ts';
import { useFilling } from './form.ts';

/** One field of a form: its label, its input, its hint, and what is wrong with it. */
export function Field({ block }: { block: InputBlock }) {
  const { errors } = useFilling();
  const say = useSay();
  const id = useId();
  const error = errors[block.block_id];
  const grouped = isGroup(block.element);
  const described =
    [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  const label = (
    <>
      {block.label.text}
      {block.optional && <span class="quiet"> {say('(valfritt)', '(optional)')}</span>}
    </>
  );
  return (
    <div class="field" data-faulty={error !== undefined} data-block={block.block_id}>
      {grouped ? (
        <p class="label" id={id}>
          {label}
        </p>
      ) : (
        <label class="label" for={id}>
          {label}
        </label>
      )}
      <Input block={block} id={id} describedBy={described} invalid={error !== undefined} />
      {error && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {block.hint && (
        <p class="quiet" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  );
}

const isGroup = ({ type }: Element) => type === 'checkboxes' || type === 'radio_buttons';

interface InputParts {
  block: InputBlock;
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
}

function Input({ block, id, describedBy, invalid }: InputParts) {
  const { values, set } = useFilling();
  const { element, block_id } = block;
  const value = values[block_id] ?? null;
  const change = (next: FieldValue) => set(block_id, next);
  const common = { id, describedBy, invalid, element };
  const at = { block: block_id, action: element.action_id };
  switch (element.type) {
    case 'plain_text_input':
    case 'email_text_input':
      return <TextInput {...common} value={typeof value === 'string' ? value : ''} onChange={change} />;
    case 'static_select':
      return <Select {...common} value={typeof value === 'string' ? value : null} onChange={change} />;
    case 'external_select':
      return <Searched {...common} at={at} onChange={change} />;
    case 'checkboxes':
    case 'radio_buttons':
      return <Options {...common} value={value} onChange={change} />;
    default:
      return <p class="quiet">[{element.type}]</p>;
  }
}

interface ElementParts<V> extends Omit<InputParts, 'block'> {
  element: Element;
  value: V;
  onChange(value: V): void;
}

function TextInput({ element, id, describedBy, invalid, value, onChange }: ElementParts<string>) {
  const parts = {
    id,
    class: 'input',
    value,
    maxLength: element.max_length,
    placeholder: element.placeholder?.text,
    'aria-describedby': describedBy,
    'aria-invalid': invalid,
  };
  if (element.multiline) {
    return <textarea {...parts} rows={4} onInput={({ currentTarget }) => onChange(currentTarget.value)} />;
  }
  return (
    <input
      {...parts}
      type="text"
      inputMode={element.type === 'email_text_input' ? 'email' : 'text'}
      autocomplete="off"
      onInput={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}

/** Boxes to tick, or one of several. */
function Options({ element, id, describedBy, value, onChange }: ElementParts<FieldValue>) {
  const several = element.type === 'checkboxes';
  const ticked = typeof value === 'string' ? [value] : (value ?? []);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a name
    <div role={several ? 'group' : 'radiogroup'} aria-labelledby={id} aria-describedby={describedBy}>
      {element.options?.map((option) => (
        <label key={option.value} class="option">
          <input
            type={several ? 'checkbox' : 'radio'}
            name={id}
            checked={ticked.includes(option.value)}
            onChange={({ currentTarget: { checked } }) => {
              const others = ticked.filter((one) => one !== option.value);
              onChange(several ? (checked ? [...others, option.value] : others) : option.value);
            }}
          />
          <span>
            {option.text.text}
            {option.description && <span class="quiet"> {option.description.text}</span>}
          </span>
        </label>
      ))}
    </div>
  );
}
