import { reach } from '../core/access.ts';
import { type Asked, actionReader, type Numbered, numbered, pageOf } from '../core/args.ts';
import type { Answer, Command, Place, Request } from '../core/command.ts';
import { countBytes } from '../core/handout.ts';
import type { PlaceFacts } from '../core/outbox.ts';
import { refuse } from '../errors.ts';
import type { Language, Text } from '../rules/language.ts';
import { tokenize } from '../rules/line.ts';
import {
  templates as builtIn,
  type ImportTemplate,
  isNamed,
  isOwn,
  type TemplateKey,
} from '../rules/templates.ts';
import { fold } from '../rules/text.ts';
import type { Imports } from '../services/imports/index.ts';
import type { ImportLogs } from '../services/imports/log.ts';
import type { Undos } from '../services/imports/undos.ts';
import type { Templates } from '../services/templates.ts';
import type { Users } from '../services/users.ts';
import { dropDirectly, howToImport, importDecided, storedBegun } from '../views/import/help.ts';
import { deactivateQuestion, missingDeactivated, missingUsers } from '../views/import/missing.ts';
import { importQuestion } from '../views/import/preview.ts';
import { aboutRejected, rejectedInLog } from '../views/import/rejected.ts';

type Action = 'confirm' | 'cancel' | 'template' | 'sheet' | 'rejected' | 'missing' | 'deactivate' | 'undo';

/** What each is called, and what stands behind its number in an example. */
const actions: Readonly<Record<Action, Text & { behind?: Text }>> = {
  confirm: { sv: 'bekräfta', en: 'confirm' },
  cancel: { sv: 'avbryt', en: 'cancel' },
  template: { sv: 'mall', en: 'template', behind: { sv: 'anställda', en: 'employees' } },
  sheet: { sv: 'blad', en: 'sheet', behind: { sv: 'Blad2', en: 'Sheet2' } },
  rejected: { sv: 'avvisade', en: 'rejected' },
  missing: { sv: 'saknade', en: 'missing' },
  deactivate: { sv: 'inaktivera', en: 'deactivate' },
  undo: { sv: 'ångra', en: 'undo' },
};
const wordsOf = (action: Action) => [actions[action].en, actions[action].sv];
const actionOf = actionReader<Action>({
  confirm: wordsOf('confirm'),
  cancel: wordsOf('cancel'),
  template: wordsOf('template'),
  sheet: wordsOf('sheet'),
  rejected: wordsOf('rejected'),
  missing: [...wordsOf('missing'), 'saknas'],
  deactivate: wordsOf('deactivate'),
  undo: wordsOf('undo'),
});

/** A line that does that to an import. */
function exampleOf(action: Action): Text {
  const line = (verb: string, language: Language) =>
    [
      verb,
      actions[action][language],
      '#42',
      ...(actions[action].behind ? [actions[action].behind[language]] : []),
    ].join(' ');
  return { sv: line('importera', 'sv'), en: line('import', 'en') };
}

/** What takes more than a number: the name of a template or a sheet, a page. */
const takesMore: readonly Action[] = ['template', 'sheet', 'missing'];

/** The import that a line names, where nothing follows that it does not take. */
function whichOf(asked: Asked<Action> | undefined): Numbered | undefined {
  const which = asked && numbered(asked.rest);
  return which && (which.rest === '' || takesMore.includes(asked.action)) ? which : undefined;
}

const perPage = 10;

const templateWords: ReadonlyMap<string, TemplateKey> = new Map([
  ['connect-email', 'connectEmail'],
  ['connect e-mail', 'connectEmail'],
  ['e-post', 'connectEmail'],
  ['employees', 'employees'],
  ['anställda', 'employees'],
]);

export interface ImportCommandParts {
  imports: Imports;
  undos: Undos;
  importLogs: Pick<ImportLogs, 'rejectedFile'>;
  templates: Pick<Templates, 'list'>;
  users: Pick<Users, 'missing'>;
  /** What a platform says of a place. */
  placeFacts(place: Place): Promise<PlaceFacts>;
}

