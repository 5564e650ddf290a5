import type { Pool } from '../../database/bulk.ts';
import { refuse } from '../../errors.ts';
import {
  type Agreement,
  agreementOf,
  isSortedAlone,
  type Mismatch,
  namesAgreement,
} from '../../rules/sorted-alone.ts';
import { rowNumbers } from './blocks.ts';

/** A sorted column shows in any part of the file: its beginning, middle and end are looked at, and no more of each than a chunk. */
const mostChunks = 3;
const mostRows = 6_000;

/** Rows that are named in the refusal. */
const mostExamples = 3;

/** A staged row, beside the name that the store has of its user. */
interface Sampled {
  position: number;
  address: string | null;
  name: string | null;
  known: string | null;
}

/**
 * Throws `import_sorted_alone` where names and addresses, or users and either, do not go together in most of the staged
 * rows that tell.
 */
export async function requireAgreement(pool: Pool, importId: number): Promise<void> {
  const rows = await sample(pool, importId);
  const named = rows.flatMap(({ position, address, name }) =>
    address && name ? [{ position, name, localPart: localPartOf(address) }] : [],
  );
  const inStore = rows.flatMap(({ position, address, known }) =>
    address && known ? [{ position, name: known, localPart: localPartOf(address) }] : [],
  );
  const both = rows.flatMap(({ position, name, known }) =>
    name && known ? [{ position, name, known }] : [],
  );
  const found: [Mismatch['between'], readonly { position: number }[], Agreement][] = [
    ['names and addresses', named, agreementOf(named)],
    ['users and addresses', inStore, agreementOf(inStore)],
    ['users and names', both, namesAgreement(both)],
  ];
  for (const [between, compared, { told, others }] of found) {
    if (!isSortedAlone({ told, others })) continue;
    const positions = others.flatMap((place) => compared[place]?.position ?? []);
    const examples = positions.sort((a, b) => a - b).slice(0, mostExamples);
    const numbers = await rowNumbers(pool, importId, examples);
    throw refuse('import_sorted_alone', { between, told, others: others.length, rows: numbers });
  }
}

const localPartOf = (address: string): string => address.slice(0, address.lastIndexOf('@'));

async function sample(pool: Pool, importId: number): Promise<Sampled[]> {
  const { rows: all } = await pool.query<{ chunk: number }>(
    'select distinct chunk from import_chunk where import_id = $1 order by chunk',
    [importId],
  );
  const step = Math.max(1, (all.length - 1) / (mostChunks - 1));
  const chosen = Array.from({ length: mostChunks }, (_, i) => all[Math.round(i * step)]?.chunk);
  const { rows } = await pool.query<Sampled>(sampled, [
    importId,
    chosen.filter((chunk) => chunk !== undefined),
    mostRows,
  ]);
  return rows;
}

const sampled = `
select r.position, r.address, r.name, u.name as known
from import_chunk c
cross join lateral unnest(c.position, c.user_key, c.connect_address, c.name) as r (position, user_key, address, name)
left join lateral (select u.name from "user" u where u.user_key = r.user_key limit 1) u on true
where c.import_id = $1 and c.chunk = any($2::int[]) and r.position is not null
limit $3`;
