import type { Reach } from '../../core/access.ts';
import type { FileHeader, FileShape, RowBatch, RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma } from '../../database/client/client.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { Filter } from '../../rules/filter.ts';
import type { Language } from '../../rules/language.ts';
import { employmentMeant, matching, oldestEmployment } from '../filter-sql.ts';

const { sql } = Prisma;

/** How many users are read at a time. */
const pageSize = 1_000;

/** How rejected rows that come from the store are written: as Excel on a Swedish computer opens them right. */
export const storedShape: FileShape = {
  encoding: 'UTF-8',
  bom: true,
  delimiter: ';',
  lineEnd: '\r\n',
  sepLine: false,
};

/** What rows from the store say: there is no file, so no row of names stands above them. */
export function storedHeader(fields: readonly FieldKey[], language: Language): FileHeader {
  return { columns: fields, fields, ignored: [], language, row: 0, fits: [], leastCells: 0, bare: true };
}

/** What a fill's rows say of each user: the address is the ordinary e-mail. */
export const filledFields: readonly FieldKey[] = [
  'userId',
  'employmentNumber',
  'name',
  'email',
  'connectEmail',
];

/** Whom a fill is about. */
export interface Meant {
  filter: Filter;
  reach: Reach;
}

/** How many users a filter means. */
export async function countMeant(pool: Pool, { filter, reach }: Meant, now: Date): Promise<number> {
  const { rows } = await pool.query<{ users: number }>(
    sql`select count(*)::int as users from "user" u where ${matching(filter, reach, now)}`,
  );
  return rows[0]?.users ?? 0;
}

/** A row for each user that a filter means, in the order in which they came into the store. */
export async function* rowsToFill(
  pool: Pick<Pool, 'query'>,
  { filter, reach }: Meant,
  now: Date,
): AsyncGenerator<RowBatch, void, undefined> {
  const numbered = rowNumbers();
  for (let after = 0; ; ) {
    const { rows } = await pool.query<
      { id: number } & Record<'user_id' | 'number' | 'name' | 'email' | 'connect', string>
    >(sql`
      select u.id, u.user_id, u.name, coalesce(u.email, '') as email, coalesce(e.number, '') as number,
        coalesce(u.connect_email, case when u.active then u.email end, '') as connect
      from "user" u
      left join lateral (
        select e.number from employment e
        where e.user_id = u.id and ${employmentMeant(filter, reach)} ${oldestEmployment}
      ) e on true
      where ${matching(filter, reach, now)} and u.id > ${after}::int
      order by u.id limit ${pageSize}::int`);
    const last = rows.at(-1);
    if (!last) return;
    yield numbered(
      rows.map(({ user_id: userId, number: employmentNumber, name, email, connect }) => ({
        userId,
        employmentNumber,
        name,
        email,
        connectEmail: connect,
      })),
    );
    after = last.id;
  }
}

/** Numbers rows from 1 on. */
export function rowNumbers(): (values: readonly RowValues[]) => RowBatch {
  let row = 0;
  return (all) => ({ rows: all.map((values) => ({ row: ++row, values, fault: null })), emptyRows: 0 });
}
