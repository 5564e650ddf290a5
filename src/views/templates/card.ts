import type { Button, ConfirmView, Example, FactsView, NoteView } from '../../core/view.ts';
import { type Language, type Say, speaker } from '../../rules/language.ts';
import { list } from '../../rules/say.ts';
import { disagreements, lackingToMatch } from '../../rules/template-match.ts';
import { columnsText, delimiterOf, doingNames, encodingOf, fieldsText } from '../../rules/template-words.ts';
import { exportTemplates, isOwn, type Purpose, type Template, templates } from '../../rules/templates.ts';
import { excelLines } from '../parts/excel.ts';
import { asking } from '../parts/question.ts';
import {
  changeButton,
  copyButton,
  deleteButton,
  exportButton,
  listButton,
  matchButton,
  newButton,
} from './parts/buttons.ts';
import { exported, imported } from './parts/samples.ts';

/** What has just been done to a template. */
export type TemplateDone = 'created' | 'changed' | 'matched' | 'matched_before';

/** A template: how files are read or written by it, and which others go with it. `others`: all that the reader may use. */
export function templateCard(
  template: Template,
  others: readonly Template[],
  language: Language,
  done?: TemplateDone,
): FactsView<Button> {
  const say = speaker(language);
  const isImport = template.purpose === 'import';
  return {
    kind: 'facts',
    title: `${isImport ? say('Importmall', 'Import template') : say('Exportmall', 'Export template')}: ${template.name[language]}`,
    ...(done ? { status: { tone: 'good', text: doneText(done, say) } } : {}),
    facts: factsOf(template, language),
    lines: [...noteLines(template, language), ...fittingLine(template, others, language)],
    actions: [
      ...(isImport ? [] : [exportButton(template, language)]),
      ...(template.purpose === 'export' &&
      lackingToMatch(template).length === 0 &&
      others.some((one) => one.purpose === 'import')
        ? [matchButton(template, language)]
        : []),
      ...(isOwn(template) ? [changeButton(template, language)] : []),
      copyButton(template, language),
      ...(isOwn(template) ? [deleteButton(template, language)] : []),
      listButton(language),
    ],
  };
}

function doneText(done: TemplateDone, say: Say): string {
  switch (done) {
    case 'created':
      return say('Klart. Mallen är sparad.', 'Done. The template is saved.');
    case 'changed':
      return say('Klart. Mallen är ändrad.', 'Done. The template is changed.');
    case 'matched':
      return say(
        'Klart. Importmallen har samma fält i samma ordning som exportmallen.',
        'Done. The import template has the same fields in the same order as the export template.',
      );
    case 'matched_before':
      return say(
        'Den här importmallen finns redan och passar exportmallen.',
        'This import template is there already, and matches the export template.',
      );
  }
}

function factsOf(template: Template, language: Language): FactsView<Button>['facts'] {
  const say = speaker(language);
  const fact = (sv: string, en: string, value: string) => [{ label: say(sv, en), value }];
  const skipped = template.purpose === 'import' ? template.skipRows : 0;
  return [
    ...fact('Typ', 'Type', say('Anställda/användare', 'Employees/users')),
    ...(template.purpose === 'import'
      ? fact('Importen', 'The import', doingNames[template.does][language])
      : []),
    ...fact('Fält, i ordning', 'Fields, in order', fieldsText(template)[language]),
    ...(template.purpose === 'import'
      ? fact('Kolumnerna hittas', 'Columns are found', columnsText(template)[language])
      : fact('Rubriker', 'Column names', columnsText(template)[language])),
    ...fact('Avgränsare', 'Delimiter', delimiterOf(template)[language]),
    ...fact('Teckenkodning', 'Encoding', encodingOf(template)[language]),
    ...(skipped > 0 ? fact('Rader som hoppas över överst', 'Rows skipped at the top', String(skipped)) : []),
  ];
}

/** What a template is for. */
function noteLines(template: Template, language: Language): string[] {
  const say = speaker(language);
  switch (template.key) {
    case exportTemplates.toFlex.key:
      return [
        say(
          'För import i Flex HRM: välj fältavgränsaren Tabb och samma fält i samma ordning i importmallen där.',
          'For importing in Flex HRM: choose the field delimiter Tab and the same fields in the same order in the import template there.',
        ),
      ];
    case templates.connectEmail.key:
      return [
        say(
          'Andra kolumner än adressen används bara för att varna när de inte stämmer med registret.',
          'Other columns than the address only serve to warn where they differ from the register.',
        ),
      ];
    default:
      return template.purpose === 'export' ? excelLines(template, language) : [];
  }
}

/** Which templates read what this one writes, or write what it reads. */
function fittingLine(template: Template, others: readonly Template[], language: Language): string[] {
  const say = speaker(language);
  const isExport = template.purpose === 'export';
  const fitting = others.filter((other) =>
    isExport
      ? other.purpose === 'import' && disagreements(template, other).length === 0
      : other.purpose === 'export' && disagreements(other, template).length === 0,
  );
  if (fitting.length === 0) return [];
  const names = list(
    fitting.slice(0, 5).map(({ name }) => name[language]),
    language,
  );
  return isExport
    ? [say(`Det som exporteras kan läsas in med ${names}.`, `What is exported can be imported by ${names}.`)]
    : [say(`Läser det som exporteras med ${names}.`, `Reads what is exported by ${names}.`)];
}

/** Asked of whoever deletes a template by typing. */
export function confirmDeletion(template: Template, language: Language): ConfirmView<Button> {
  return asking(deleteButton(template, language), `${template.name[language]}.`, [
    { ...listButton(language), label: speaker(language)('Avbryt', 'Cancel') },
  ]);
}

export function templateDeleted({ name }: Template, language: Language): NoteView<Button> {
  return {
    kind: 'note',
    tone: 'good',
    text: speaker(language)(
      `Klart. Mallen ”${name.sv}” är borttagen.`,
      `Done. The template "${name.en}" is deleted.`,
    ),
    actions: [listButton(language)],
  };
}

/** Asked of whoever makes a template without saying which kind. */
export function whichTemplate(purposes: readonly Purpose[], language: Language): NoteView<Button> {
  return {
    kind: 'note',
    tone: 'plain',
    title: speaker(language)('Ny mall', 'New template'),
    text: speaker(language)(
      'Ska mallen användas till att läsa in filer eller till att skriva dem?',
      'Will the template be used to read files or to write them?',
    ),
    actions: purposes.toReversed().map((purpose) => newButton(purpose, language)),
  };
}

const all: readonly Template[] = [exported, imported, templates.connectEmail];

export const examples: Record<string, Example> = {
  'of an export': (language) => templateCard(exported, all, language),
  'of an import that was made to match': (language) => templateCard(imported, all, language, 'matched'),
  'of an import that matches already': (language) => templateCard(imported, all, language, 'matched_before'),
  'of an import with everything': (language) =>
    templateCard(
      { ...imported, byHeader: true, delimiter: null, encoding: null, skipRows: 2, does: 'create' },
      all,
      language,
      'changed',
    ),
  'built in, import': (language) => templateCard(templates.connectEmail, all, language),
  'built in, for Excel': (language) => templateCard(exportTemplates.connectEmail, all, language),
  'built in, for Flex HRM': (language) => templateCard(exportTemplates.toFlex, all, language),
  'before it is deleted': (language) => confirmDeletion(exported, language),
  deleted: (language) => templateDeleted(exported, language),
  'which kind': (language) => whichTemplate(['import', 'export'], language),
};
