import type { Spot } from '../../wire.ts';
import { Button } from './button.tsx';
import { Combobox, type ComboboxParts } from './combobox.tsx';
import { useDoing } from './doing.ts';
import type { Element as Drawn } from './elements.ts';

/** Something to press or to choose from, which tells the bot at once. */
export function Element({ element, at }: { element: Drawn; at: Spot }) {
  const { choose } = useDoing();
  const label = element.placeholder?.text ?? '';
  switch (element.type) {
    case 'button':
      return <Button element={element} at={at} />;
    case 'static_select':
      return (
        <Select
          element={element}
          label={label}
          value={element.initial_option?.value ?? null}
          onChange={(value) => value !== null && void choose(at, value)}
        />
      );
    case 'external_select':
      return (
        <Searched
          element={element}
          at={at}
          label={label}
          onChange={(value) => value !== null && void choose(at, value)}
        />
      );
    default:
      return <span class="quiet">[{element.type}]</span>;
  }
}

type SearchedParts = Pick<ComboboxParts, 'onChange' | 'id' | 'label' | 'describedBy' | 'invalid'> & {
  element: Drawn;
  at: Spot;
};

/** A menu whose options the bot finds for what is typed. */
export function Searched({ element, at, ...parts }: SearchedParts) {
  const { search } = useDoing();
  return (
    <Combobox
      {...parts}
      chosen={element.initial_option?.text.text}
      placeholder={element.placeholder?.text}
      least={element.min_query_length}
      search={(text) => search(at, text)}
    />
  );
}

export interface SelectParts {
  element: Drawn;
  value: string | null;
  onChange(value: string | null): void;
  id?: string;
  label?: string;
  describedBy?: string | undefined;
  invalid?: boolean;
}

/** A menu whose options are known. */
export function Select({ element, value, onChange, id, label, describedBy, invalid }: SelectParts) {
  return (
    <select
      id={id}
      class="input"
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value || null)}
    >
      {!element.initial_option && <option value="">{element.placeholder?.text ?? ''}</option>}
      {element.options?.map((option) => (
        <option key={option.value} value={option.value}>
          {option.text.text}
        </option>
      ))}
    </select>
  );
}
