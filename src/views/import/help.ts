import type { PlaceFacts } from '../../core/outbox.ts';
import type { Button, Example, HelpView, NoteView } from '../../core/view.ts';
import { type FieldKey, fieldKeys } from '../../rules/fields.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { importName, type NamedImport } from '../../rules/run.ts';
import { namesOf, requiredToCreate, type Template, templates } from '../../rules/templates.ts';

/** I8: said to whoever dropped a file in a channel, and to nobody else. */
export function readableByAll(language: Language): NoteView<never> {
  return {
    kind: 'note',
    tone: 'warning',
    text: speaker(language)(
      'Alla i kanalen kan läsa filen som du släppte. Ta bort den härifrån om de inte ska det, och släpp den i vår direktkonversation i stället.',
      'Everybody in this channel can read the file that you dropped. Delete it here if they should not, and drop it in our direct conversation instead.',
    ),
  };
}

/** `/vc import` alone: how a file is dropped, and which columns it may have. */
export function howToImport(own: readonly Template[], language: Language): HelpView<Button> {
  const say = speaker(language);
  const names = (keys: readonly FieldKey[]) => namesOf(keys)[language];
  const { connectEmail, employees } = templates;
  return {
    kind: 'help',
    title: say('Läs in en fil', 'Import a file'),
    text: say(
      'Släpp en CSV-fil eller en Excel-arbetsbok här eller i vår direktkonversation. Jag visar vad som skulle hända, och inget sparas förrän du har bekräftat.',
      'Drop a CSV file or an Excel workbook here or in our direct conversation. I show what would happen, and nothing is saved until you have confirmed.',
    ),
    entries: [
      {
        usage: connectEmail.name[language],
        summary: say(
          `Sparar adresser. Behöver ${names(connectEmail.fields)}.`,
          `Saves addresses. Needs ${names(connectEmail.fields)}.`,
        ),
      },
      {
        usage: employees.name[language],
        summary: say(
          `Skapar och ändrar användare. Behöver ${names(employees.fields)}, och ${names(requiredToCreate)} för nya.`,
          `Creates and changes users. Needs ${names(employees.fields)}, and ${names(requiredToCreate)} for new ones.`,
        ),
      },
      ...own.map(({ name, fields }) => ({
        usage: name[language],
        summary: say(`Er egen mall: ${names(fields)}.`, `Your own template: ${names(fields)}.`),
      })),
    ],
    lines: [
      say(
        `Rubriker som jag känner till, på svenska eller engelska, i valfri ordning: ${names(fieldKeys)}.`,
        `Column names that I know, in English or Swedish, in any order: ${names(fieldKeys)}.`,
      ),
      say(
        'Excel: släpp arbetsboken som den är (.xlsx), eller Arkiv > Spara som > CSV UTF-8. Formatera id och nummer som Text, så att inledande nollor finns kvar. Har arbetsboken flera blad läses det första vars rubriker passar.',
        'Excel: drop the workbook as it is (.xlsx), or File > Save As > CSV UTF-8. Format IDs and numbers as Text, so that leading zeros remain. Of several sheets the first whose column names fit is read.',
      ),
      say(
        'Filer som ser ut på något annat sätt läses med en egen mall: `/vc mallar skapa import`.',
        'Files that look different are read by a template of your own: `/vc templates create import`.',
      ),
    ],
  };
}

/** `/vc import` alone, where files do not reach the bot. */
export function dropDirectly(
  { canPost, directUrl }: Pick<PlaceFacts, 'canPost' | 'directUrl'>,
  language: Language,
): NoteView<Button> {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    title: say('Läs in en fil', 'Import a file'),
    text: say(
      'Filer som släpps här når inte fram till mig. Släpp din CSV- eller Excelfil i vår egen chatt, så visar jag där vad som skulle hända.',
      'Files dropped here do not reach me. Drop your CSV or Excel file in our own chat: there I show what would happen.',
    ),
    lines: canPost
      ? [
          say(
            'Gör du det inom en timme berättar jag här hur många rader det blev.',
            'If you do so within an hour, I tell here how many rows there were.',
          ),
        ]
      : [],
    ...(directUrl ? { actions: [{ label: say('Öppna chatten', 'Open the chat'), url: directUrl }] } : {}),
  };
}

/** Said to whoever typed what a button does, where the import's message is perhaps somewhere else. */
export function importDecided(
  id: number,
  what: 'confirmed' | 'cancelled' | 'template' | 'sheet',
  language: Language,
): NoteView<Button> {
  const say = speaker(language);
  const texts: Readonly<Record<typeof what, string>> = {
    confirmed: say(
      `Import #${id} har börjat. Mitt meddelande om den visar läget.`,
      `Import #${id} has begun. My message about it shows the progress.`,
    ),
    cancelled: say(
      `Import #${id} är avbruten. Inget är sparat.`,
      `Import #${id} is cancelled. Nothing is saved.`,
    ),
    template: say(
      `Import #${id} läses med den andra mallen. Förhandsvisningen ändras strax.`,
      `Import #${id} is being read by the other template. Its preview will change in a moment.`,
    ),
    sheet: say(
      `Det andra bladet läses för import #${id}. Förhandsvisningen ändras strax.`,
      `The other sheet is being read for import #${id}. Its preview will change in a moment.`,
    ),
  };
  return { kind: 'note', tone: what === 'confirmed' ? 'good' : 'plain', text: texts[what] };
}

/** Said to whoever asked where others read: what is previewed there is counts alone (A3). */
export function storedBegun(named: NamedImport, language: Language): NoteView<Button> {
  const name = importName(named)[language];
  const text = speaker(language)(
    `${name} förhandsvisas strax här, med antal men inga namn. Bekräfta i det meddelandet.`,
    `${name} will be previewed here in a moment, with counts and no names. Confirm in that message.`,
  );
  return { kind: 'note', tone: 'plain', text };
}

const own: Template = {
  ...templates.connectEmail,
  key: 'own:1',
  name: { sv: 'Lönelistan', en: 'Lönelistan' },
};

export const examples: Record<string, Example> = {
  'how to import': (language) => howToImport([], language),
  'how to import, by own templates too': (language) => howToImport([own], language),
  'files do not reach the bot here': (language) =>
    dropDirectly(
      { canPost: true, directUrl: 'https://teams.microsoft.com/l/chat/0/0?users=28:vc' },
      language,
    ),
  'members can read the file': readableByAll,
  'import begun': (language) => importDecided(42, 'confirmed', language),
  'fill begun, where others read': (language) => storedBegun({ id: 45, origin: 'fill' }, language),
  'undo begun, where others read': (language) =>
    storedBegun({ id: 46, origin: 'undo', undoes: 42 }, language),
  'import cancelled by command': (language) => importDecided(42, 'cancelled', language),
  'other sheet chosen': (language) => importDecided(42, 'sheet', language),
  'other template chosen': (language) => importDecided(42, 'template', language),
};
