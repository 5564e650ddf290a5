import type { Language, Text } from '../rules/language.ts';
import type { MessageView, OpenForm, Pressable } from './view.ts';

const pressToOpen: Text = {
  sv: 'Tryck på knappen för att öppna formuläret.',
  en: 'Press the button to open the form.',
};

/**
 * A platform opens a form only after a command or a press. Where a message asked for it, or it could not be opened,
 * a button stands in, below `text`: the form's line, run once more, opens it.
 */
export function formButton(
  form: OpenForm,
  language: Language,
  text: Text = pressToOpen,
): MessageView<Pressable> {
  return {
    kind: 'note',
    tone: 'plain',
    title: form.title,
    text: text[language],
    actions: [{ label: form.title, id: form.id, style: 'primary', opensForm: true }],
  };
}
