import type { Reach } from '../../core/access.ts';
import type { FileHeader, RowBatch } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma } from '../../database/client/client.ts';
import { parseAddress } from '../../rules/address.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { verdictOf } from '../../rules/verdict.ts';
import { employmentReached, oldestEmployment, reached } from '../filter-sql.ts';
import type { Change, LoggedCells } from './blocks.ts';
import { rowNumbers } from './stored-rows.ts';

const { sql } = Prisma;

/**
 * What the rows of an undo say: under `email` the address that the import saved, under `connectEmail` the one that was there
 * before.
 */
export const undoneFields: readonly FieldKey[] = [
  'userId',
  'employmentNumber',
  'name',
  'email',
  'connectEmail',
];

/** How many blocks of an import's row log are read at a time. */
const blocksAtOnce = 4;

/** An import whose addresses are put back, and what its rows were read by. */
interface Undone {
  importId: number;
  header: Pick<FileHeader, 'fields'>;
}

/** One address that the import changed. */
interface ChangedRow {
  user: number;
  earlier: string | null;
  said: Readonly<Partial<Record<FieldKey, string>>>;
}

/**
 * A row for each user whose address an import changed, in the order of its rows. Whoever is out of reach is named as the
 * import's file did (A2), and not at all where nobody may know of them (U8).
 */
export async function* rowsToPutBack(
  pool: Pick<Pool, 'query'>,
  undone: Undone,
  reach: Reach,
): AsyncGenerator<RowBatch, void, undefined> {
  const numbered = rowNumbers();
  for (let after = -1; ; ) {
    const { rows: blocks } = await pool.query<LoggedBlock>(
      `select block, cells, verdicts, earlier from import_block
       where import_id = $1 and block > $2 and earlier is not null order by block limit ${blocksAtOnce}`,
      [undone.importId, after],
    );
    const last = blocks.at(-1);
    if (!last) return;
    const changed = blocks.flatMap((block) => changedRows(block, undone.header.fields, reach));
    const known = await knownUsers(pool, changed, reach);
    yield numbered(
      changed.flatMap(({ user, earlier, said }) => {
        const { userId = '', employmentNumber = '', connectEmail = '' } = said;
        const now = known.get(user);
        if (now?.hidden) return [];
        return [
          {
            userId: now?.userId ?? userId,
            employmentNumber: now?.number ?? employmentNumber,
            name: now?.name ?? '',
            email: savedFrom(connectEmail),
            connectEmail: earlier ?? '',
          },
        ];
      }),
    );
    after = last.block;
  }
}

/** The address that was saved, without what stood around it. */
function savedFrom(cell: string): string {
  const parsed = parseAddress(cell);
  return parsed.ok ? parsed.shown : cell;
}

interface LoggedBlock {
  block: number;
  cells: string;
  verdicts: string;
  earlier: Record<string, Change>;
}

function changedRows(
  { cells, verdicts, earlier }: LoggedBlock,
  fields: readonly FieldKey[],
  { protected: shieldedToo }: Reach,
): ChangedRow[] {
  const lines = cells.split('\n');
  return Object.entries(earlier)
    .sort(([a], [b]) => Number(a) - Number(b))
    .flatMap(([place, [user, before]]) => {
      if (!shieldedToo && verdictOf(verdicts.charAt(Number(place)))?.protected) return [];
      const [, ...texts] = JSON.parse(lines[Number(place)] ?? '[0]') as LoggedCells;
      const said = Object.fromEntries(fields.map((field, i) => [field, texts[i] ?? '']));
      return [{ user, earlier: before, said }];
    });
}

interface KnownUser {
  id: number;
  /** Null: out of reach. */
  userId: string | null;
  name: string | null;
  number: string | null;
  /** The reader may not know of the user. */
  hidden: boolean;
}

async function knownUsers(
  pool: Pick<Pool, 'query'>,
  rows: readonly ChangedRow[],
  reach: Reach,
): Promise<Map<number, KnownUser>> {
  const ids = rows.map(({ user }) => user);
  const { rows: found } = await pool.query<KnownUser>(sql`
    select u.id, case when r.reached then u.user_id end as "userId", case when r.reached then u.name end as name,
      e.number, u.protected_identity and not ${reach.protected} as hidden
    from "user" u
    cross join lateral (select ${reached(reach)} as reached) r
    left join lateral (
      select e.number from employment e
      where r.reached and e.user_id = u.id and ${employmentReached(reach)} ${oldestEmployment}
    ) e on true
    where u.id = any(${ids}::int[])`);
  return new Map(found.map((user) => [user.id, user]));
}
