import type { Button } from '../../../core/view.ts';
import { isWorkbook } from '../../../csv/types.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { quote } from '../../../rules/line.ts';
import { formatNumber, list } from '../../../rules/say.ts';
import { isOwn, type TemplateKey } from '../../../rules/templates.ts';
import { cut } from '../../../rules/text.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import type { Rows } from './rows.ts';

/** How a line names a built-in template. */
const templateWords: Readonly<Record<string, string>> = {
  connectEmail: 'connect-email',
  employees: 'employees',
} satisfies Record<TemplateKey, string>;

/** I5: creating users is confirmed as such. */
export function confirmButton({ id }: ImportStatus, { all, told }: Rows, language: Language): Button {
  const say = speaker(language);
  const created = all('created') > 0;
  const n = told('created');
  const users =
    n < all('created')
      ? say('användare', 'users')
      : say(`${formatNumber(n, 'sv')} användare`, `${formatNumber(n, 'en')} ${n === 1 ? 'user' : 'users'}`);
  const button: Button = {
    label: created
      ? say(`Bekräfta och skapa ${users}`, `Confirm and create ${users}`)
      : say('Bekräfta', 'Confirm'),
    line: `import confirm #${id}`,
    acting: true,
    style: 'primary',
  };
  if (!created) return button;
  return {
    ...button,
    ask: {
      title: say(`Skapa ${users}?`, `Create ${users}?`),
      text: say(
        'Användarna finns inte i registret. Kontrollera att filen kommer från rätt system och att användar-id stämmer.',
        'The users are not in the register. Check that the file comes from the right system and that the User-IDs are right.',
      ),
      yes: say('Skapa', 'Create'),
      no: say('Avbryt', 'Cancel'),
    },
  };
}

export function cancelButton(id: number, language: Language): Button {
  return { label: speaker(language)('Avbryt', 'Cancel'), line: `import cancel #${id}`, acting: true };
}

export function logButton({ id }: ImportStatus, { all }: Rows, language: Language): Button[] {
  if (all(undefined) === 0) return [];
  return [{ label: speaker(language)('Visa logg', 'Show log'), line: `log show #${id}`, acting: false }];
}

/** I7: the rejected rows as a file, where the reader may be told of some that are handed back (services/imports/log.ts). */
export function rejectedButton({ id }: ImportStatus, { told }: Rows, language: Language): Button[] {
  if (told('rejected') === told('other_department')) return [];
  const label = speaker(language)('Hämta avvisade rader', 'Get rejected rows');
  return [{ label, line: `import rejected #${id}`, acting: false }];
}

/** How many other templates have a button. */
const mostOffered = 4;

/** I2: the other templates that the file could be read by. */
export function otherTemplates({ id, others }: ImportStatus, language: Language): Button[] {
  return others.slice(0, mostOffered).map((other) => ({
    label: cut(
      speaker(language)(`Läs som ${other.name.sv} i stället`, `Read as ${other.name.en} instead`),
      75,
    ),
    line: `import template #${id} ${isOwn(other) ? other.key : templateWords[other.key]}`,
    acting: true,
  }));
}

/** How many other sheets have a button. */
const mostSheets = 3;

/** The other sheets of a workbook whose column names fit; what a sheet is called may name somebody, so the caller alone has them (A3). */
export function otherSheets({ id, file }: ImportStatus, { language, audience }: Reader): Button[] {
  if (!file || !isWorkbook(file.shape) || audience !== 'caller') return [];
  const fitting = file.shape.others.filter(({ fits }) => fits).slice(0, mostSheets);
  return fitting.map(({ name }) => ({
    label: cut(speaker(language)(`Läs bladet ${name} i stället`, `Read the sheet ${name} instead`), 75),
    line: `import sheet #${id} ${quote(name)}`,
    acting: true,
  }));
}

/** Those without a button, by their names. */
export function moreTemplates({ id, others }: ImportStatus, language: Language): string[] {
  const names = others.slice(mostOffered).map(({ name }) => name[language]);
  if (names.length === 0) return [];
  return [
    speaker(language)(
      `Fler mallar som kan passa: ${list(names, 'sv')}. Skriv \`/vc importera mall #${id} NAMN\`.`,
      `More templates that may fit: ${list(names, 'en')}. Write \`/vc import template #${id} NAME\`.`,
    ),
  ];
}

/** Puts back the addresses that the import changed. */
export function undoButton({ id, undoable }: ImportStatus, language: Language): Button[] {
  if (!undoable) return [];
  return [{ label: speaker(language)('Ångra', 'Undo'), line: `import undo #${id}`, acting: true }];
}

/** That it was undone, or is being. */
export function undoneLine({ undoneBy }: ImportStatus, language: Language): string[] {
  if (undoneBy === undefined) return [];
  return [speaker(language)(`Ångrad: se #${undoneBy}.`, `Undone: see #${undoneBy}.`)];
}

/** I7: a button to send verification to the addresses just saved, as long as they are not undone. */
export function sendButton({ id, saved, undoneBy }: ImportStatus, language: Language): Button[] {
  if (!saved || undoneBy !== undefined) return [];
  const label = speaker(language)('Skicka verifieringsmejl', 'Send verification emails');
  return [{ label, line: `bulk-verify import:${id}`, acting: false, style: 'primary' }];
}