/** `/vc import`, and files that are dropped (I1–I8): what the buttons about an import do can be typed as well. */
export function importCommand({
  imports,
  undos,
  importLogs,
  templates,
  users,
  placeFacts,
}: ImportCommandParts): Command {
  const known = async () => (await templates.list(['import'])).filter((one) => one.purpose === 'import');

  /** By the built-in ones' words, or by its name. Throws `import_template_unknown` with all the names. */
  async function templateCalled(called: string, language: Language): Promise<ImportTemplate> {
    const word = templateWords.get(fold(called));
    if (word) return builtIn[word];
    const all = await known();
    const found = all.find((one) => one.key === called || isNamed(one, called));
    if (!found)
      throw refuse('import_template_unknown', { own: all.filter(isOwn).map(({ name }) => name[language]) });
    return found;
  }

  /** How to, and where: what is asked where files do not reach the bot is kept in mind for when they come. */
  async function howTo({ place, person, language }: Request): Promise<Answer[]> {
    const facts = await placeFacts(place);
    if (facts.takesFiles) return [{ view: howToImport((await known()).filter(isOwn), language) }];
    if (facts.canPost) await imports.askedIn(place, person.id);
    return [{ view: dropDirectly(facts, language), open: (their) => dropDirectly(facts, their) }];
  }

  const act: Readonly<Record<Action, (request: Request, which: Numbered) => Promise<Answer[]>>> = {
    async confirm(request, which) {
      const by = deciding(request);
      const question = request.press
        ? undefined
        : importQuestion(await imports.confirmable(which.id, by), request.language);
      if (question) return [{ view: question }];
      await imports.confirm(which.id, by);
      return told(request, which, 'confirmed');
    },
    async cancel(request, which) {
      await imports.cancel(which.id, deciding(request));
      return told(request, which, 'cancelled');
    },
    async template(request, which) {
      const template = await templateCalled(which.rest, request.language);
      await imports.choose(which.id, template, deciding(request));
      return told(request, which, 'template');
    },
    async sheet(request, which) {
      await imports.chooseSheet(which.id, which.rest, deciding(request));
      return told(request, which, 'sheet');
    },
    async undo({ person, place, language, press }, { id }) {
      const by = { personId: person.id, place, language, reach: reach(person.access, 'import'), press };
      const begun = await undos.begin(id, by);
      const named = { id: begun, origin: 'undo', undoes: id } as const;
      return place.kind === 'channel' ? [{ view: storedBegun(named, language) }] : [];
    },
    async rejected({ person, language }, { id }) {
      const found = await importLogs.rejectedFile(id, reach(person.access, 'import'), language);
      if (!found) throw refuse('import_unknown', { id });
      const { name, count, bytes } = found;
      const size = await countBytes(bytes());
      const about = aboutRejected(id, count, language);
      const file = { name, size, about, bytes, line: `import rejected #${id}` };
      return [{ view: rejectedInLog(id, count, language), file }];
    },
    async missing({ person, language }, { id, rest }) {
      const within = reach(person.access, 'import');
      const missing = await imports.missing(id, within);
      if (missing.users + missing.deactivated.users === 0)
        throw refuse(missing.isList ? 'missing_nobody' : 'missing_not_listed', { id });
      const page = await users.missing(id, within, pageOf(tokenize(rest)), perPage);
      // The first page is asked for by a message that others may read.
      return [{ view: missingUsers(id, missing, page, language), replace: rest !== '' }];
    },
    async deactivate(request, which) {
      const { press, language } = request;
      const by = deciding(request);
      if (!press) {
        const missing = await imports.deactivatable(which.id, by);
        return [{ view: deactivateQuestion(which.id, missing, language) }];
      }
      return [
        {
          view: missingDeactivated(which.id, await imports.deactivateMissing(which.id, by), language),
          replace: true,
        },
      ];
    },
  };

  return {
    name: 'import',
    swedish: ['importera', 'läs-in'],
    summary: {
      sv: 'Läser in användare och adresser från en CSV- eller Excelfil som du släpper här',
      en: 'Imports users and addresses from a CSV or Excel file that you drop here',
    },
    usage: [
      { sv: 'importera', en: 'import' },
      { sv: 'importera bekräfta #NUMMER', en: 'import confirm #NUMBER' },
      { sv: 'importera avbryt #NUMMER', en: 'import cancel #NUMBER' },
      {
        sv: 'importera mall #NUMMER anställda|e-post|MALL',
        en: 'import template #NUMBER employees|connect-email|TEMPLATE',
      },
      { sv: 'importera blad #NUMMER BLAD', en: 'import sheet #NUMBER SHEET' },
      { sv: 'importera avvisade #NUMMER', en: 'import rejected #NUMBER' },
      { sv: 'importera saknade #NUMMER', en: 'import missing #NUMBER' },
      { sv: 'importera inaktivera #NUMMER', en: 'import deactivate #NUMBER' },
      { sv: 'importera ångra #NUMMER', en: 'import undo #NUMBER' },
    ],
    examples: [exampleOf('confirm'), exampleOf('rejected'), exampleOf('undo')],
    explained: {
      sv: 'En mall säger vilka kolumner som sparas: ”e-post” bara adressen för inloggningen, ”anställda” alla, och nya användare skapas. Ångra sätter tillbaka de adresser som importen ändrade, där ingen har verifierat eller ändrat dem sedan dess. Det går också att ångra.',
      en: 'A template says which columns are saved: "connect-email" only the address for logging in, "employees" all of them, and new users are created. Undo puts back the addresses that the import changed, where nobody has verified or changed them since. That can be undone too.',
    },
    permission: () => 'import',
    action: (args) => actionOf(args)?.action,
    isLine: (args) => whichOf(actionOf(args)) !== undefined,
    async run(request, args) {
      if (args.length === 0) return howTo(request);
      const asked = actionOf(args);
      const which = whichOf(asked);
      if (!asked || !which)
        throw refuse('import_no_number', { example: exampleOf(asked?.action ?? 'confirm') });
      return act[asked.action](request, which);
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

/** A pressed button's message tells by itself what came of it; whoever typed the line is told, in place of what was asked. */
function told(
  { press, language }: Request,
  { id, asked }: Numbered,
  what: Parameters<typeof importDecided>[1],
): Answer[] {
  return press === undefined || asked ? [{ view: importDecided(id, what, language), replace: asked }] : [];
}

function deciding({ person, press }: Request) {
  return { personId: person.id, reach: reach(person.access, 'import'), press };
}
