import { addressProblems, parseAddress } from './address.ts';
import { likelyAddress } from './address-mend.ts';
import { longestCell } from './cells.ts';
import type { Damage } from './excel.ts';
import { type FieldKey, fieldNames } from './fields.ts';
import { type RejectReason, reasonTexts } from './import-row.ts';
import type { Language, Text } from './language.ts';
import { isMarkedKind, type MarkedKind, markedText } from './marked-cells.ts';
import { list } from './say.ts';
import type { Doing } from './templates.ts';

/**
 * What is worth saying of a cell as it was read: `slip`, an address whose domain is probably misspelt; `wrapped`, an
 * address with something around it, of which it alone is read; `rounded`, `dated` or else `damaged` by a spreadsheet;
 * `personal_number`, where an employment number should be; `personal_user_id`, one that is the User-ID; `masked`, what the log
 * has left of one; `unreadable` and so not written; `too_long` or `one_column` (it holds the whole row), for which the row is
 * rejected (as `wrong_columns`); and what a workbook tells of it.
 */
export interface CellHint {
  kind:
    | 'slip'
    | 'wrapped'
    | Damage
    | 'personal_number'
    | 'personal_user_id'
    | 'masked'
    | 'unreadable'
    | 'too_long'
    | 'one_column'
    | MarkedKind;
  field: FieldKey;
  /** What is probably meant instead: of a slip, the domain. */
  meant?: string;
}

/** What a hint says beside its row. */
export function hintText({ kind, field, meant = '' }: CellHint): Text {
  if (isMarkedKind(kind)) return markedText(kind, field);
  const { sv, en } = fieldNames[field];
  switch (kind) {
    case 'slip':
      return {
        sv: `${sv}: det som står efter @ ser felskrivet ut. Menas ${meant}? Rätta i så fall adressen.`,
        en: `${en}: what stands after the @ looks misspelt. Is ${meant} meant? Then correct the address.`,
      };
    case 'wrapped':
      return {
        sv: `${sv}: det står något runt adressen, till exempel ett namn eller mailto:. Bara adressen läses.`,
        en: `${en}: there is something around the address, such as a name or mailto:. Only the address is read.`,
      };
    case 'rounded':
      return {
        sv: `${sv}: Excel har avrundat numret, så de sista siffrorna är borta. Formatera kolumnen som Text och fyll i det igen.`,
        en: `${en}: Excel rounded the number, so its last digits are gone. Format the column as Text and enter it again.`,
      };
    case 'dated':
      return {
        sv: `${sv}: Excel har gjort om numret till ett datum. Formatera kolumnen som Text och fyll i det igen.`,
        en: `${en}: Excel turned the number into a date. Format the column as Text and enter it again.`,
      };
    case 'personal_number':
      return {
        sv: `${sv}: det här ser ut som ett personnummer. Fyll i anställningsnumret i stället. De sista siffrorna visas inte.`,
        en: `${en}: this looks like a personal identity number. Enter the employment number instead. Its last digits are not shown.`,
      };
    case 'personal_user_id':
      return {
        sv: `${sv}: det här ser ut som ett personnummer. Kontrollera att det är rätt id. De sista siffrorna visas inte.`,
        en: `${en}: this looks like a personal identity number. Check that it is the right ID. Its last digits are not shown.`,
      };
    case 'masked':
      return {
        sv: `${sv}: de sista siffrorna är utbytta mot ****. Fyll i hela numret.`,
        en: `${en}: the last digits are replaced by ****. Enter all of it.`,
      };
    case 'one_column':
      return {
        sv: 'Allt på raden står i en enda cell: raden är satt inom citattecken, eller har en annan avgränsare än rubrikraden. Dela upp den i Excel med Data > Text till kolumner.',
        en: 'Everything on the row is in one cell: it is within quotation marks, or has another delimiter than the header row. Split it in Excel with Data > Text to Columns.',
      };
    case 'damaged':
      return {
        sv: `${sv}: Excel har ändrat numret. Formatera kolumnen som Text och fyll i det igen.`,
        en: `${en}: Excel changed the number. Format the column as Text and enter it again.`,
      };
    case 'unreadable':
      return {
        sv: `${sv}: cellen går inte att läsa och sparas inte. ${readableCells(field).sv}`,
        en: `${en}: the cell cannot be read and is not saved. ${readableCells(field).en}`,
      };
    case 'too_long':
      return {
        sv: `${sv}: cellen har fler än ${longestCell} tecken. Korta texten. Står det flera rader i cellen saknas troligen ett citattecken.`,
        en: `${en}: the cell has more than ${longestCell} characters. Shorten it. If it holds several rows, a quotation mark is probably missing.`,
      };
  }
}

