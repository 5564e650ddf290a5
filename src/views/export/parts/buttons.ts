import type { Button } from '../../../core/view.ts';
import { type Language, speaker } from '../../../rules/language.ts';

/** The line that asks for an export's file. */
export const fileLine = (id: number): string => `export file #${id}`;

/** The file in chat, or where it is too large for that, on its page. */
export function fileButton({ id, large }: { id: number; large: boolean }, language: Language): Button {
  return {
    label: speaker(language)('Hämta filen', 'Get the file'),
    line: large ? pageLine(id) : fileLine(id),
    acting: false,
    ...(large ? { style: 'primary' } : {}),
  };
}

export function pageButton({ id }: { id: number }, language: Language): Button {
  return { label: speaker(language)('Visa logg', 'Show log'), line: pageLine(id), acting: false };
}

const pageLine = (id: number): string => `log show #${id}`;
