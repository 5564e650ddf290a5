import type { Button } from '../../../core/view.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { quoteAlways } from '../../../rules/line.ts';
import { isOwn, type Purpose, type Template } from '../../../rules/templates.ts';
import type { AskingButton } from '../../parts/question.ts';

/** How a line names a template: it stays the same when its name changes. */
export function templateWord({ key, purpose, name }: Template): string {
  return isOwn({ key }) ? key : `${purpose}:${quoteAlways(name.en)}`;
}

export function newButton(purpose: Purpose, language: Language): Button {
  const say = speaker(language);
  return {
    label:
      purpose === 'import'
        ? say('Ny importmall', 'New import template')
        : say('Ny exportmall', 'New export template'),
    line: `templates create ${purpose}`,
    acting: false,
    opensForm: true,
  };
}

export function listButton(language: Language): Button {
  return { label: speaker(language)('Alla mallar', 'All templates'), line: 'templates', acting: false };
}

export function showButton(template: Template, language: Language): Button {
  return {
    label: speaker(language)('Visa', 'Show'),
    line: `templates show ${templateWord(template)}`,
    acting: false,
  };
}

export function changeButton(template: Template, language: Language): Button {
  return {
    label: speaker(language)('Ändra', 'Change'),
    line: `templates change ${templateWord(template)}`,
    acting: false,
    opensForm: true,
  };
}

export function copyButton(template: Template, language: Language): Button {
  return {
    label: speaker(language)('Kopiera', 'Copy'),
    line: `templates copy ${templateWord(template)}`,
    acting: false,
    opensForm: true,
  };
}

export function matchButton(template: Template, language: Language): Button {
  return {
    label: speaker(language)('Gör importmallen som passar', 'Make the matching import template'),
    line: `templates match ${templateWord(template)}`,
    acting: true,
    style: 'primary',
  };
}

export function exportButton(template: Template, language: Language): Button {
  return {
    label: speaker(language)('Exportera', 'Export'),
    line: `export form ${templateWord(template)}`,
    acting: false,
    opensForm: true,
  };
}

export function deleteButton(template: Template, language: Language): AskingButton {
  const say = speaker(language);
  return {
    label: say('Ta bort', 'Delete'),
    line: `templates delete ${templateWord(template)}`,
    acting: true,
    style: 'danger',
    ask: {
      title: say('Ta bort mallen?', 'Delete the template?'),
      text:
        template.purpose === 'import'
          ? say(
              'Det går inte att ångra. Importer som redan har börjat påverkas inte.',
              'This cannot be undone. Imports that have already begun are not affected.',
            )
          : say(
              'Det går inte att ångra. Exporter som redan har börjat påverkas inte.',
              'This cannot be undone. Exports that have already begun are not affected.',
            ),
      yes: say('Ta bort', 'Delete'),
      no: say('Avbryt', 'Cancel'),
    },
  };
}
