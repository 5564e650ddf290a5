import pg from 'pg';

/** Takes a server's database away: every connection to it is cut, and new ones are refused until the answer is called. */
export async function takeAway(url: string): Promise<() => Promise<void>> {
  const { pathname } = new URL(url);
  const name = pathname.slice(1);
  const administer = async (sql: string) => {
    const client = new pg.Client({ connectionString: url.replace(`${pathname}?`, '/postgres?') });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await administer(`alter database ${name} with allow_connections false`);
  await administer(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  return () => administer(`alter database ${name} with allow_connections true`);
}
