import type { Button, HelpView, MessageView, NoteView } from '../../core/view.ts';
import { fieldKeys, fieldNames } from '../../rules/fields.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { list } from '../../rules/say.ts';
import { templates } from '../../rules/templates.ts';

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
export function howToImport(language: Language): HelpView<Button> {
  const say = speaker(language);
  const names = (keys: readonly (keyof typeof fieldNames)[]) =>
    list(
      keys.map((key) => fieldNames[key][language]),
      language,
    );
  const { connectEmail, employees } = templates;
  return {
    kind: 'help',
    title: say('Läs in en fil', 'Import a file'),
    text: say(
      'Släpp en CSV-fil här eller i vår direktkonversation. Jag visar vad som skulle hända, och inget sparas innan du har bekräftat.',
      'Drop a CSV file here or in our direct conversation. I show what would happen, and nothing is saved before you have confirmed.',
    ),
    entries: [
      {
        usage: connectEmail.name[language],
        summary: say(
          `Sparar adresser. Behöver ${names(connectEmail.columns)}.`,
          `Saves addresses. Needs ${names(connectEmail.columns)}.`,
        ),
      },
      {
        usage: employees.name[language],
        summary: say(
          `Skapar och ändrar användare. Behöver ${names(employees.columns)}, och ${names(employees.requiredToCreate)} för nya.`,
          `Creates and changes users. Needs ${names(employees.columns)}, and ${names(employees.requiredToCreate)} for new ones.`,
        ),
      },
    ],
    lines: [
      say(
        `Rubriker som jag känner till, på svenska eller engelska, i valfri ordning: ${names(fieldKeys)}.`,
        `Column names that I know, in English or Swedish, in any order: ${names(fieldKeys)}.`,
      ),
      say(
        'Excel: Arkiv > Spara som > CSV UTF-8. Formatera id och nummer som Text, så att nollor i början finns kvar.',
        'Excel: File > Save As > CSV UTF-8. Format ids and numbers as Text, so that leading zeros remain.',
      ),
    ],
  };
}

/** Said to whoever typed what a button does, where the import's message is perhaps somewhere else. */
export function importDecided(
  id: number,
  what: 'confirmed' | 'cancelled' | 'template',
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
  };
  return { kind: 'note', tone: what === 'confirmed' ? 'good' : 'plain', text: texts[what] };
}

export const examples: Record<string, MessageView> = {
  'how to import': howToImport('sv'),
  'members can read the file': readableByAll('en'),
  'import begun': importDecided(42, 'confirmed', 'sv'),
  'import cancelled by command': importDecided(42, 'cancelled', 'en'),
  'other template chosen': importDecided(42, 'template', 'sv'),
};
