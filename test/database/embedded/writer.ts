// Opens the embedded database in the directory that is named, and writes rows until it is killed; prints `open`, then
// the number of each row once it is committed. Prints the reason where it cannot open.
import pg from 'pg';
import { startEmbedded } from '../../../src/database/embedded/index.ts';

const [dataDir] = process.argv.slice(2);
if (!dataDir) throw new Error('Name the directory');
const say = (line: string | number) => process.stdout.write(`${line}\n`);

try {
  const { close, ...address } = await startEmbedded(dataDir);
  say('open');
  const client = new pg.Client(address);
  await client.connect();
  await client.query('create table if not exists written (n int primary key, filler text)');
  const { rows } = await client.query('select coalesce(max(n), 0)::int as last from written');
  for (let n = rows[0].last + 1; ; n++) {
    await client.query('begin');
    await client.query('insert into written values ($1, $2)', [n, 'x'.repeat(2000)]);
    await client.query('update written set filler = filler || $1 where n = $2', ['y', n]);
    await client.query('commit');
    say(n);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
}
