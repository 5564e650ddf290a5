import type { Language } from '../rules/language.ts';
import type { Button, NoteView } from './view.ts';

const declined = {
  sv: 'Filen lämnades inte över. Du kan hämta den när du vill.',
  en: 'The file was not handed over. You can get it whenever you like.',
};
const get = { sv: 'Hämta filen', en: 'Get the file' };

/** Said to whoever did not take a file: with its line they get it after all. */
export function declinedFile(line: string, language: Language): NoteView<Button> {
  return {
    kind: 'note',
    tone: 'plain',
    text: declined[language],
    actions: [{ label: get[language], line, acting: false }],
  };
}
