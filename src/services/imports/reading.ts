import type { Reach } from '../../core/access.ts';
import type { FileHeader } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import type { TemplateKey } from '../../rules/templates.ts';
import { countOf, type VerdictCounts } from '../../rules/verdict.ts';
import { countRows, plan } from './judging.ts';

/** A staged file, and the template that somebody chose for it. */
export interface ToPlan {
  importId: number;
  header: Pick<FileHeader, 'fields' | 'fits'>;
  template: TemplateKey | null;
  reach: Reach;
}

/** What would become of the rows, by which template. */
export interface Planned {
  template: TemplateKey;
  counts: VerdictCounts;
}

/**
 * Plans a staged file. Where nobody chose a template and both fit, it is "Connect e-mail", unless most of the users that
 * the file names are unknown: then "Employees".
 */
export async function planFile(
  pool: Pool,
  { importId, header, template, reach }: ToPlan,
  signal: AbortSignal,
): Promise<Planned> {
  const by = async (chosen: TemplateKey): Promise<Planned> => {
    await plan(pool, { importId, template: chosen, fields: header.fields, reach }, signal);
    return { template: chosen, counts: await countRows(pool, importId) };
  };
  if (template) return by(template);
  if (!header.fits.includes('connectEmail')) return by('employees');
  const planned = await by('connectEmail');
  const isBetter = header.fits.includes('employees') && namesStrangers(planned.counts);
  return isBetter ? by('employees') : planned;
}

function namesStrangers(counts: VerdictCounts): boolean {
  const count = (group: Parameters<typeof countOf>[1]) => countOf(counts, group, true);
  const named = count(undefined) - count('wrong_columns') - count('missing_required');
  return count('unknown_user') > named / 2;
}
