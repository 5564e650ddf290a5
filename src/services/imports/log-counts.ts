import type { Reach } from '../../core/access.ts';
import type { Pool } from '../../database/bulk.ts';
import { type LookKind, lookKinds } from '../../rules/row-warnings.ts';
import { countOf, type VerdictCounts, type VerdictGroup } from '../../rules/verdict.ts';
import { protectedUsers } from './protected-users.ts';

/** U8: of what an import says of people with protected identity, what the reader may not know of. */
export interface Hidden {
  /** Rows that said so, or were about somebody who was protected when they were judged. */
  protected: boolean;
  /** Folded User-IDs of those who are protected today; none for a reader who may know. */
  users: ReadonlySet<string>;
}

export async function hiddenFrom(pool: Pool, reach: Reach): Promise<Hidden> {
  if (reach.protected) return { protected: false, users: new Set() };
  return { protected: true, users: await protectedUsers(pool) };
}

/** Which rows are chosen. */
export interface Chosen {
  /** An outcome, or a reason of rejection. */
  group?: VerdictGroup | undefined;
  /** Said of the row besides. */
  kind?: LookKind | undefined;
  /** Found in what the row said, in any case. */
  search?: string | undefined;
}

/** Of how many rows each kind is said, as far as the reader may know of them (U8). */
export function saidIn(
  counts: VerdictCounts,
  protectedToo: boolean,
  kinds: readonly LookKind[] = lookKinds,
): Partial<Record<LookKind, number>> {
  const count = (kind: LookKind) =>
    (counts[kind] ?? 0) + (protectedToo ? (counts[kind.toUpperCase()] ?? 0) : 0);
  return Object.fromEntries(kinds.map((kind) => [kind, count(kind)]));
}

/** How many rows a query chooses; undefined: nobody has counted. */
export function foundBy(
  { group, kind, search }: Chosen,
  counts: VerdictCounts,
  protectedToo: boolean,
): number | undefined {
  if (search || (group && kind)) return undefined;
  return kind ? saidIn(counts, protectedToo, [kind])[kind] : countOf(counts, group, protectedToo);
}
