import { expect } from 'vitest';
import { hrExport } from '../support/files.ts';
import { takeAway } from '../support/outage.ts';
import { notAsTried, type Tried } from '../support/repeats.ts';
import type { Smtp } from '../support/smtp.ts';
import { until } from '../support/until.ts';
import { scenario } from './harness/conversation.ts';
import { employ } from './harness/staff.ts';
import type { Store } from './harness/store.ts';

/** The program is killed, or loses its database, in the middle of things. */
export const crashes = [
  scenario(
    'a campaign goes on after every kill, and ends as one summary',
    async ({ lena }, { mail, program, store }) => {
      await employ(lena, 300);
      mail.takes(60);
      await lena.types('/vc massverifiera alla', 'hr');
      const preview = await lena.sees('285 personer får mejlet');
      await lena.presses('Bekräfta', preview);
      await program.kill();
      await program.restart();
      // Acknowledged is not yet done: whoever sees nothing happen presses again.
      if ((await store.value('select state from campaign')) === 'previewed')
        await lena.presses('Bekräfta', preview);
      for (const moment of [10, 100, 240]) {
        await mail.arrived(moment, { deadline: 60_000 });
        await program.kill();
        await program.restart();
      }
      mail.takes(0);
      const summary = await lena.sees('Klart. Alla 285 mejl skickades', {
        in: 'hr',
        mine: false,
        deadline: 60_000,
      });
      expect(summary.text).toContain('15 utan adress');
      expect(
        await store.query(
          'select state, count(*)::int from campaign_recipient group by state order by state',
        ),
      ).toEqual([
        { state: 'sent', count: 285 },
        { state: 'skipped', count: 15 },
      ]);
      expect(mail.counts().size).toBe(285);
      expect(await wrong(mail, store)).toEqual([]);
      expect(repeated(mail)).toBeLessThan(285 / 2);
    },
    { timeout: 180_000 },
  ),

  scenario(
    'an import goes on after a kill in the reading, the planning and the applying',
    async ({ lena }, { program, store }) => {
      const state = () =>
        store
          .query<{ state: string; row_count: number; applied: number; staged: boolean }>(
            'select state, row_count, applied, staged_at is not null as staged from import',
          )
          .then(([row]) => row);
      let seen: Awaited<ReturnType<typeof state>>;
      const killWhen = async (over: string, when: (row: NonNullable<typeof seen>) => boolean) => {
        await until(
          async () => {
            seen = await state();
            return seen && (when(seen) || seen.state === over);
          },
          { what: `it is ${over}, or on the way there`, seen: () => seen, deadline: 60_000 },
        );
        await program.kill();
        await program.restart();
      };
      await lena.drops(hrExport(6_000));
      await killWhen('previewed', ({ row_count }) => row_count > 0);
      await killWhen('previewed', ({ staged }) => staged);
      const preview = await lena.sees('6\u00a0240 rader', { deadline: 60_000, ever: true });
      await lena.presses('Bekräfta', preview);
      await killWhen('done', ({ state }) => state === 'applying');
      await killWhen('done', ({ applied }) => applied > 0);
      const summary = await lena.sees('Klart', { deadline: 60_000, ever: true });
      expect(summary.id).toBe(preview.id);
      expect(await store.value('select count(*)::int from "user"')).toBe(6_000);
      expect(await store.value('select count(*)::int from employment')).toBe(6_240);
      expect(await store.query('select counts from import')).toEqual([{ counts: { c: 6_000, f: 240 } }]);
      expect(
        await store.value(
          `select sum(length(verdicts))::int from import_block where verdicts not like '% %'`,
        ),
      ).toBe(6_240);
    },
    { timeout: 180_000 },
  ),

  scenario('what was acknowledged is answered after a kill', async ({ lena, anna }, { program }) => {
    await employ(lena, 30);
    await anna.writes('Jag kommer inte in');
    await program.kill();
    await program.restart();
    await anna.sees('a…@company.se, är inte bekräftad');
    await lena.drops(hrExport(30));
    await program.kill();
    await program.restart();
    await lena.sees('redan på plats');
    expect(lena.reads('bot').filter(({ text }) => text.includes('redan på plats'))).toHaveLength(1);
  }),

  scenario(
    'of two processes on one server the busier is killed, and the other sends the rest',
    async ({ lena }, { mail, program, joins, store }) => {
      await employ(lena, 400);
      const processes = [program, await joins({ ROLE: 'worker' })];
      mail.takes(30);
      await lena.types('/vc massverifiera alla', 'hr');
      await lena.presses('Bekräfta', await lena.sees('380 personer får mejlet'));
      await mail.arrived(150, { deadline: 60_000 });
      expect(repeated(mail)).toBe(0);
      const sent = await Promise.all(processes.map(mailsOf));
      await processes[sent.indexOf(Math.max(...sent))]?.kill();
      const onTheirWay = await store.value<number>(
        `select count(*)::int from campaign_recipient where state = 'sending'`,
      );
      await lena.sees('Klart. Alla 380 mejl skickades', { in: 'hr', mine: false, deadline: 60_000 });
      expect(mail.counts().size).toBe(380);
      expect(await wrong(mail, store)).toEqual([]);
      expect(repeated(mail)).toBeLessThanOrEqual(onTheirWay);
    },
    { server: true, timeout: 180_000 },
  ),

  scenario(
    'the database is gone for a moment',
    async ({ lena, erik, anna }, { mail, program, store }) => {
      await employ(lena, 300);
      await erik.types('/vc status');
      await erik.sees('0 of 300 are connected');
      mail.holdsAfter(60);
      await lena.types('/vc massverifiera alla', 'hr');
      await lena.presses('Bekräfta', await lena.sees('285 personer får mejlet'));
      const progress = await lena.sees('Utskick #2 pågår', { in: 'hr', mine: false });
      await mail.arrived(60, { deadline: 60_000 });
      const giveBack = await takeAway(store.url ?? '');
      await erik.types('/vc status');
      await erik.sees('Try again in a moment');
      await lena.presses('Avbryt utskicket', progress);
      await lena.sees('Försök igen om en stund', { in: 'hr', mine: true });
      expect((await program.get('/readyz')).status).toBe(503);
      expect((await program.get('/healthz')).status).toBe(200);
      const written = anna.writes('Jag kommer inte in');
      await giveBack();
      mail.goesOn();
      await written;
      await anna.sees('a…@company.se');
      await lena.sees('Klart. Alla 285 mejl skickades', {
        in: 'hr',
        mine: false,
        deadline: 60_000,
        ever: true,
      });
      expect(mail.counts().size).toBe(285);
      expect(repeated(mail)).toBe(0);
      await erik.types('/vc status');
      await erik.sees('0 of 300 are connected');
    },
    { server: true, timeout: 180_000 },
  ),
];

/** B3: who got more mails than they were tried to be sent to, or none. */
async function wrong(mail: Smtp, store: Store): Promise<string[]> {
  return notAsTried(
    mail,
    await store.query<Tried>(`select address, attempts from campaign_recipient where state = 'sent'`),
  );
}

/** How many mails were one too many. */
function repeated(mail: Smtp): number {
  return mail.mails.length - mail.counts().size;
}

/** How many mails a process handed to the mail server, as it says itself. */
async function mailsOf(program: { get(path: string): Promise<Response> }): Promise<number> {
  const text = await (await program.get('/metrics')).text();
  return Number(/^vcbot_mails_total\{outcome="sent"\} (\d+)$/m.exec(text)?.[1] ?? 0);
}
