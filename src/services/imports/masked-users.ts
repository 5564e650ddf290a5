import type { FileRow, RowBatch } from '../../csv/types.ts';
import type { Pool } from '../../database/bulk.ts';
import { isMaskedNumber, isPersonalNumber } from '../../rules/personal-number.ts';
import { fold } from '../../rules/text.ts';

/**
 * Rows with what the log has left of a personal identity number, as rejected rows have when they are dropped again: where one user
 * alone has such a User-ID with such an employment number, the row gets both in full. Other rows come back as they are.
 */
export async function* withMaskedUsers(
  pool: Pool,
  batches: AsyncIterable<RowBatch>,
): AsyncGenerator<RowBatch, void, undefined> {
  for await (const { rows, ...batch } of batches) yield { ...batch, rows: await inFull(pool, rows) };
}

async function inFull(pool: Pool, rows: readonly FileRow[]): Promise<readonly FileRow[]> {
  const masked = rows.flatMap(({ values: { userId = '', employmentNumber = '' } }, place) =>
    isMaskedNumber(userId) || isMaskedNumber(employmentNumber)
      ? [{ place, userKey: fold(userId), number: employmentNumber }]
      : [],
  );
  if (masked.length === 0) return rows;
  const { rows: found } = await pool.query<Found>(meant, [
    masked.map(({ place }) => place),
    masked.map(({ userKey }) => userKey),
    masked.map(({ number }) => number),
  ]);
  // Only what the log masks again: nobody learns more of it than what they wrote.
  const isMasked = ({ place, userId, employmentNumber }: Found) => {
    const said = rows[place]?.values ?? {};
    return (
      (!isMaskedNumber(said.userId ?? '') || isPersonalNumber(userId)) &&
      (!isMaskedNumber(said.employmentNumber ?? '') || isPersonalNumber(employmentNumber))
    );
  };
  const byPlace = new Map(found.filter(isMasked).map(({ place, ...whole }) => [place, whole]));
  return rows.map((row, place) => ({ ...row, values: { ...row.values, ...byPlace.get(place) } }));
}

interface Found {
  place: number;
  userId: string;
  employmentNumber: string;
}

const meant = `
with said as (select * from unnest($1::int[], $2::text[], $3::text[]) as s (place, user_key, number))
select s.place, min(k.user_id) as "userId", min(e.number) as "employmentNumber"
from said s
cross join lateral (
  select u.id, u.user_id from "user" u where u.user_key = s.user_key
  union
  select u.id, u.user_id from "user" u
  where s.user_key like '%****' and left(u.user_key, -4) = left(s.user_key, -4)
    and u.user_key between left(s.user_key, -4) || '0000' and left(s.user_key, -4) || '9999'
) k
join employment e on e.user_id = k.id and s.number in (e.number, left(e.number, -4) || '****')
group by s.place
having count(distinct k.id) = 1 and count(distinct e.number) = 1`;
