import { reach } from '../core/access.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import type { TemplateKey } from '../rules/templates.ts';
import { fold } from '../rules/text.ts';
import type { Imports } from '../services/imports/index.ts';
import { howToImport, importDecided } from '../views/import-help.ts';

type Action = 'confirm' | 'cancel' | 'template';

const actions: ReadonlyMap<string, Action> = new Map([
  ['confirm', 'confirm'],
  ['bekräfta', 'confirm'],
  ['cancel', 'cancel'],
  ['avbryt', 'cancel'],
  ['template', 'template'],
  ['mall', 'template'],
]);

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
    action: (args) => actionOf(args[0]),
    async run(request, args) {
      const action = actionOf(args[0]);
      if (!action && args.length > 0) throw refuse('import_no_number');
      if (!action) return [{ to: 'caller', view: howToImport(request.language) }];
      const { id, rest } = numbered(args.slice(1));
      return act[action](request, id, rest);
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

function actionOf(first: Token | undefined): Action | undefined {
  return first?.kind === 'word' ? actions.get(fold(first.text)) : undefined;
}

/** The number that follows the action, and what stands behind it. Throws `import_no_number`. */
function numbered(args: readonly Token[]): { id: number; rest: string } {
  const found = /^#?\s*(\d{1,9})(?:\s+(.*))?$/.exec(args.map(tokenText).join(' '));
  if (!found) throw refuse('import_no_number');
  return { id: Number(found[1]), rest: found[2] ?? '' };
}

/** A pressed button's message tells by itself what came of it; whoever typed the line is told. */
function told(request: Request, id: number, what: Parameters<typeof importDecided>[1]): Answer[] {
  return request.press === undefined
    ? [{ to: 'caller', view: importDecided(id, what, request.language) }]
    : [];
}

function deciding({ person, press }: Request) {
  return { personId: person.id, reach: reach(person.access, 'import'), press };
}
