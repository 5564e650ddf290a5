import { judgement, judgeSql, type Reading } from './judge-sql.ts';

const nothingChanged = 'null as changed, null as saved, null as earlier';

/**
 * Judges the rows of a chunk and changes nothing. Parameters as in judge-sql.ts. `company`: one that the row would bring and
 * no other has yet, at one row of the chunk, where there is one at a row that anybody may be told of (U8).
 */
export const planSql = (reading: Reading): string =>
  reading.does === 'create'
    ? `
with recursive ${judgeSql(reading)},
named as (
  select distinct on (company_key) position, company, company_key
  from judged
  where letter in ('c', 'f') and company_key is not null
  order by company_key, shielded, position
),
brought as (
  select n.position, n.company
  from named n
  left join lateral (select e.id from employment e where e.company_key = n.company_key limit 1) e on true
  where e.id is null
)
select ${judgement}, ${nothingChanged}, b.company
from judged left join brought b using (position)`
    : `
with recursive ${judgeSql(reading)}
select ${judgement}, ${nothingChanged}
from judged`;
