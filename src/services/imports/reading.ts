import type { Reach } from '../../core/access.ts';
import type { FileHeader } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import type { ImportOrigin } from '../../database/client/client.ts';
import type { NewCompany } from '../../rules/companies.ts';
import { type ImportTemplate, requiredToCreate, templates } from '../../rules/templates.ts';
import { countOf, type VerdictCounts } from '../../rules/verdict.ts';
import { countRows } from './counting.ts';
import { plan } from './judging.ts';

/** A staged file, or rows from the store, and the template that somebody chose for it, or that alone fits. */
export interface ToPlan {
  importId: number;
  origin: ImportOrigin;
  header: Pick<FileHeader, 'fields' | 'fits'>;
  template: ImportTemplate | null;
  reach: Reach;
}

/** What would become of the rows, by which template. */
export interface Planned {
  template: ImportTemplate;
  counts: VerdictCounts;
  newCompanies: NewCompany[];
}

/**
 * Plans a staged file. Where the template is not settled and both built-in ones fit, it is "Connect e-mail", unless most of the users that
 * the file names are unknown, and it can create them: then "Employees".
 */
export async function planFile(
  pool: Pool,
  { importId, origin, header, template, reach }: ToPlan,
  signal: AbortSignal,
): Promise<Planned> {
  const by = async (chosen: ImportTemplate): Promise<Planned> => {
    const judged = { importId, origin, does: chosen.does, fields: header.fields, reach };
    const newCompanies = await plan(pool, judged, signal);
    return { template: chosen, counts: await countRows(pool, importId), newCompanies };
  };
  if (template) return by(template);
  if (!header.fits.includes('connectEmail')) return by(templates.employees);
  const planned = await by(templates.connectEmail);
  return mayCreate(header) && namesStrangers(planned.counts) ? by(templates.employees) : planned;
}

/** Where nobody can be created, "Connect e-mail" says better what is wrong: that the users are unknown. */
function mayCreate({ fits, fields }: ToPlan['header']): boolean {
  return fits.includes('employees') && requiredToCreate.every((field) => fields.includes(field));
}

function namesStrangers(counts: VerdictCounts): boolean {
  const count = (group: Parameters<typeof countOf>[1]) => countOf(counts, group, true);
  const named = count(undefined) - count('wrong_columns') - count('missing_required');
  return count('unknown_user') > named / 2;
}
