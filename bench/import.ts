// The import's budget: file to applied with its row log, against parsing the file and one bulk update of the same rows.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { pino } from 'pino';
import { inspectFile, readRows } from '../src/csv/index.ts';
import { type Database, openDatabase } from '../src/database/database.ts';
import { applyChunk, plan, waitingChunks } from '../src/services/imports/judging.ts';
import { stageFile } from '../src/services/imports/staging.ts';

const N = Number(process.argv[2] ?? 100_000);
const dir = await mkdtemp(join(tmpdir(), 'vc-bot-bench-'));
const database: Database = await openDatabase({ dataDir: dir, log: pino({ level: 'silent' }) });
const { pool, prisma } = database;
let cpuTotal = 0;
const timed = async <T>(name: string, work: () => Promise<T>): Promise<[number, T]> => {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const result = await work();
  const took = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  console.log(name.padEnd(30), took.toFixed(0), 'ms', ((user + system) / 1000).toFixed(0), 'ms cpu');
  cpuTotal += (user + system) / 1000;
  return [took, result];
};
for (let s = 0; s < N; s += 10000)
  await pool.query(
    `with u as (insert into "user"(user_id,user_key,name,name_key,email,email_key) select 'u'||i,'u'||i,'Anna Andersson '||i,'anna andersson '||i,'anna.'||i||'@company.se','anna.'||i||'@company.se' from generate_series($1::int,$2::int) i returning id)
     insert into employment(user_id,company,company_key,number,department,department_key) select id,'Bolaget AB','bolaget ab',lpad(id::text,6,'0'),'Ekonomi','ekonomi' from u`,
    [s + 1, Math.min(N, s + 10000)],
  );
await pool.query('vacuum analyze');
const file = join(dir, 'file.csv');
const write = async (tag: string) => {
  const { rows } = await pool.query('select u.user_id, e.number from "user" u join employment e on e.user_id = u.id order by u.id');
  await writeFile(file, `Användar-id;Anställningsnummer;E-post Visma Connect\r\n${rows.map((r) => `${r.user_id};${r.number};${r.user_id}.${tag}@company.se\r\n`).join('')}`);
};
await write('a');
async function bare(tag: string) {
  const [a] = await timed('csv-parse', async () => { let n = 0; for await (const _ of createReadStream(file).pipe(parse({ delimiter: ';' }))) n++; return n; });
  const [b] = await timed('bulk update', async () => {
    for (let s = 1; s <= N; s += 5000) {
      const keys: string[] = []; const mails: string[] = [];
      for (let i = s; i < Math.min(s + 5000, N + 1); i++) { keys.push(`u${i}`); mails.push(`u${i}.${tag}@company.se`); }
      await pool.query(`update "user" u set connect_email=v.e, connect_address=v.e, connection='unverified', updated_at=now() from unnest($1::text[],$2::text[]) v(k,e) where u.user_key=v.k`, [keys, mails]);
    }
  });
  return a + b;
}
async function whole() {
  const { id: importId } = await prisma.import.create({ data: { dropKey: String(Math.random()), fileName: 'a', source: {}, language: 'sv', reach: {}, createdBy: 1, place: {} } });
  const signal = new AbortController().signal;
  const [i, look] = await timed('  inspect', () => inspectFile(file));
  const judged = { importId, template: 'connectEmail' as const, fields: look.header.fields, reach: { companies: 'all' as const, protected: true } };
  const [s, staged] = await timed('  stage', () => stageFile(pool, importId, look.header, readRows(file, look.shape, look.header), { signal }));
  const [p] = await timed('  plan', () => plan(pool, judged, signal));
  let longest = 0;
  const [a] = await timed('  apply', async () => { for (const chunk of await waitingChunks(pool, importId)) { const t = performance.now(); await applyChunk(pool, judged, chunk, new Date(), false); longest = Math.max(longest, performance.now() - t); } });
  console.log('  longest chunk', longest.toFixed(0), staged);
  return i + s + p + a;
}
for (let round = 0; round < 2; round++) {
  cpuTotal = 0;
  const base = await bare(`b${round}`);
  const cpuBase = cpuTotal; cpuTotal = 0;
  await pool.query('vacuum analyze');
  await write(`w${round}`);
  const all = await whole();
  await pool.query('vacuum analyze');
  console.log('ratio', (all / base).toFixed(2), 'cpu', (cpuTotal / cpuBase).toFixed(2), 'base', base.toFixed(0), 'whole', all.toFixed(0));
}
await database.close();
await rm(dir, { recursive: true });
