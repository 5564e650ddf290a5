import { type Import, Prisma } from '../../database/client/client.ts';
import { type ImportTemplate, isOwn, templates } from '../../rules/templates.ts';

type Columns = Pick<Import, 'template' | 'ownTemplate'>;

const builtIn: ReadonlyMap<string, ImportTemplate> = new Map(Object.entries(templates));

/** The template that an import's rows are read by, as it was then; null where the file was not read yet. */
export function templateOf({ template, ownTemplate }: Columns): ImportTemplate | null {
  // Written below.
  if (ownTemplate) return ownTemplate as unknown as ImportTemplate;
  return template === null ? null : (builtIn.get(template) ?? null);
}

/** As the store keeps it; null: it is still to be found. */
export function templateColumns(template: ImportTemplate | null) {
  return {
    template: template?.key ?? null,
    ownTemplate: template && isOwn(template) ? templateJson(template) : Prisma.DbNull,
  };
}

export const templateJson = (template: ImportTemplate): Prisma.InputJsonObject => ({ ...template }) as object;
