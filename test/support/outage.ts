import pg from 'pg';

/** Takes a server's database away: every connection to it is cut, and new ones are refused until the answer is called. */
export async function takeAway(url: string): Promise<() => Promise<void>> {
  await besides(url, async (server, name) => {
    await server.query(`alter database ${name} with allow_connections false`);
    // One that was being opened meanwhile is seen by the next look.
    while ((await cut(server, name)) > 0);
  });
  return () =>
    besides(url, (server, name) => server.query(`alter database ${name} with allow_connections true`));
}

/** Cuts every connection to a server's database that there is at this moment; new ones are let in. */
export async function cutConnections(url: string): Promise<void> {
  await besides(url, cut);
}

/** Cuts them, and returns how many there were once they are gone. */
async function cut(server: pg.Client, name: string): Promise<number> {
  const { rows } = await server.query(
    'select pg_terminate_backend(pid, 20000) from pg_stat_activity where datname = $1',
    [name],
  );
  return rows.length;
}

/** Works on the server, but in another database. */
async function besides(
  url: string,
  work: (server: pg.Client, name: string) => Promise<unknown>,
): Promise<void> {
  const { pathname } = new URL(url);
  const server = new pg.Client({ connectionString: url.replace(`${pathname}?`, '/postgres?') });
  await server.connect();
  await work(server, pathname.slice(1)).finally(() => server.end());
}
