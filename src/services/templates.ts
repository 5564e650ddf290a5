import { z } from 'zod';
import { Prisma } from '../database/client/client.ts';
import type { TemplateModel } from '../database/client/models.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { type FieldKey, fieldKeys } from '../rules/fields.ts';
import type { Draft } from '../rules/template-draft.ts';
import {
  builtIn,
  doings,
  type ImportTemplate,
  isNamed,
  isOwn,
  type Purpose,
  type Template,
  templateEncodings,
} from '../rules/templates.ts';
import { fold } from '../rules/text.ts';
import { spendPress } from './presses.ts';

/** How many own templates there may be. */
const most = 200;

/** Which acting button or form it is done by. */
export interface Templating {
  press?: string | undefined;
}

/** Templates for reading and writing files, built-in ones and one's own. */
export interface Templates {
  /** The built-in ones first, then one's own by name. */
  list(purposes: readonly Purpose[]): Promise<Template[]>;
  /** Throws `template_name_taken` at the field `name`, `template_too_many`. */
  add(draft: Draft, by: Templating): Promise<Template>;
  /** Makes an own template what the draft says; an import that runs keeps what it began with. Throws `template_unknown`, and as `add`. */
  change(template: Template, draft: Draft, by: Templating): Promise<Template>;
  /** Throws `template_built_in`, `template_unknown`. */
  remove(template: Template, by: Templating): Promise<void>;
}

export interface TemplateParts {
  database: Database;
  now?: () => Date;
}

export function createTemplates({ database, now = () => new Date() }: TemplateParts): Templates {
  const { prisma, transaction } = database;

  /** Does something in the transaction that spends the press. */
  const act = <T>(by: Templating, work: (tx: Tx) => Promise<T>): Promise<T> =>
    transaction(async (tx) => {
      await spendPress(tx, by.press, now());
      return work(tx);
    });

  /** Names are told apart within a purpose, without regard to case, from the built-in ones too. */
  async function named<T>({ name, purpose }: Draft, work: () => Promise<T>): Promise<T> {
    const taken = () => refuse('template_name_taken', { name: name.en }, 'name');
    if (builtIn.some((one) => one.purpose === purpose && isNamed(one, name.en))) throw taken();
    try {
      return await work();
    } catch (error) {
      const isTwice = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
      throw isTwice ? taken() : error;
    }
  }

  return {
    async list(purposes) {
      const own = await prisma.template.findMany({ where: { purpose: { in: [...purposes] } } });
      const inOrder = own.map(templateOf).sort((a, b) => a.name.sv.localeCompare(b.name.sv, 'sv'));
      return [...builtIn, ...inOrder].filter(({ purpose }) => purposes.includes(purpose));
    },

    add: (draft, by) =>
      named(draft, () =>
        act(by, async (tx) => {
          if ((await tx.template.count()) >= most) throw refuse('template_too_many', { most });
          return templateOf(await tx.template.create({ data: { ...rowOf(draft), changedAt: now() } }));
        }),
      ),

    change: (template, draft, by) =>
      named(draft, () =>
        act(by, async (tx) => {
          const id = ownId(template);
          const data = { ...rowOf(draft), changedAt: now() };
          const [changed] = await tx.template.updateManyAndReturn({ where: { id }, data });
          if (!changed) throw gone(template);
          return templateOf(changed);
        }),
      ),

    remove: (template, by) =>
      act(by, async (tx) => {
        const { count } = await tx.template.deleteMany({ where: { id: ownId(template) } });
        if (count === 0) throw gone(template);
      }),
  };
}

/** One's own import templates, the one changed last first. */
export async function ownImportTemplates({ prisma }: Pick<Database, 'prisma'>): Promise<ImportTemplate[]> {
  const own = await prisma.template.findMany({
    where: { purpose: 'import' },
    orderBy: { changedAt: 'desc' },
  });
  return own.map(templateOf).filter((template) => template.purpose === 'import');
}

const gone = ({ name }: Template) => refuse('template_unknown', { name: name.en });

function ownId(template: Template): number {
  if (!isOwn(template)) throw refuse('template_built_in');
  return Number(template.key.slice('own:'.length));
}

const isField = (name: string): name is FieldKey => fieldKeys.some((key) => key === name);
const encoding = z.enum(templateEncodings);

function templateOf(row: TemplateModel): Template {
  const { id, name, header, byHeader, skipRows, delimiter } = row;
  const described = {
    key: `own:${id}`,
    name: { sv: name, en: name },
    header,
    fields: row.fields.filter(isField),
  };
  if (row.purpose === 'export')
    return {
      ...described,
      purpose: 'export',
      delimiter: delimiter ?? ';',
      encoding: encoding.parse(row.encoding),
    };
  return {
    ...described,
    purpose: 'import',
    byHeader,
    skipRows,
    delimiter,
    encoding: encoding.nullable().parse(row.encoding),
    does: z.enum(doings).parse(row.does),
  };
}

function rowOf(draft: Draft) {
  const { purpose, name, fields, header, delimiter, encoding } = draft;
  const common = {
    purpose,
    name: name.en,
    nameKey: fold(name.en),
    fields: [...fields],
    header,
    delimiter,
    encoding,
  };
  if (draft.purpose === 'export') return common;
  const { byHeader, skipRows, does } = draft;
  return { ...common, byHeader, skipRows, does };
}
