import { reach } from '../core/access.ts';
import { actionReader, numbered } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import type { TemplateKey } from '../rules/templates.ts';
import { fold } from '../rules/text.ts';
import type { Imports } from '../services/imports/index.ts';
import { howToImport, importDecided } from '../views/import/help.ts';

type Action = 'confirm' | 'cancel' | 'template';

const actionOf = actionReader<Action>({
  confirm: ['confirm', 'bekräfta'],
  cancel: ['cancel', 'avbryt'],
  template: ['template', 'mall'],
});

const templateWords: ReadonlyMap<string, TemplateKey> = new Map([
  ['connect-email', 'connectEmail'],
  ['connect e-mail', 'connectEmail'],
  ['e-post', 'connectEmail'],
  ['employees', 'employees'],
  ['anställda', 'employees'],
]);

/** `/vc import`, and files that are dropped (I1–I8): what the preview's buttons do can be typed as well. */
export function importCommand(imports: Imports): Command {
  const act: Readonly<Record<Action, (request: Request, id: number, rest: string) => Promise<Answer[]>>> = {
    async confirm(request, id) {
      await imports.confirm(id, deciding(request));
      return told(request, id, 'confirmed');
    },
    async cancel(request, id) {
      await imports.cancel(id, deciding(request));
      return told(request, id, 'cancelled');
    },
    async template(request, id, word) {
      const template = templateWords.get(fold(word));
      if (!template) throw refuse('import_template_unknown');
      await imports.choose(id, template, deciding(request));
      return told(request, id, 'template');
    },
  };

  return {
    name: 'import',
    swedish: ['importera', 'läs-in'],
    summary: {
      sv: 'Läser in användare och adresser från en CSV-fil som du släpper här',
      en: 'Imports users and addresses from a CSV file that you drop here',
    },
    usage: [
      { sv: 'importera', en: 'import' },
      { sv: 'importera bekräfta #NUMMER', en: 'import confirm #NUMBER' },
      { sv: 'importera avbryt #NUMMER', en: 'import cancel #NUMBER' },
      {
        sv: 'importera mall #NUMMER anställda|e-post',
        en: 'import template #NUMBER employees|connect-email',
      },
    ],
    examples: [{ sv: 'importera bekräfta #42', en: 'import confirm #42' }],
    permission: () => 'import',
    action: actionOf,
    async run(request, args) {
      if (args.length === 0) return [{ view: howToImport(request.language) }];
      const action = actionOf(args);
      const found = numbered(args.slice(1));
      if (!action || !found) throw refuse('import_no_number');
      return act[action](request, found.id, found.rest);
    },
    async drop({ person, place, language }, file) {
      await imports.begin(file, {
        personId: person.id,
        place,
        language,
        reach: reach(person.access, 'import'),
      });
      return [];
    },
  };
}

/** A pressed button's message tells by itself what came of it; whoever typed the line is told. */
function told(request: Request, id: number, what: Parameters<typeof importDecided>[1]): Answer[] {
  return request.press === undefined ? [{ view: importDecided(id, what, request.language) }] : [];
}

function deciding({ person, press }: Request) {
  return { personId: person.id, reach: reach(person.access, 'import'), press };
}
