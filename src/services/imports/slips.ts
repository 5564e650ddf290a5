import { inTransaction, type Pool } from '../../database/bulk.ts';
import { domainOf } from '../../rules/address.ts';
import { slippedDomains } from '../../rules/domain-slip.ts';
import type { CellHint } from '../../rules/row-notes.ts';
import { addHints } from './blocks.ts';

/** A file with more domains than this is no list of a company's people, and none of them is held against another. */
const mostDomains = 500;

/** Counts how many of a file's addresses are in each domain. */
export class DomainTally {
  readonly counts = new Map<string, number>();

  /** By the address's compared form; null: there is none. */
  add(address: string | null): void {
    if (address === null || this.counts.size > mostDomains) return;
    const domain = domainOf(address);
    this.counts.set(domain, (this.counts.get(domain) ?? 0) + 1);
  }

  get isOfPeople(): boolean {
    return this.counts.size > 0 && this.counts.size <= mostDomains;
  }
}

/** Points out, at each staged row, an address whose domain is probably misspelt. */
export async function markSlips(
  pool: Pool,
  importId: number,
  chunks: number,
  domains: DomainTally,
  signal: AbortSignal,
): Promise<void> {
  if (!domains.isOfPeople) return;
  const slipped = await findSlips(pool, domains.counts);
  if (slipped.size === 0) return;
  const meant = JSON.stringify(Object.fromEntries(slipped));
  for (let chunk = 0; chunk < chunks; chunk++) {
    signal.throwIfAborted();
    const { rows } = await pool.query<Slip>(slipsIn, [importId, chunk, meant]);
    const hints = new Map<number, CellHint[]>();
    for (const { position, ...hint } of rows)
      hints.set(position, [...(hints.get(position) ?? []), { kind: 'slip', ...hint }]);
    if (hints.size > 0)
      await inTransaction(pool, async (connection) => addHints(connection, importId, hints));
  }
}

interface Slip extends Pick<CellHint, 'field'> {
  position: number;
  meant: string;
}

/** What a file's domains are probably slips of; none in which somebody has proved an address. */
async function findSlips(pool: Pool, inFile: ReadonlyMap<string, number>): Promise<Map<string, string>> {
  const { rows: listed } = await pool.query<{ entry: string }>('select entry from allowed_domain');
  const allowed = listed.map(({ entry }) => entry);
  const { rows: used } = await pool.query<{ domain: string; users: number }>(usedDomains);
  const inUse = new Map(used.map(({ domain, users }) => [domain, users]));
  const slipped = slippedDomains({ allowed, inFile, inUse });
  if (slipped.size === 0) return slipped;
  const { rows: proved } = await pool.query<{ domain: string }>(provedDomains, [[...slipped.keys()]]);
  for (const { domain } of proved) slipped.delete(domain);
  return slipped;
}

/** Of so many addresses: they tell what is common here, and more would take their time. */
const usedDomains = `
select split_part(connect_address, '@', 2) as domain, count(*)::int as users
from (select connect_address from "user" where connect_address is not null limit 20000) u
group by 1`;

const provedDomains = `
select distinct split_part(connect_address, '@', 2) as domain
from "user"
where connection in ('verified', 'connected') and split_part(connect_address, '@', 2) = any($1)`;

const slipsIn = `
select r.position, a.field, $3::jsonb ->> split_part(a.address, '@', 2) as meant
from import_chunk c
cross join lateral unnest(c.position, c.connect_address, c.email_key) as r (position, connect_address, email_key)
cross join lateral (values ('connectEmail', r.connect_address), ('email', r.email_key)) as a (field, address)
where c.import_id = $1 and c.chunk = $2 and $3::jsonb ? split_part(a.address, '@', 2)
order by r.position`;
