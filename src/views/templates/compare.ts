import type { Button, Example, NoteView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { disagreements } from '../../rules/template-match.ts';
import type { ExportTemplate, ImportTemplate } from '../../rules/templates.ts';
import { isOwn } from '../../rules/templates.ts';
import { changeButton, matchButton } from './parts/buttons.ts';
import { exported, imported } from './parts/samples.ts';

/** Where an export and an import template disagree. */
export function templatesCompared(
  out: ExportTemplate,
  back: ImportTemplate,
  language: Language,
): NoteView<Button> {
  const say = speaker(language);
  const found = disagreements(out, back);
  const title = `${out.name[language]} → ${back.name[language]}`;
  if (found.length === 0)
    return {
      kind: 'note',
      tone: 'good',
      title,
      text: say(
        'Mallarna stämmer överens: det som exporteras kan läsas in som det är.',
        'The templates agree: what is exported can be imported as it is.',
      ),
    };
  return {
    kind: 'note',
    tone: 'warning',
    title,
    text: say('Mallarna stämmer inte överens.', 'The templates disagree.'),
    lines: found.map(({ text }) => text[language]),
    actions: [
      matchButton(out, language),
      ...[back, out].filter(isOwn).map((one) => ({
        ...changeButton(one, language),
        label:
          one.purpose === 'import'
            ? say('Ändra importmallen', 'Change the import template')
            : say('Ändra exportmallen', 'Change the export template'),
      })),
    ],
  };
}

export const examples: Record<string, Example> = {
  'that agree': (language) => templatesCompared(exported, imported, language),
  'that disagree': (language) =>
    templatesCompared(
      { ...exported, fields: exported.fields.toReversed() },
      { ...imported, delimiter: '\t', encoding: 'IBM437', header: false, skipRows: 1 },
      language,
    ),
};
