import type { Button, Example, NoteView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import type { ExportStatus } from '../../services/exports/index.ts';
import { howMany, newLine } from './parts/about.ts';
import { fileLine, pageButton } from './parts/buttons.ts';
import { done, lookedAt, toFlex } from './parts/samples.ts';

/** Said to whoever asked where others read: the file does not come there. */
export function exportBegun(id: number, language: Language): NoteView<Button> {
  const text = speaker(language)(
    `Export #${id} har börjat. När den är klar får du filen i vår direktkonversation, eller en egen länk om den är stor.`,
    `Export #${id} has begun. Once it is done you get the file in our direct conversation, or a link of your own where it is large.`,
  );
  return { kind: 'note', tone: 'plain', text };
}

/** Said where nobody is meant. */
export function nobodyToExport(
  onlyNew: ExportStatus['onlyNew'],
  language: Language,
  now = new Date(),
): NoteView<Button> {
  const say = speaker(language);
  const news = newLine(onlyNew, language, now);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      'Det finns ingen att exportera, så det blev ingen fil.',
      'There is nobody to export, so no file was made.',
    ),
    lines: news
      ? [news]
      : [
          say(
            'Ta bort något villkor ur filtret, eller skriv `/vc användare` för att se vilka som finns.',
            'Remove a condition from the filter, or type `/vc users` to see who there is.',
          ),
        ],
  };
}

/** What stands beside an export's file, and the line that asks for it again. */
export function aboutExport(status: ExportStatus, language: Language): { about: string; line: string } {
  const { id, template } = status;
  const about = speaker(language)(
    `Export #${id}: ${howMany(status, 'sv')}, med mallen ”${template.name.sv}”.`,
    `Export #${id}: ${howMany(status, 'en')}, by the template "${template.name.en}".`,
  );
  return { about, line: fileLine(id) };
}

/** Where the bot may not hand files over, and where the file is too large for that: its page has it. */
export function exportOnPage({ id, large }: ExportStatus, language: Language): NoteView<Button> {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: large
      ? say(
          `Filen från export #${id} är för stor för chatten. Du kan ladda ner den från dess sida.`,
          `The file of export #${id} is too large for the chat. You can download it from its page.`,
        )
      : say(
          `Jag får inte lämna över filer här. Filen från export #${id} kan du ladda ner från dess sida.`,
          `I may not hand over files here. You can download the file of export #${id} from its page.`,
        ),
    actions: [pageButton({ id }, language)],
  };
}

export const examples: Record<string, Example> = {
  'begun, where others read': (language) => exportBegun(44, language),
  'nobody to export': (language) => nobodyToExport(undefined, language, lookedAt),
  'nobody new to export': (language) => nobodyToExport(toFlex.onlyNew, language, lookedAt),
  'on its page, where no files are handed over': (language) => exportOnPage(done, language),
  'on its page, too large for chat': (language) => exportOnPage({ ...done, large: true }, language),
};
