import { may } from '../core/access.ts';
import { type Asked, actionReader } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { nearest } from '../rules/suggest.ts';
import { readDraft } from '../rules/template-draft.ts';
import { alreadyMatching, lackingToMatch, matching } from '../rules/template-match.ts';
import { isNamed, isOwn, namesOf, type Purpose, type Template } from '../rules/templates.ts';
import { cut } from '../rules/text.ts';
import type { Templates } from '../services/templates.ts';
import {
  confirmDeletion,
  type TemplateDone,
  templateCard,
  templateDeleted,
  whichTemplate,
} from '../views/templates/card.ts';
import { templatesCompared } from '../views/templates/compare.ts';
import { changedTemplate, newTemplate } from '../views/templates/form.ts';
import { templateList } from '../views/templates/list.ts';

type Action = 'list' | 'show' | 'create' | 'copy' | 'change' | 'delete' | 'match' | 'compare';

const readAction = actionReader<Action>({
  list: ['list', 'lista'],
  show: ['show', 'visa'],
  create: ['create', 'new', 'skapa', 'ny'],
  copy: ['copy', 'kopiera'],
  change: ['change', 'edit', 'ändra'],
  delete: ['delete', 'remove', 'ta-bort', 'radera'],
  match: ['match', 'matcha'],
  compare: ['compare', 'jämför'],
});

/** A name alone asks for that template. */
function askedIn(args: readonly Token[]): Asked<Action> {
  if (args.length === 0) return { action: 'list', rest: [] };
  return readAction(args) ?? { action: 'show', rest: args };
}

/** Whether the name of a template follows what is to be done with it. */
function namesOne(asked: Asked<Action> | undefined): boolean {
  return asked !== undefined && !['list', 'create'].includes(asked.action) && asked.rest.length > 0;
}

const purposes: readonly Purpose[] = ['import', 'export'];
const readPurpose = actionReader<Purpose>({
  import: ['import', 'importmall'],
  export: ['export', 'exportmall'],
});
const purposeOf = (args: readonly Token[]): Purpose | undefined => readPurpose(args)?.action;

/** The longest name that a match is given, its number left out. */
const longestMatch = 50;

/** `/vc templates`: how files are read and written, built in and one's own (I2). */
export function templatesCommand(templates: Templates): Command {
  /** What the caller may use templates for (A2). */
  const allowed = ({ person }: Request) => purposes.filter((purpose) => may(person.access, purpose));
  const all = (request: Request) => templates.list(allowed(request));

  async function card(request: Request, template: Template, done?: TemplateDone): Promise<Answer[]> {
    const view = templateCard(template, await all(request), request.language, done);
    return [{ view, replace: request.press !== undefined || done === undefined }];
  }

  /** Which kind is to be made: the one that is named, or the only one that the caller may. */
  function purposeFor(request: Request, args: readonly Token[]): Purpose | undefined {
    const [only, ...others] = allowed(request);
    const named = purposeOf(args);
    if (named && !may(request.person.access, named)) throw refuse('no_permission');
    return named ?? (others.length === 0 ? only : undefined);
  }

  const act: Readonly<Record<Action, (request: Request, args: readonly Token[]) => Promise<Answer[]>>> = {
    list: async (request) => [
      { view: templateList(await all(request), allowed(request), request.language), replace: true },
    ],

    show: async (request, args) => card(request, find(await all(request), args)),

    async create(request, args) {
      const purpose = purposeFor(request, args);
      const { language } = request;
      const view = purpose ? newTemplate(purpose, language) : whichTemplate(allowed(request), language);
      return [{ view }];
    },

    async copy(request, args) {
      const template = find(await all(request), args);
      return [{ view: newTemplate(template.purpose, request.language, template) }];
    },

    async change(request, args) {
      const template = find(await all(request), args);
      if (!isOwn(template)) throw refuse('template_built_in');
      return [{ view: changedTemplate(template, request.language) }];
    },

    async delete(request, args) {
      const { press, language } = request;
      const template = find(await all(request), args);
      if (!isOwn(template)) throw refuse('template_built_in');
      if (press === undefined) return [{ view: confirmDeletion(template, language) }];
      await templates.remove(template, { press });
      return [{ view: templateDeleted(template, language), replace: true }];
    },

    async match(request, args) {
      const known = await all(request);
      const exported = find(known, args, 'export');
      if (exported.purpose !== 'export') throw refuse('template_match_export');
      if (!may(request.person.access, 'import')) throw refuse('no_permission');
      const lacking = lackingToMatch(exported);
      if (lacking.length > 0) throw refuse('template_match_lacks', { fields: namesOf(lacking) });
      const made = alreadyMatching(exported, known);
      if (made) return card(request, made, 'matched_before');
      const name = freeName(`Import ${exported.name[request.language]}`, known);
      const draft = { ...matching(exported), name: { sv: name, en: name } };
      return card(request, await templates.add(draft, { press: request.press }), 'matched');
    },

    async compare(request, args) {
      const known = await all(request);
      const [first, second, ...others] = args;
      if (!first || !second || others.length > 0) throw refuse('template_compare_two');
      const [out, back] = isSure(known, second, 'export') ? [second, first] : [first, second];
      const exported = find(known, [out], 'export');
      const imported = find(known, [back], 'import');
      if (exported.purpose !== 'export' || imported.purpose !== 'import')
        throw refuse('template_compare_two');
      return [{ view: templatesCompared(exported, imported, request.language) }];
    },
  };

  return {
    name: 'templates',
    swedish: ['mallar', 'mall', 'template'],
    summary: {
      sv: 'Visar och ändrar mallar för import och export',
      en: 'Shows and changes the templates for import and export',
    },
    usage: [
      { sv: 'mallar', en: 'templates' },
      { sv: 'mallar visa MALL', en: 'templates show TEMPLATE' },
      { sv: 'mallar skapa import|export', en: 'templates create import|export' },
      { sv: 'mallar kopiera MALL', en: 'templates copy TEMPLATE' },
      { sv: 'mallar ändra MALL', en: 'templates change TEMPLATE' },
      { sv: 'mallar ta bort MALL', en: 'templates delete TEMPLATE' },
      { sv: 'mallar matcha EXPORTMALL', en: 'templates match EXPORT-TEMPLATE' },
      { sv: 'mallar jämför "EXPORTMALL" "IMPORTMALL"', en: 'templates compare "EXPORT" "IMPORT"' },
    ],
    examples: [
      { sv: 'mallar skapa export', en: 'templates create export' },
      { sv: 'mallar matcha "Till Flex HRM"', en: 'templates match "To Flex HRM"' },
    ],
    permission: () => purposes,
    action: (args) => askedIn(args).action,
    isLine: (args) => namesOne(readAction(args)),

    async run(request, args) {
      const { action, rest } = askedIn(args);
      return act[action](request, rest);
    },

    async submit(request, args, values) {
      const { press } = request;
      const { action, rest } = askedIn(args);
      if (action === 'change') {
        const template = find(await all(request), rest);
        const changed = await templates.change(template, readDraft(template.purpose, values), { press });
        return card(request, changed, 'changed');
      }
      const purpose = purposeFor(request, rest) ?? 'import';
      return card(request, await templates.add(readDraft(purpose, values), { press }), 'created');
    },
  };
}

