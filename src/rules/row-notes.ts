import { type FieldKey, fieldNames } from './fields.ts';
import type { Language, Text } from './language.ts';
import { list } from './say.ts';
import type { TemplateKey } from './templates.ts';

/** What is worth saying of a cell as it was read: `damaged` by a spreadsheet, or `unreadable` and so not written. */
export interface CellHint {
  kind: 'damaged' | 'unreadable';
  field: FieldKey;
}

/** What a hint says beside its row. */
export function hintText({ kind, field }: CellHint): Text {
  const { sv, en } = fieldNames[field];
  if (kind === 'damaged')
    return {
      sv: `${sv}: Excel har ändrat numret. Formatera kolumnen som Text och fyll i det igen.`,
      en: `${en}: Excel changed the number. Format the column as Text and enter it again.`,
    };
  return {
    sv: `${sv}: cellen går inte att läsa och sparas inte.`,
    en: `${en}: the cell cannot be read and is not saved.`,
  };
}

/**
 * What else was decided of a row: `differs:name office`, where the file says otherwise than what is saved; `kept`, where
 * the address of somebody connected stays (U5); `still_connected`, where somebody connected is deactivated (U7); `ambiguous`,
 * where the number is the user's in several companies and the row names none.
 */
export function noteText(note: string, template: TemplateKey | null): Text | undefined {
  const [kind, fields = ''] = note.split(':', 2);
  if (kind === 'kept')
    return {
      sv: 'Adressen ändras inte: användaren är redan kopplad. Ta bort kopplingen först.',
      en: 'The address is not changed: the user is already connected. Delete the connection first.',
    };
  if (kind === 'still_connected')
    return {
      sv: 'Användaren inaktiveras men är fortfarande kopplad. Ta bort kopplingen om den inte ska finnas kvar.',
      en: 'The user is deactivated but still connected. Delete the connection if it should not remain.',
    };
  if (kind === 'ambiguous')
    return {
      sv: 'Användaren har numret i flera företag. Fyll i företaget för att ändra anställningen.',
      en: 'The user has this number in several companies. Fill in the company to change the employment.',
    };
  return kind === 'differs' ? differsText(fields, template) : undefined;
}

function differsText(fields: string, template: TemplateKey | null): Text {
  const names = (language: Language) =>
    list(
      fields.split(' ').flatMap((field) => (isField(field) ? [fieldNames[field][language]] : [])),
      language,
    );
  return template === 'connectEmail'
    ? {
        sv: `Filen säger något annat än registret: ${names('sv')}. Bara adressen sparas.`,
        en: `The file differs from the register: ${names('en')}. Only the address is saved.`,
      }
    : {
        sv: `En tidigare rad om samma användare säger något annat och gäller: ${names('sv')}.`,
        en: `An earlier row about the same user says otherwise and applies: ${names('en')}.`,
      };
}

const isField = (field: string): field is FieldKey => field in fieldNames;

/** The kinds of hints and notes that are worth a warning in a preview and a summary. */
export const warningKinds = ['damaged', 'unreadable', 'differs', 'ambiguous', 'still_connected'] as const;

/** A warning about `count` rows, from its verb on: "har en cell som inte går att läsa …". */
export function warningText(
  kind: (typeof warningKinds)[number],
  count: number,
  template: TemplateKey | null,
): Text {
  const one = count === 1;
  switch (kind) {
    case 'damaged':
      return {
        sv: 'har ett nummer som Excel har ändrat. Formatera kolumnen som Text och fyll i det igen.',
        en: `${one ? 'has' : 'have'} a number that Excel changed. Format the column as Text and enter it again.`,
      };
    case 'unreadable':
      return {
        sv: 'har en cell som inte går att läsa. Den cellen sparas inte.',
        en: `${one ? 'has' : 'have'} a cell that cannot be read. That cell is not saved.`,
      };
    case 'still_connected':
      return {
        sv: 'inaktiverar någon som fortfarande är kopplad. Ta bort kopplingen med `/vc visa` om den inte ska finnas kvar.',
        en: `${one ? 'deactivates' : 'deactivate'} somebody who is still connected. Delete the connection with \`/vc user\` if it should not remain.`,
      };
    case 'ambiguous':
      return {
        sv: 'anger ett nummer som användaren har i flera företag. Fyll i företaget för att ändra anställningen.',
        en: `${one ? 'gives' : 'give'} a number that the user has in several companies. Fill in the company to change the employment.`,
      };
    case 'differs':
      return template === 'connectEmail'
        ? {
            sv: 'säger något annat än registret i andra kolumner. Bara adressen sparas.',
            en: `${one ? 'differs' : 'differ'} from the register in other columns. Only the address is saved.`,
          }
        : {
            sv: 'säger något annat om användaren än en rad högre upp, som gäller.',
            en: `${one ? 'differs' : 'differ'} about the user from a row higher up, which applies.`,
          };
  }
}
