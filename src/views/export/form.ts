import type { Example, FormView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { type ExportTemplate, exportTemplates } from '../../rules/templates.ts';
import { exported } from '../templates/parts/samples.ts';

/** The form that exports. `chosen`: begins with this template. */
export function exportForm(
  templates: readonly ExportTemplate[],
  chosen: ExportTemplate,
  language: Language,
): FormView {
  const say = speaker(language);
  return {
    kind: 'form',
    title: say('Exportera', 'Export'),
    fields: [
      {
        type: 'choice',
        name: 'template',
        label: say('Mall', 'Template'),
        hint: say(
          'E-post Visma Connect öppnas rätt i Excel på en svensk dator. Egna mallar gör du med /vc mallar.',
          'Connect e-mail opens right in Excel on a Swedish computer. Make templates of your own with /vc templates.',
        ),
        options: shown(templates, chosen).map(({ key, name }) => ({ value: key, label: name[language] })),
        value: chosen.key,
      },
      {
        type: 'text',
        name: 'filter',
        label: say('Filter', 'Filter'),
        hint: say(
          'Vilka det gäller. Tomt: alla som du har behörighet till.',
          'Who is meant. Empty: everybody you may reach.',
        ),
        placeholder: say(
          'avdelning:"Ekonomi & Lön" status:kopplad',
          'department:"Ekonomi & Lön" status:connected',
        ),
        optional: true,
      },
      {
        type: 'choice',
        name: 'what',
        label: say('Vad', 'What'),
        options: [
          { value: 'all', label: say('Allt', 'Everything') },
          {
            value: 'new',
            label: say(
              'Det som har bekräftats sedan förra exporten',
              'What was confirmed since the last export',
            ),
          },
        ],
        value: 'all',
      },
      {
        type: 'choice',
        name: 'files',
        label: say('Filer', 'Files'),
        hint: say(
          'En Excel-arbetsbok per avdelning, som du skickar till chefen där att fylla i.',
          'An Excel workbook for each department goes to its manager to fill in.',
        ),
        options: [
          { value: 'one', label: say('En fil', 'One file') },
          {
            value: 'departments',
            label: say('En arbetsbok per avdelning', 'A workbook for each department'),
          },
        ],
        value: 'one',
      },
      {
        type: 'text',
        name: 'name',
        label: say('Filens namn', 'Name of the file'),
        placeholder: say('lista.csv', 'list.csv'),
        optional: true,
      },
    ],
    submit: say('Exportera', 'Export'),
    cancel: say('Avbryt', 'Cancel'),
    line: 'export form',
  };
}

/** What platforms take of a choice's options. */
const most = 100;

/** As many as fit, the chosen one among them. */
function shown(templates: readonly ExportTemplate[], chosen: ExportTemplate): readonly ExportTemplate[] {
  const others = templates.filter(({ key }) => key !== chosen.key).slice(0, most - 1);
  return templates.filter((one) => one.key === chosen.key || others.includes(one));
}

const all = [...Object.values(exportTemplates), exported];

export const examples: Record<string, Example> = {
  'to export': (language) => exportForm(all, exportTemplates.connectEmail, language),
  'to export by a chosen template': (language) => exportForm(all, exported, language),
};
