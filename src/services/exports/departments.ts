import type { RowValues } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Department } from '../../rules/department-files.ts';
import { employmentMeant } from '../filter-sql.ts';
import { columnsOfUser, condition, type Meant, tellsOfEmployment, type UserRow, valuesOf } from './users.ts';

const { sql } = Prisma;

/** A department that somebody who is meant works in, and how it is known again. */
export interface MeantDepartment extends Department {
  readonly companyKey: string;
  /** '' of those who have none. */
  readonly departmentKey: string;
}

/** One department's rows; to be read before the next one's. */
export interface DepartmentRows extends Pick<MeantDepartment, 'companyKey' | 'departmentKey'> {
  readonly rows: AsyncIterable<RowValues>;
}

/** How many rows are read at a time. */
const pageSize = 5_000;

/** A user's place in the order: by company, department, user and employment. */
interface Place {
  companyKey: string;
  departmentKey: string;
  id: number;
  employmentId: number;
}

type PlacedRow = UserRow & Place;

/** The departments of those who are meant. */
export async function departmentsMeant(pool: Pool, meant: Meant, now: Date): Promise<MeantDepartment[]> {
  const { rows } = await pool.query<MeantDepartment>(sql`
    select coalesce(min(e.company), '') as company, min(e.department) as department,
      coalesce(e.company_key, '') as "companyKey", coalesce(e.department_key, '') as "departmentKey"
    from ${employed(meant, now)}
    group by e.company_key, e.department_key order by ${keys}`);
  return rows;
}

/**
 * Who is meant, department by department, a page of rows at a time: somebody with employments in several departments is in
 * each of them, with the employments there; where the fields tell of no employment, with one row.
 */
export async function* readByDepartment(
  pool: Pool,
  meant: Meant,
  now: Date,
  pageRead: (rows: number) => Promise<void>,
): AsyncGenerator<DepartmentRows, void, undefined> {
  const rows = new Ahead(placedRows(pool, meant, now, pageRead));
  for (let first = await rows.next(); first; first = await rows.next()) {
    const { companyKey, departmentKey } = first;
    yield { companyKey, departmentKey, rows: rowsLike(first, rows, meant) };
  }
}

/** The rows of one department: the first, and all behind it that stand in the same. */
async function* rowsLike(
  first: PlacedRow,
  rows: Ahead<PlacedRow>,
  { fields, language }: Meant,
): AsyncGenerator<RowValues, void, undefined> {
  const each = tellsOfEmployment(fields);
  let last: PlacedRow | undefined;
  for (let row: PlacedRow | undefined = first; row; row = await rows.next()) {
    if (row.companyKey !== first.companyKey || row.departmentKey !== first.departmentKey)
      return rows.putBack(row);
    if (each || row.id !== last?.id) yield valuesOf(row, language);
    last = row;
  }
}

async function* placedRows(
  pool: Pool,
  meant: Meant,
  now: Date,
  pageRead: (rows: number) => Promise<void>,
): AsyncGenerator<PlacedRow, void, undefined> {
  let after: Place | undefined;
  for (;;) {
    const { rows } = await pool.query<PlacedRow>(pageQuery(meant, after, now));
    await pageRead(rows.length);
    yield* rows;
    after = rows.at(-1);
    if (rows.length < pageSize) return;
  }
}

const keys = sql`coalesce(e.company_key, '') collate "C", coalesce(e.department_key, '') collate "C"`;

function employed(meant: Meant, now: Date): Prisma.Sql {
  return sql`
    "user" u left join employment e on e.user_id = u.id and ${employmentMeant(meant.filter, meant.reach)}
    where ${condition(meant, now)}`;
}

function pageQuery(meant: Meant, after: Place | undefined, now: Date): Prisma.Sql {
  const beyond = after
    ? sql`(${keys}, u.id, coalesce(e.id, 0)) >
        (${after.companyKey}::text collate "C", ${after.departmentKey}::text collate "C", ${after.id}::int, ${after.employmentId}::int)`
    : sql`true`;
  return sql`
    select ${columnsOfUser}, coalesce(e.company_key, '') as "companyKey", coalesce(e.department_key, '') as "departmentKey",
      coalesce(e.id, 0) as "employmentId"
    from ${employed(meant, now)} and ${beyond}
    order by ${keys}, u.id, coalesce(e.id, 0) limit ${pageSize}::int`;
}

/** Values one by one, of which the last can be put back. */
class Ahead<T> {
  readonly #values: AsyncIterator<T>;
  #back: T | undefined;

  constructor(values: AsyncIterable<T>) {
    this.#values = values[Symbol.asyncIterator]();
  }

  putBack(value: T): void {
    this.#back = value;
  }

  async next(): Promise<T | undefined> {
    const back = this.#back;
    this.#back = undefined;
    if (back !== undefined) return back;
    const { done, value } = await this.#values.next();
    return done ? undefined : value;
  }
}