/** The template that the arguments name. Throws `template_unnamed`, `template_both`, `template_unknown` with the nearest. */
function find(known: readonly Template[], args: readonly Token[], purpose?: Purpose): Template {
  const [first] = args;
  if (!first) throw refuse('template_unnamed');
  const { name, found } = named(known, args, purpose);
  const [template, second] = found;
  if (second) throw refuse('template_both', { name });
  if (template) return template;
  const near = nearest(
    name,
    known.flatMap((one) => [one.name.sv, one.name.en]),
  );
  throw refuse('template_unknown', { name, ...(near ? { nearest: near } : {}) });
}

/** What the arguments may mean: `own:12`, `import:NAME`, or a name alone. */
function named(known: readonly Template[], args: readonly Token[], purpose?: Purpose) {
  const [first, ...others] = args;
  const whole = args.map(tokenText).join(' ');
  if (first?.kind === 'pair') {
    const prefix = purposeOf([{ kind: 'word', text: first.key }]);
    const name = [first.value, ...others.map(tokenText)].join(' ');
    const found = known.filter((one) => one.purpose === prefix && isNamed(one, name));
    if (prefix) return { name, found };
    const own = known.filter(({ key }) => key === whole);
    if (own.length > 0) return { name: whole, found: own };
  }
  const alike = known.filter((one) => isNamed(one, whole));
  const narrowed = purpose ? alike.filter((one) => one.purpose === purpose) : alike;
  return { name: whole, found: narrowed.length > 0 ? narrowed : alike };
}

/** The one is such a template, and nothing else. */
function isSure(known: readonly Template[], token: Token, purpose: Purpose): boolean {
  const { found } = named(known, [token]);
  return found.length > 0 && found.every((one) => one.purpose === purpose);
}

/** The name, with a number where another import template has it. */
function freeName(wanted: string, known: readonly Template[]): string {
  const name = cut(wanted, longestMatch);
  const isFree = (one: string) => !known.some((other) => other.purpose === 'import' && isNamed(other, one));
  const numbers = Array.from({ length: known.length }, (_, i) => `${name} ${i + 2}`);
  return [name, ...numbers].find(isFree) ?? name;
}
