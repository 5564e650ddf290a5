import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../../src/database/database.ts';
import { childProcesses } from '../../support/children.ts';
import { type EmptyStore, emptyStore, stores } from '../../support/database.ts';
import { takeAway } from '../../support/outage.ts';
import { notAsTried } from '../../support/repeats.ts';
import { type Smtp, startSmtp } from '../../support/smtp.ts';
import { until } from '../../support/until.ts';
import { addPerson, addUsers, by, mailsEach, openHouse, previewed } from './house.ts';

const children = childProcesses(join(import.meta.dirname, 'child.ts'));
const minutes = 60_000;
type House = ReturnType<typeof openHouse>;

/** A sending process of its own. */
interface Sender {
  /** What it has said of the campaign so far. */
  shown: string[];
  kill(): Promise<void>;
}

describe.each(stores)('sending processes that die (%s)', (kind) => {
  let smtp: Smtp;
  let store: EmptyStore;
  beforeEach(async () => {
    smtp = await startSmtp();
    store = await emptyStore(kind);
  });
  afterEach(async () => {
    await children.killAll();
    await smtp.stop();
    await store.remove();
  });

  async function startSender(from = 'bot@company.se'): Promise<Sender> {
    const started = children.start(store, { SMTP_URL: smtp.url, MAIL_FROM: from });
    const ended = once(started, 'exit');
    const lines: string[] = [];
    createInterface({ input: started.stdout }).on('line', (line) => lines.push(line));
    await until(() => lines.includes('ready'), { what: 'a sending process', deadline: 60_000 });
    return {
      get shown() {
        return lines.filter((line) => line !== 'ready').map((line) => JSON.parse(line) as string);
      },
      async kill() {
        started.kill('SIGKILL');
        await ended;
      },
    };
  }

  /** The store, while no other process has it. */
  async function inStore<T>(work: (house: House, database: Database) => Promise<T>): Promise<T> {
    const database = await openDatabase({ ...store, log: pino({ level: 'silent' }) });
    const house = openHouse({ database, smtpUrl: smtp.url });
    try {
      return await work(house, database);
    } finally {
      house.mailer.close();
      await database.close();
    }
  }

  async function confirmed(house: House, database: Database, recipients: number): Promise<number> {
    await addUsers(database, recipients);
    const person = await addPerson(database);
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    return id;
  }

  test(
    'B3 killed at several moments: all are sent to, only what was in flight repeats',
    async () => {
      const id = await inStore((house, database) => confirmed(house, database, 200));
      smtp.takes(20);
      let onTheirWay = 0;
      for (const moment of [1, 60, 61, 130]) {
        const sender = await startSender();
        await until(() => smtp.mails.length >= moment, { deadline: minutes });
        await sender.kill();
        onTheirWay += await inStore((_, database) => sending(database));
      }
      const last = await startSender();
      await until(() => last.shown.at(-1)?.includes('Klart. Alla 200 mejl skickades.'), {
        deadline: minutes,
        seen: () => last.shown,
      });
      await last.kill();
      await inStore(async ({ campaigns }, database) => {
        expect(await campaigns.status(id, 'caller')).toMatchObject({
          state: 'done',
          counts: { waiting: 0, sending: 0, sent: 200, failed: 0, cancelled: 0 },
        });
        expect(notAsTried(smtp, await tried(database))).toEqual([]);
      });
      expect(smtp.mails.length - 200).toBeLessThanOrEqual(onTheirWay);
    },
    3 * minutes,
  );

  /** How many messages are on their way, or have left and are not written down. */
  const sending = ({ prisma }: Database) => prisma.campaignRecipient.count({ where: { state: 'sending' } });

  /** All whom campaigns have sent to. */
  async function tried({ prisma }: Database) {
    const rows = await prisma.campaignRecipient.findMany({ where: { state: 'sent' } });
    return rows.map(({ address, attempts }) => ({ address: address ?? '', attempts }));
  }

  const done = async ({ campaigns }: House, id: number) =>
    (await campaigns.status(id, 'caller'))?.state === 'done';
  const isDone = (house: House, id: number) => until(() => done(house, id), { deadline: 2 * minutes });

  /** A campaign in which both processes have a part, after those that one of them was quick enough to take alone. */
  async function shared(house: House, database: Database, recipients: number): Promise<number> {
    for (;;) {
      const before = smtp.mails.length;
      const id = await confirmed(house, database, recipients);
      const isShared = () => new Set(smtp.mails.slice(before).map(({ from }) => from)).size === 2;
      await until(async () => isShared() || (await done(house, id)), { deadline: minutes });
      if (isShared()) return id;
    }
  }

  test.runIf(kind === 'server')(
    'B3 two processes share a campaign and repeat nothing',
    async () => {
      await Promise.all([startSender('one@company.se'), startSender('two@company.se')]);
      smtp.takes(10);
      await inStore(async (house, database) => {
        const id = await shared(house, database, 400);
        await isDone(house, id);
        expect(await house.campaigns.status(id, 'caller')).toMatchObject({ counts: { sent: 400 } });
        expect(await mailsEach(database, smtp, id)).toEqual({ 1: await database.prisma.user.count() });
      });
    },
    3 * minutes,
  );

  test.runIf(kind === 'server')(
    'B3 one of two processes dies, and the other sends the rest',
    async () => {
      const [first] = await Promise.all([startSender('one@company.se'), startSender('two@company.se')]);
      smtp.takes(20);
      await inStore(async (house, database) => {
        const id = await shared(house, database, 400);
        await first.kill();
        const onTheirWay = await sending(database);
        await isDone(house, id);
        expect(await house.campaigns.status(id, 'caller')).toMatchObject({
          counts: { sent: 400, failed: 0 },
        });
        const recipients = await tried(database);
        expect(notAsTried(smtp, recipients)).toEqual([]);
        expect(smtp.mails.length - recipients.length).toBeLessThanOrEqual(onTheirWay);
      });
    },
    3 * minutes,
  );

  test.runIf(kind === 'server')(
    'B3 the database is gone for a moment, and nobody gets two',
    async () => {
      const id = await inStore((house, database) => confirmed(house, database, 300));
      smtp.takes(20);
      await startSender();
      await until(() => smtp.mails.length >= 50, { deadline: minutes });
      const giveBack = await takeAway(store.url ?? '');
      // What was claimed goes on leaving; then nothing can be claimed.
      await until(() => Date.now() - (smtp.mails.at(-1)?.at ?? 0) > 1_000);
      await giveBack();
      await inStore(async (house, database) => {
        await isDone(house, id);
        expect(await mailsEach(database, smtp, id)).toEqual({ 1: 300 });
      });
    },
    4 * minutes,
  );
});
