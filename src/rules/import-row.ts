import type { Text } from './language.ts';

/**
 * I4: the one outcome that every data row gets. The ones from `skipped_filled` on are for rows that come from the store instead
 * of a file: users whose address is filled in, and addresses that are put back.
 */
export const rowOutcomes = [
  'created',
  'updated',
  'unchanged',
  'skipped_connected',
  'skipped_empty',
  'skipped_filled',
  'skipped_inactive',
  'skipped_no_email',
  'skipped_changed',
  'skipped_verified',
  'rejected',
] as const;

/** One of I4's outcomes. */
export type RowOutcome = (typeof rowOutcomes)[number];

/**
 * I4: why a row is rejected; the first that applies, in this order. `other_department` is for rows of a file that was written for
 * one department, `unreadable_date` for those that say more than an address, `shared_email` for those that do not come from a file.
 */
export const rejectReasons = [
  'wrong_columns',
  'missing_required',
  'unknown_user',
  'id_mismatch',
  'no_permission',
  'other_department',
  'unreadable_date',
  'invalid_email',
  'domain_not_allowed',
  'conflict_in_file',
  'duplicate_in_file',
  'shared_email',
  'address_taken',
] as const;

/** One of I4's reasons. */
export type RejectReason = (typeof rejectReasons)[number];

/** How an outcome reads beside a row, and on the filter of the log page. */
export const outcomeNames: Readonly<Record<RowOutcome, Text>> = {
  created: { sv: 'Skapad', en: 'Created' },
  updated: { sv: 'Uppdaterad', en: 'Updated' },
  unchanged: { sv: 'Oförändrad', en: 'Unchanged' },
  skipped_connected: { sv: 'Hoppades över: redan kopplad', en: 'Skipped: already connected' },
  skipped_empty: { sv: 'Hoppades över: ingen adress i filen', en: 'Skipped: no address in the file' },
  skipped_filled: { sv: 'Hoppades över: har redan en adress', en: 'Skipped: has an address already' },
  skipped_inactive: { sv: 'Hoppades över: inaktiverad', en: 'Skipped: deactivated' },
  skipped_no_email: { sv: 'Hoppades över: ingen vanlig e-post', en: 'Skipped: no ordinary email' },
  skipped_changed: { sv: 'Hoppades över: ändrad sedan dess', en: 'Skipped: changed since' },
  skipped_verified: { sv: 'Hoppades över: verifierad sedan dess', en: 'Skipped: verified since' },
  rejected: { sv: 'Avvisad', en: 'Rejected' },
};

/** What a reason says to the person who corrects the row: the fault, and what to do. */
export const reasonTexts: Readonly<Record<RejectReason, Text>> = {
  wrong_columns: {
    sv: 'Raden har fel antal kolumner eller en för lång cell. Kontrollera avgränsare och citattecken.',
    en: 'The row has the wrong number of columns or a cell that is too long. Check delimiters and quotation marks.',
  },
  missing_required: {
    sv: 'Användar-id, anställningsnummer eller företag saknas. Fyll i det som är tomt.',
    en: 'User-ID, employment number or company is missing. Fill in what is empty.',
  },
  unknown_user: {
    sv: 'Det finns ingen användare med det användar-id:t. Kontrollera det mot listan över användare.',
    en: 'There is no user with that User-ID. Check it against the list of users.',
  },
  id_mismatch: {
    sv: 'Användar-id och anställningsnummer hör inte ihop. Kontrollera att båda gäller samma person.',
    en: "User-ID and employment number do not belong together. Check that both are the same person's.",
  },
  no_permission: {
    sv: 'Du har inte behörighet i radens företag. Be någon med behörighet att läsa in raden.',
    en: 'You have no permission in the company of this row. Ask somebody with permission to import the row.',
  },
  other_department: {
    sv: 'Personen fanns inte med i avdelningens fil från början. Läs in raden i en egen fil.',
    en: "The person was not in the department's file to begin with. Import the row in a file of its own.",
  },
  unreadable_date: {
    sv: 'Anställd från eller Anställd till går inte att läsa som ett datum. Skriv det som 2027-01-31.',
    en: 'Employed from or Employed to cannot be read as a date. Write it as 2027-01-31.',
  },
  invalid_email: {
    sv: 'E-postadressen är inte giltig. Rätta den.',
    en: 'The email address is not valid. Correct it.',
  },
  domain_not_allowed: {
    sv: 'Adressens domän är inte tillåten. Använd en adress i en tillåten domän, eller tillåt domänen först.',
    en: 'The domain of the address is not allowed. Use an address in an allowed domain, or allow the domain first.',
  },
  conflict_in_file: {
    sv: 'Samma användare har olika adresser i filen. Behåll den rätta på alla rader.',
    en: 'The same user has different addresses in the file. Keep the right one on every row.',
  },
  duplicate_in_file: {
    sv: 'Flera användare har samma adress i filen. Varje person behöver en egen.',
    en: 'Several users have the same address in the file. Everyone needs their own.',
  },
  shared_email: {
    sv: 'Flera aktiva användare har samma vanliga e-postadress. Varje person behöver en egen.',
    en: 'Several active users have the same ordinary email address. Everyone needs their own.',
  },
  address_taken: {
    sv: 'Adressen används av en annan användare. Varje person behöver en egen.',
    en: 'Another user has this address. Everyone needs their own.',
  },
};

