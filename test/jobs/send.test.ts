import { Logger, runOnce } from 'graphile-worker';
import pino from 'pino';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Job } from '../../src/jobs/job.ts';
import { createSendJob } from '../../src/jobs/send.ts';
import { createMailer, type Mailer } from '../../src/mail/mailer.ts';
import { createRateLimiter } from '../../src/mail/rate.ts';
import { skipTexts } from '../../src/rules/campaign.ts';
import { createMessages } from '../../src/services/messages.ts';
import { verificationStatus } from '../../src/views/verification.ts';
import { day, hour, noon, type Setting, verificationTests } from '../services/verifications/setting.ts';
import { stopsAfterAll } from '../support/lifetime.ts';
import { type Smtp, startSmtp } from '../support/smtp.ts';

const { keep } = stopsAfterAll();
const minute = 60_000;
let smtp: Smtp;
let mailer: Mailer;

beforeAll(async () => {
  smtp = keep(await startSmtp());
});

beforeEach(() => {
  smtp.behaves();
  mailer = createMailer({ url: smtp.url, from: 'no-reply@company.se', organisation: 'Företaget' });
});

afterEach(() => mailer.close());

function sendJob({ database, now }: Setting, rate = '10000/s'): Job {
  return createSendJob({
    database,
    mailer,
    rate: createRateLimiter(database, rate),
    messages: createMessages(now),
    letterhead: {
      organisation: 'Företaget',
      contact: 'hr@company.se',
      language: 'sv',
      publicUrl: 'https://bot.company.se',
    },
    log: pino({ level: 'silent' }),
    now,
  });
}

/** Lets the queue do every sending that is due, as the program would. */
async function work(setting: Setting, job = sendJob(setting)): Promise<void> {
  const { database } = setting;
  await runOnce({
    pgPool: database.pool,
    noPreparedStatements: database.embedded,
    logger: new Logger(() => () => {}),
    taskList: { send: (payload) => job.run(payload, { signal: new AbortController().signal }) },
  });
}

/** The waiting sendings. */
async function waiting({ database }: Setting) {
  return database.prisma.$queryRaw<{ payload: object; runAt: Date; key: string }[]>`
    select p.payload, j.run_at as "runAt", j.key from graphile_worker.jobs j
    join graphile_worker._private_jobs p on p.id = j.id where j.task_identifier = 'send' and j.locked_at is null`;
}

