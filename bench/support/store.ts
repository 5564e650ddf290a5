import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../src/database/database.ts';
import { createLog } from '../../src/log.ts';

/** Gives `work` a directory of its own, and removes it. */
export async function inDirectory<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'vc-bot-bench-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Opens the store as the program does, does something with it, and closes it. `url`: a server's. */
export async function withStore<T>(
  dataDir: string,
  work: (database: Database) => Promise<T>,
  url?: string,
): Promise<T> {
  const database = await openDatabase({ url, dataDir, log: createLog('silent') });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const usersAtOnce = 10_000;

/** Stores ordinary users u1, u2 … with an address that is not verified; one company for each so many of them. */
export async function addUsers({ pool }: Database, count: number, perCompany = count): Promise<void> {
  for (let first = 1; first <= count; first += usersAtOnce) {
    const last = Math.min(count, first + usersAtOnce - 1);
    await pool.query(insertUsers, [first, last, perCompany]);
  }
  await pool.query('vacuum analyze');
}

const insertUsers = `
with numbered as (
  insert into "user" (user_id, user_key, name, name_key, email, email_key, connect_email, connect_address, connection)
  select 'u' || i, 'u' || i, 'Anna Andersson ' || i, 'anna andersson ' || i, 'anna.' || i || '@company.se',
    'anna.' || i || '@company.se', 'u' || i || '@company.se', 'u' || i || '@company.se', 'unverified'
  from generate_series($1::int, $2::int) i
  returning id, substr(user_id, 2)::int as i
)
insert into employment (user_id, company, company_key, number, department, department_key)
select id, 'Bolag ' || ((i - 1) / $3::int), 'bolag ' || ((i - 1) / $3::int), lpad(i::text, 7, '0'), 'Ekonomi', 'ekonomi'
from numbered`;