const isDate = (field: FieldKey): boolean => field === 'employedFrom' || field === 'employedTo';

/** What can be written in a field whose cells are read as something else than text. */
function readableCells(field: FieldKey): Text {
  switch (field) {
    case 'language':
      return { sv: 'Skriv svenska eller engelska.', en: 'Write Swedish or English.' };
    case 'employedFrom':
    case 'employedTo':
      return { sv: 'Skriv ett datum som 2026-01-31.', en: 'Write a date such as 2026-01-31.' };
    default:
      return { sv: 'Skriv Ja eller Nej.', en: 'Write Yes or No.' };
  }
}

/**
 * Why a row was rejected, sentence by sentence, with what is worth saying of its cells: a cell that is too long, or holds the whole row, is all that
 * is wrong; of addresses that are not valid, what is wrong with each.
 */
export function rejectionTexts(
  reason: RejectReason,
  hints: readonly CellHint[],
  values: Partial<Record<FieldKey, string>>,
): Text[] {
  const said = worthSaying(hints, reason).map(hintText);
  if (reason === 'invalid_email') return [...addressFaults(values), ...said];
  if (reason !== 'wrong_columns') return [reasonTexts[reason], ...said];
  return hints.some(({ kind }) => kind === 'too_long' || kind === 'one_column')
    ? said
    : [otherColumns, ...said];
}

/** Which kind of hint a reason tells of as well: it is no warning of its own. */
const toldByReason: Partial<Record<RejectReason, CellHint['kind']>> = {
  unreadable_date: 'unreadable',
  domain_not_allowed: 'slip',
};

/** The reason that says already what a hint of that kind does. */
export const reasonTelling = (kind: string): RejectReason | undefined =>
  (Object.keys(toldByReason) as RejectReason[]).find((reason) => toldByReason[reason] === kind);

/** The kind of one note: of `replaces:anna@company.se`, `replaces`. */
export const kindOfNote = (note: string): string => note.split(':', 1)[0] ?? '';

/** Every kind of hint and note that is said of a row, but for what its reason tells already. */
export function kindsSaid(
  hints: readonly Pick<CellHint, 'kind'>[],
  notes: readonly string[],
  reason: RejectReason | undefined,
): ReadonlySet<string> {
  const kinds = [...hints.map(({ kind }) => kind), ...notes.map(kindOfNote)];
  return new Set(kinds.filter((kind) => reason === undefined || reasonTelling(kind) !== reason));
}

/** A User-ID or number that is a number in a workbook is worth a word only where nobody has it; a date, where the reason is not about it. */
export function worthSaying(hints: readonly CellHint[], reason?: RejectReason): readonly CellHint[] {
  const isAboutIds = reason === 'unknown_user' || reason === 'id_mismatch';
  const isSaid = ({ kind, field }: CellHint) =>
    reason === 'unreadable_date' && kind === 'unreadable' && isDate(field);
  return hints.filter((hint) => (isAboutIds || hint.kind !== 'number') && !isSaid(hint));
}

/** What the form would say of the row's addresses. */
function addressFaults(values: Partial<Record<FieldKey, string>>): Text[] {
  const found = (['email', 'connectEmail'] as const).flatMap((field) => {
    const parsed = values[field] ? parseAddress(values[field]) : undefined;
    if (!parsed || parsed.ok) return [];
    const { sv, en } = addressProblems[parsed.problem];
    const likely = likelyAddress(values[field] ?? '');
    const [asked, askedEn] = likely ? [` Menas ${likely}?`, ` Is ${likely} meant?`] : ['', ''];
    return [
      {
        sv: `${fieldNames[field].sv}: ${sv}${asked}`,
        en: `${fieldNames[field].en}: ${en}${askedEn}`,
      },
    ];
  });
  return found.length > 0 ? [notValid, ...found] : [reasonTexts.invalid_email];
}

const notValid: Text = { sv: 'E-postadressen är inte giltig.', en: 'The email address is not valid.' };

const otherColumns: Text = {
  sv: 'Raden har inte lika många kolumner som rubrikraden. Kontrollera avgränsare och citattecken.',
  en: 'The row does not have as many columns as the header row. Check delimiters and quotation marks.',
};