/** Words that go with a number of rows. */
export interface Counted {
  one: Text;
  many: Text;
}

const counted = (sv: [one: string, many: string], en: [one: string, many: string]): Counted => ({
  one: { sv: sv[0], en: en[0] },
  many: { sv: sv[1], en: en[1] },
});

const alike = (sv: string, en: string): Counted => counted([sv, sv], [en, en]);

/** The outcomes as said after a number, before and after the fact: "40 oförändrade". `address`, `replaced`: an address is all that changes; `put_back` and
 * `removed`: by an undo. */
export const outcomeCounts: Readonly<
  Record<
    Exclude<RowOutcome, 'rejected'> | 'further' | 'address' | 'replaced' | 'put_back' | 'removed',
    Counted
  >
> = {
  created: counted(['ny användare', 'nya användare'], ['new user', 'new users']),
  updated: counted(['ändrad', 'ändrade'], ['changed', 'changed']),
  address: counted(['ny adress', 'nya adresser'], ['new address', 'new addresses']),
  replaced: counted(
    ['ersatt adress; den tidigare står i loggen', 'ersatta adresser; de tidigare står i loggen'],
    [
      'replaced address; the earlier one is in the log',
      'replaced addresses; the earlier ones are in the log',
    ],
  ),
  put_back: alike('med sin tidigare adress tillbaka', 'with the earlier address back'),
  removed: alike('utan adress, som före importen', 'without an address, as before the import'),
  further: alike('med ytterligare en anställning', 'with a further employment'),
  unchanged: counted(['oförändrad', 'oförändrade'], ['unchanged', 'unchanged']),
  skipped_connected: counted(['redan kopplad', 'redan kopplade'], ['already connected', 'already connected']),
  skipped_empty: alike('utan adress i filen', 'without an address in the file'),
  skipped_filled: alike('som redan har en adress', 'who already have an address'),
  skipped_inactive: counted(['inaktiverad', 'inaktiverade'], ['deactivated', 'deactivated']),
  skipped_no_email: alike('utan vanlig e-postadress', 'without an ordinary email address'),
  skipped_changed: counted(['ändrad sedan dess', 'ändrade sedan dess'], ['changed since', 'changed since']),
  skipped_verified: counted(
    ['verifierad sedan dess', 'verifierade sedan dess'],
    ['verified since', 'verified since'],
  ),
};

/** The reasons as said after a number: "3 med ogiltig e-postadress". */
export const reasonCounts: Readonly<Record<RejectReason, Counted>> = {
  wrong_columns: alike(
    'med fel antal kolumner eller en för lång cell',
    'with the wrong number of columns or a cell that is too long',
  ),
  missing_required: alike(
    'där användar-id, nummer eller företag saknas',
    'without User-ID, number or company',
  ),
  unknown_user: alike('med okänt användar-id', 'with an unknown User-ID'),
  id_mismatch: alike(
    'där användar-id och nummer inte hör ihop',
    'where User-ID and number do not belong together',
  ),
  no_permission: alike('utanför din behörighet', 'beyond your permission'),
  other_department: alike(
    'om någon som inte fanns i avdelningens fil',
    "about somebody who was not in the department's file",
  ),
  unreadable_date: alike('med ett datum som inte går att läsa', 'with a date that cannot be read'),
  invalid_email: alike('med ogiltig e-postadress', 'with an email address that is not valid'),
  domain_not_allowed: alike('med otillåten domän', 'with a domain that is not allowed'),
  conflict_in_file: alike(
    'där användaren har flera adresser i filen',
    'where the user has several addresses in the file',
  ),
  duplicate_in_file: alike(
    'med en adress som flera har i filen',
    'with an address that several have in the file',
  ),
  shared_email: alike(
    'med en vanlig e-postadress som flera har',
    'with an ordinary email address that several have',
  ),
  address_taken: alike('med en adress som någon annan har', 'with an address that somebody else has'),
};
