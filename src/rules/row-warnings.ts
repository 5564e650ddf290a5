import type { Text } from './language.ts';
import { isMarkedKind, markedKinds, markedWarning } from './marked-cells.ts';
import type { Doing } from './templates.ts';

/** The kinds of hints and notes that are worth a warning in a preview and a summary. */
export const warningKinds = [
  'slip',
  'wrapped',
  'rounded',
  'dated',
  'damaged',
  'personal_number',
  'personal_user_id',
  'masked',
  'one_column',
  'unreadable',
  'replaces',
  'renames',
  'deactivates',
  'reactivates',
  'unprotects',
  'zeros_lost',
  'differs',
  'ambiguous',
  'still_connected',
  ...markedKinds,
] as const;

/** A warning about `count` rows, from its verb on: "har celler som inte går att läsa …". */
export function warningText(
  kind: (typeof warningKinds)[number],
  count: number,
  does: Doing | undefined,
): Text {
  if (isMarkedKind(kind)) return markedWarning(kind, count);
  const one = count === 1;
  switch (kind) {
    case 'slip':
      return {
        sv: 'har en adress som ser felskriven ut efter @. Rätta filen och släpp den igen om det är fel.',
        en: `${one ? 'has' : 'have'} an address that looks misspelt after the @. If it is, correct the file and drop it again.`,
      };
    case 'wrapped':
      return {
        sv: 'har något runt adressen, till exempel ett namn eller mailto:. Bara adressen läses.',
        en: `${one ? 'has' : 'have'} something around the address, such as a name or mailto:. Only the address is read.`,
      };
    case 'rounded':
      return {
        sv: 'har ett nummer som Excel har avrundat, så de sista siffrorna är borta. Formatera kolumnen som Text och fyll i det igen.',
        en: `${one ? 'has' : 'have'} a number that Excel rounded, so its last digits are gone. Format the column as Text and enter it again.`,
      };
    case 'dated':
      return {
        sv: 'har ett nummer som Excel har gjort om till ett datum. Formatera kolumnen som Text och fyll i det igen.',
        en: `${one ? 'has' : 'have'} a number that Excel turned into a date. Format the column as Text and enter it again.`,
      };
    case 'personal_number':
      return {
        sv: 'har något som ser ut som ett personnummer där anställningsnumret ska stå. Fyll i anställningsnumret i stället.',
        en: `${one ? 'has' : 'have'} what looks like a personal identity number where the employment number should be. Enter the employment number instead.`,
      };
    case 'personal_user_id':
      return {
        sv: 'har något som ser ut som ett personnummer som användar-id. Kontrollera att det är rätt id. De sista siffrorna visas inte.',
        en: `${one ? 'has' : 'have'} what looks like a personal identity number as User-ID. Check that it is the right ID. Its last digits are not shown.`,
      };
    case 'masked':
      return {
        sv: 'har ett personnummer där de sista siffrorna är utbytta mot ****. Fyll i hela numret.',
        en: `${one ? 'has' : 'have'} a personal identity number whose last digits are replaced by ****. Enter all of it.`,
      };
    case 'one_column':
      return {
        sv: 'har allt i en enda cell: raderna är satta inom citattecken, eller har en annan avgränsare än rubrikraden. Dela upp dem i Excel med Data > Text till kolumner.',
        en: `${one ? 'has' : 'have'} everything in one cell: within quotation marks, or with another delimiter than the header row. Split them in Excel with Data > Text to Columns.`,
      };
    case 'damaged':
      return {
        sv: 'har ett nummer som Excel har ändrat. Formatera kolumnen som Text och fyll i det igen.',
        en: `${one ? 'has' : 'have'} a number that Excel changed. Format the column as Text and enter it again.`,
      };
    case 'unreadable':
      return {
        sv: 'har celler som inte går att läsa. De cellerna sparas inte.',
        en: `${one ? 'has' : 'have'} cells that cannot be read. Those cells are not saved.`,
      };
    case 'replaces':
      return {
        sv: 'byter ut en tidigare adress. Den står i loggen.',
        en: `${one ? 'replaces' : 'replace'} an earlier address, which is in the log.`,
      };
    case 'renames':
      return {
        sv: 'ger någon ett annat namn. Kontrollera i loggen att användar-id:t stämmer.',
        en: `${one ? 'gives' : 'give'} somebody another name. Check in the log that the User-ID is right.`,
      };
    case 'deactivates':
      return {
        sv: `inaktiverar någon. ${one ? 'Den' : 'De'} som inaktiveras får inga mejl och kan inte kopplas.`,
        en: `${one ? 'deactivates' : 'deactivate'} somebody. Whoever is deactivated gets no mail and cannot be connected.`,
      };
    case 'reactivates':
      return {
        sv: 'aktiverar någon igen. Kontrollera att filen inte är gammal.',
        en: `${one ? 'activates' : 'activate'} somebody again. Check that the file is not an old one.`,
      };
    case 'unprotects':
      return {
        sv: 'tar bort skyddad identitet från någon. Kontrollera att det stämmer.',
        en: `${one ? 'takes' : 'take'} protected identity from somebody. Check that this is right.`,
      };
    case 'zeros_lost':
      return {
        sv: 'har ett anställningsnummer som har förlorat inledande nollor. Formatera kolumnen som Text och fyll i dem.',
        en: `${one ? 'has' : 'have'} an employment number that has lost its leading zeros. Format the column as Text and enter them.`,
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
      return does === 'addresses'
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

/** The kinds by which rows of a log can be looked at, but for `number`: the log says that of those rows alone that nobody has. */
export const lookKinds = [
  'moved',
  'zeros_restored',
  ...warningKinds.filter((kind) => kind !== 'number'),
] as const;
export type LookKind = (typeof lookKinds)[number];

/** The name of such rows, where a reader chooses them. */
export function lookName(kind: LookKind, does: Doing | undefined): Text {
  if (kind === 'differs' && does !== 'addresses')
    return { sv: 'Säger något annat än en rad högre upp', en: 'Differs from a row higher up' };
  return lookNames[kind];
}

const lookNames: Readonly<Record<LookKind, Text>> = {
  moved: { sv: 'Byter avdelning eller kontor', en: 'Moves to another department or office' },
  zeros_restored: { sv: 'Inledande nollor återställda', en: 'Leading zeros put back' },
  slip: { sv: 'Domänen kan vara felskriven', en: 'Domain may be misspelt' },
  wrapped: { sv: 'Något runt adressen', en: 'Something around the address' },
  rounded: { sv: 'Avrundat nummer', en: 'Rounded number' },
  dated: { sv: 'Datum i stället för nummer', en: 'A date in place of a number' },
  damaged: { sv: 'Nummer som Excel har ändrat', en: 'Number changed by Excel' },
  personal_number: {
    sv: 'Personnummer som anställningsnummer',
    en: 'Personal identity number as employment number',
  },
  personal_user_id: { sv: 'Personnummer som användar-id', en: 'Personal identity number as User-ID' },
  masked: { sv: 'Personnummer med ****', en: 'Personal identity number with ****' },
  one_column: { sv: 'Allt i en cell', en: 'Everything in one cell' },
  unreadable: { sv: 'Celler som inte går att läsa', en: 'Cells that cannot be read' },
  replaces: { sv: 'Byter ut en adress', en: 'Replaces an address' },
  renames: { sv: 'Byter namn', en: 'Changes a name' },
  deactivates: { sv: 'Inaktiveras', en: 'Is deactivated' },
  reactivates: { sv: 'Aktiveras igen', en: 'Is activated again' },
  unprotects: { sv: 'Skyddad identitet tas bort', en: 'Protected identity is taken away' },
  zeros_lost: { sv: 'Inledande nollor saknas', en: 'Leading zeros are missing' },
  differs: { sv: 'Säger något annat än registret', en: 'Differs from the register' },
  ambiguous: { sv: 'Numret finns i flera företag', en: 'Number in several companies' },
  still_connected: { sv: 'Inaktiveras men är kopplad', en: 'Deactivated but connected' },
  error_value: { sv: 'Formelfel', en: 'Formula errors' },
  no_value: { sv: 'Formler som inte är uträknade', en: 'Formulas not calculated' },
  formula: { sv: 'Formler', en: 'Formulas' },
};