/**
 * What else was decided of a row: `differs:name office`, where the file says otherwise than what is saved; `kept`, where
 * the address of somebody connected stays (U5); `still_connected`, where somebody connected is deactivated (U7); `ambiguous`,
 * where the number is the user's in several companies and the row names none; `moved:IT|Malmö`, where the department or the office
 * becomes another, and which it was (of the other nothing; earlier versions noted neither); `changes:email language`, where
 * something else becomes another, or is filled in; `deactivates`, `reactivates`, `protects` and `unprotects`; `replaces:anna@company.se`, where there was another address before, and `renames:Anna Berg`, another name; `zeros_restored`, read as in the export
 * that the file came from; `zeros_lost`, where the number is the user's but for its leading zeros; of an undo `removed`, where there was no address before, and `link_ends`, where a verification is open.
 */
export function noteText(note: string, does: Doing | undefined): Text | undefined {
  const [kind = '', fields = ''] = note.split(':', 2);
  if (kind === 'changes')
    return {
      sv: `Ändras: ${namesOf(fields, 'sv')}.`,
      en: `Changes: ${namesOf(fields, 'en')}.`,
    };
  if (kind === 'moved') return movedText(fields);
  if (kind === 'replaces')
    return {
      sv: `Byter ut adressen ${fields}.`,
      en: `Replaces the address ${fields}.`,
    };
  if (kind === 'renames')
    return {
      sv: `Byter namn från ${fields}.`,
      en: `Changes the name from ${fields}.`,
    };
  if (kind === 'differs') return differsText(fields, does);
  return fixedTexts.get(kind);
}

/** Of the notes that hold nothing but their kind. */
const fixedTexts: ReadonlyMap<string, Text> = new Map(
  Object.entries({
    kept: {
      sv: 'Adressen ändras inte: användaren är redan kopplad. Ta bort kopplingen först.',
      en: 'The address is not changed: the user is already connected. Delete the connection first.',
    },
    still_connected: {
      sv: 'Användaren inaktiveras men är fortfarande kopplad. Ta bort kopplingen om den inte ska finnas kvar.',
      en: 'The user is deactivated but still connected. Delete the connection if it should not remain.',
    },
    ambiguous: {
      sv: 'Användaren har numret i flera företag. Fyll i företaget för att ändra anställningen.',
      en: 'The user has this number in several companies. Fill in the company to change the employment.',
    },
    deactivates: { sv: 'Inaktiveras.', en: 'Is deactivated.' },
    reactivates: { sv: 'Aktiveras igen.', en: 'Is activated again.' },
    protects: { sv: 'Får skyddad identitet.', en: 'Gets protected identity.' },
    unprotects: { sv: 'Har inte längre skyddad identitet.', en: 'No longer has protected identity.' },
    zeros_restored: {
      sv: 'Inledande nollor saknades. Raden läses som i exporten som filen kom från.',
      en: 'Leading zeros were missing. The row is read as in the export that the file came from.',
    },
    zeros_lost: {
      sv: 'Numret är användarens men har förlorat inledande nollor. Formatera kolumnen som Text och fyll i dem.',
      en: "The number is the user's but has lost its leading zeros. Format the column as Text and enter them.",
    },
    removed: {
      sv: 'Användaren hade ingen adress före importen och blir utan.',
      en: 'The user had no address before the import, and is left without.',
    },
    link_ends: {
      sv: 'Ett verifieringsmejl väntade på svar. Länken i det slutar gälla.',
      en: 'A verification email was waiting for an answer. The link in it stops working.',
    },
  }),
);

function movedText(left: string): Text {
  const [department = '', office = ''] = left.split('|');
  if (department && office)
    return {
      sv: `Flyttas från avdelningen ${department} och kontoret ${office}.`,
      en: `Moves from the department ${department} and the office ${office}.`,
    };
  if (department)
    return { sv: `Flyttas från avdelningen ${department}.`, en: `Moves from the department ${department}.` };
  if (office) return { sv: `Flyttas från kontoret ${office}.`, en: `Moves from the office ${office}.` };
  return {
    sv: 'Flyttas till en annan avdelning eller ett annat kontor.',
    en: 'Moves to another department or office.',
  };
}

/** "E-post och Språk": how a reader knows the fields of a note. */
function namesOf(fields: string, language: Language): string {
  const known = fields.split(' ').filter(isField);
  return list(
    known.map((field) => fieldNames[field][language]),
    language,
  );
}

function differsText(fields: string, does: Doing | undefined): Text {
  const names = (language: Language) => namesOf(fields, language);
  return does === 'addresses'
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
