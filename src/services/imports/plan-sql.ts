import { judgement, judgeSql, type Reading } from './judge-sql.ts';

/** Judges the rows of a chunk and changes nothing. Parameters as in judge-sql.ts. */
export const planSql = (reading: Reading): string => `
with recursive ${judgeSql(reading)}
select ${judgement}, null as saved
from judged`;
