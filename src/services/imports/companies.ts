import type { Reach } from '../../core/access.ts';
import type { Pool } from '../../database/bulk.ts';
import { likelyCompany, mostNewCompanies, type NewCompany } from '../../rules/companies.ts';
import { fold } from '../../rules/text.ts';
import { verdictOf } from '../../rules/verdict.ts';
import type { Judgement } from './blocks.ts';

/** What planning tells of a row besides. */
export interface PlannedRow extends Judgement {
  /** One that the row would bring. */
  company?: string | null;
}

/** Gathers the companies that planned rows would bring, each once, in file order. */
export class NewCompanies {
  readonly #byKey = new Map<string, NewCompany>();

  /** A chunk's rows, in any order. */
  add(rows: readonly PlannedRow[]): void {
    const bringing = rows.flatMap(({ company, ...row }) => (company ? [{ company, ...row }] : []));
    for (const { company, letter } of bringing.sort((a, b) => a.position - b.position)) {
      const shielded = verdictOf(letter)?.protected ?? false;
      const known = this.#byKey.get(fold(company));
      if (known) known.shielded &&= shielded;
      else if (this.#byKey.size < mostNewCompanies)
        this.#byKey.set(fold(company), { name: company, shielded });
    }
  }

  list(): NewCompany[] {
    return [...this.#byKey.values()];
  }
}

/** Of how many it is asked whether another is meant: fewer are ever shown, and comparing names takes its time. */
const mostAsked = 20;

/** Adds to the first of them what is probably meant by it: of the companies within reach, those that anybody may be told of (U8). */
export async function withMeant(
  pool: Pool,
  companies: readonly NewCompany[],
  reach: Reach,
): Promise<NewCompany[]> {
  if (companies.length === 0) return [];
  const reached = reach.companies === 'all' ? null : reach.companies;
  const { rows } = await pool.query<{ company: string }>(knownCompanies, [reached]);
  const known = rows.map(({ company }) => company);
  return companies.map((company, i) => {
    const meant = i < mostAsked ? likelyCompany(company.name, known) : undefined;
    return meant ? { ...company, meant } : company;
  });
}

/** So many are enough: a group has no thousand companies. */
const knownCompanies = `
select distinct on (e.company_key) e.company
from employment e join "user" u on u.id = e.user_id
where not u.protected_identity and ($1::text[] is null or e.company_key = any($1))
order by e.company_key
limit 1000`;