/** Makes what waits in the queue due: its clock is the real one. */
const comeDue = ({ database }: Setting) =>
  database.prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now()`;

const verification = ({ database }: Setting, id: number) =>
  database.prisma.verification.findUniqueOrThrow({ where: { id } });

let made = 0;
const freshAddress = () => `anna${++made}@company.se`;

verificationTests('sending one verification', (setting) => {
  async function begun(given: Parameters<Setting['user']>[0] = {}) {
    const { user, verifications, lena } = setting();
    const connect = freshAddress();
    const { id, userId } = await user({ name: 'Anna Svensson', connect, ...given });
    const { verificationId } = await verifications.start(userId, lena);
    return { id, userId, verificationId, connect };
  }

  test('V1 the mail brings a link of its own that works, and "sent" is kept', async () => {
    const { row, verifications } = setting();
    const { id, verificationId, connect } = await begun({ language: 'en' });
    await work(setting());
    const mail = await smtp.mailTo(connect);
    expect(mail.subject).toBe('Företaget: confirm your email address for Flex HRM');
    const token = /https:\/\/bot\.company\.se\/verify\/([\w-]{43})/.exec(mail.text)?.[1] ?? '';
    expect(await verification(setting(), verificationId)).toMatchObject({ sentAt: noon, failedWords: null });
    expect(await row(id)).toMatchObject({ connection: 'pending', lastSentAt: noon, bouncedAt: null });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'confirmed' });
  });

  test("a mail is in the organisation's language where the user has none", async () => {
    const { connect } = await begun();
    await work(setting());
    expect((await smtp.mailTo(connect)).subject).toBe('Företaget: bekräfta din e-postadress för Flex HRM');
  });

  test('B3 a job that runs again after it has sent sends nothing', async () => {
    const { connect } = await begun();
    const job = sendJob(setting());
    const [queued] = await waiting(setting());
    const context = { signal: new AbortController().signal };
    await job.run(queued?.payload, context);
    await job.run(queued?.payload, context);
    expect(smtp.to(connect)).toHaveLength(1);
  });

  test('V6 what has left is written down once the store answers again, and does not leave twice', async () => {
    const { database } = setting();
    const { verificationId, connect } = await begun();
    // A sequence keeps its count through a rollback: the store fails twice, then answers.
    await database.prisma.$executeRaw`create sequence failed_writes`;
    await database.prisma.$executeRaw`
      create function fails_twice() returns trigger language plpgsql as $$ begin
        if nextval('failed_writes') <= 2 then raise exception 'gone'; end if;
        return new;
      end $$`;
    await database.prisma.$executeRaw`
      create trigger fails_twice before update of sent_at on verification for each row execute function fails_twice()`;
    try {
      await work(setting());
    } finally {
      await database.prisma.$executeRaw`drop function fails_twice cascade`;
      await database.prisma.$executeRaw`drop sequence failed_writes`;
    }
    expect(smtp.to(connect)).toHaveLength(1);
    expect(await verification(setting(), verificationId)).toMatchObject({ sentAt: noon });
    expect(await waiting(setting())).toEqual([]);
  });

  test('V1 a link asked for again after the first mail is a second mail', async () => {
    const { verifications, pass } = setting();
    const { id, connect } = await begun();
    await work(setting());
    pass(minute);
    await verifications.sendMine({ id: 0, userId: id });
    await work(setting());
    expect(smtp.to(connect)).toHaveLength(2);
  });

  test('V1 a link asked for while a mail is on its way is a mail of its own', async () => {
    const { verifications, pass } = setting();
    const { id, connect } = await begun();
    const { send } = mailer;
    let asked = false;
    mailer.send = async (mail) => {
      await send(mail);
      if (asked) return;
      asked = true;
      pass(1_000);
      await verifications.sendMine({ id: 0, userId: id });
      pass(1_000);
    };
    await work(setting());
    expect(smtp.to(connect)).toHaveLength(2);
    expect(await waiting(setting())).toEqual([]);
  });

  test.each<[string, (id: number, setting: Setting) => Promise<unknown>]>([
    [
      'U7 the user is deactivated',
      (id, { database }) => database.prisma.user.update({ where: { id }, data: { active: false } }),
    ],
    [
      'U5 the address has changed',
      (id, { database }) =>
        database.prisma.user.update({ where: { id }, data: { connectAddress: `x${id}@company.se` } }),
    ],
    ['D1 the domain is not allowed any more', (_, { allow }) => allow('other.se')],
    [
      'U5 the verification is revoked',
      (_, { database }) => database.prisma.verification.updateMany({ data: { revokedAt: noon } }),
    ],
    ['the user is deleted', (id, { database }) => database.prisma.user.delete({ where: { id } })],
  ])('nothing is sent where meanwhile %s', async (_, meanwhile) => {
    const { id, connect } = await begun();
    await meanwhile(id, setting());
    await work(setting());
    expect(smtp.to(connect)).toEqual([]);
    expect(await waiting(setting())).toEqual([]);
  });

  test.each([
    [
      'U7',
      'ended',
      async (id: number, { database }: Setting): Promise<void> => {
        await database.prisma.employment.createMany({
          data: [
            { userId: id, company: 'X', companyKey: 'x', number: `${id}`, endsOn: new Date('2030-11-20') },
          ],
        });
      },
    ],
    ['D1', 'domain', async (_: number, { allow }: Setting): Promise<void> => void (await allow('other.se'))],
  ] as const)('%s what came in the way between two tries is said: %s', async (_, reason, meanwhile) => {
    const { row, database, verifications } = setting();
    const { id, verificationId, connect } = await begun();
    smtp.refusesRecipient(connect, '451 4.7.1 Greylisted, come back', 1);
    await work(setting());
    await database.prisma.employment.deleteMany();
    await meanwhile(id, setting());
    await comeDue(setting());
    await work(setting());
    expect(smtp.to(connect)).toEqual([]);
    expect(await row(id)).toMatchObject({ connection: 'unverified' });
    const report = await verifications.report(verificationId);
    expect(report).toMatchObject({ failedWords: reason, retryAt: null });
    expect(JSON.stringify(report && verificationStatus(report, 'en'))).toContain(skipTexts[reason].en);
  });

  test("V6 a refused recipient is marked bounced with the server's words", async () => {
    const { row } = setting();
    const { id, verificationId, connect } = await begun();
    smtp.refusesRecipient(connect, '550 5.1.1 No such user here');
    await work(setting());
    const words = '550 5.1.1 No such user here';
    expect(await row(id)).toMatchObject({ bouncedAt: noon, bouncedWords: words, connection: 'unverified' });
    expect(await verification(setting(), verificationId)).toMatchObject({ failedWords: words, sentAt: null });
    expect(await waiting(setting())).toEqual([]);
  });

  test('V6 a bounce is over once a mail to the address is taken', async () => {
    const { row, verifications, lena } = setting();
    const { id, userId, connect } = await begun();
    smtp.refusesRecipient(connect, '550 5.1.1 No such user here', 1);
    await work(setting());
    await verifications.start(userId, lena);
    await work(setting());
    expect(smtp.to(connect)).toHaveLength(1);
    expect(await row(id)).toMatchObject({ bouncedAt: null, bouncedWords: null, connection: 'pending' });
  });

  test.each([
    ['sign-in', (words: string) => smtp.refusesLogin(words), '535 5.7.8 Authentication failed'],
    ['the sender', (words: string) => smtp.refusesSender(words), '550 5.7.1 Sender not allowed'],
    ['policy', (words: string) => smtp.refusesContent(words), '554 5.7.1 Rejected by policy'],
  ])('V6 a refusal of us (%s) ends the sending and bounces nobody', async (_, refuse, words) => {
    const { row } = setting();
    const { id, verificationId } = await begun();
    refuse(words);
    await work(setting());
    expect((await verification(setting(), verificationId)).failedWords).toContain(words);
    expect(await row(id)).toMatchObject({ bouncedAt: null, connection: 'unverified' });
    expect(await waiting(setting())).toEqual([]);
  });

  test('V6 a temporary refusal waits, longer each time, and the mail comes', async () => {
    const { pass, now } = setting();
    const { verificationId, connect } = await begun();
    smtp.refusesRecipient(connect, '451 4.7.1 Greylisted, come back', 3);
    const pauses: number[] = [];
    for (let i = 0; i < 3; i += 1) {
      await work(setting());
      const [next] = await waiting(setting());
      const { retryAt } = await verification(setting(), verificationId);
      expect(next?.runAt).toEqual(retryAt);
      pauses.push((retryAt?.getTime() ?? 0) - now().getTime());
      pass(pauses.at(-1) ?? 0);
      await comeDue(setting());
    }
    expect(pauses).toEqual([0.5 * minute, minute, 2 * minute]);
    await work(setting());
    expect(smtp.to(connect)).toHaveLength(1);
    expect(await verification(setting(), verificationId)).toMatchObject({ retryAt: null, failedWords: null });
  });

  test('V1 a link that was tried several times counts as one of three an hour', async () => {
    const { verifications, pass, database } = setting();
    const { id, connect } = await begun();
    smtp.refusesRecipient(connect, '451 4.7.1 Greylisted, come back', 3);
    for (let i = 0; i < 4; i += 1) {
      await work(setting());
      pass(minute);
      await comeDue(setting());
    }
    expect(smtp.to(connect)).toHaveLength(1);
    expect(await database.prisma.verificationLink.count({ where: { verification: { userId: id } } })).toBe(4);
    for (let i = 0; i < 2; i += 1) {
      expect(await verifications.sendMine({ id: 0, userId: id })).toMatchObject({ sent: true });
      await work(setting());
      pass(minute);
    }
    await expect(verifications.sendMine({ id: 0, userId: id })).rejects.toMatchObject({ code: 'link_limit' });
    expect(smtp.to(connect)).toHaveLength(3);
  });

  test('V6 a server that is down is waited for, and given up on after a day', async () => {
    const { pass } = setting();
    const { verificationId } = await begun();
    await smtp.goesDown();
    try {
      await work(setting());
      expect(await verification(setting(), verificationId)).toMatchObject({ failedWords: null });
      expect(await waiting(setting())).toHaveLength(1);
      pass(day);
      await comeDue(setting());
      await work(setting());
      expect(await waiting(setting())).toEqual([]);
      expect((await verification(setting(), verificationId)).failedWords).toContain('ECONNREFUSED');
    } finally {
      await smtp.comesBack();
    }
  });

  test('B3 MAIL_RATE: a turn that is far away is kept, and the job makes room until then', async () => {
    const { database, pass } = setting();
    await database.prisma.mailRate.deleteMany();
    const first = await begun();
    const second = await begun();
    const job = sendJob(setting(), '1/h');
    await work(setting(), job);
    const sent = [first, second].filter(({ connect }) => smtp.to(connect).length > 0);
    expect(sent).toHaveLength(1);
    const [later] = await waiting(setting());
    expect(later?.payload).toMatchObject({ reserved: true });
    pass(hour);
    await job.run(later?.payload, { signal: new AbortController().signal });
    expect([...smtp.to(first.connect), ...smtp.to(second.connect)]).toHaveLength(2);
  });

  test('A5 no token stands in the queue at any time', async () => {
    const { connect } = await begun();
    smtp.refusesRecipient(connect, '451 4.3.0 Try later', 1);
    await work(setting());
    const [queued] = await waiting(setting());
    expect(Object.keys(queued?.payload ?? {}).sort()).toEqual([
      'askedAt',
      'refusals',
      'reserved',
      'verificationId',
    ]);
  });
});
