import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createScimIdentity } from '../../src/identity/scim.ts';
import { createConnectJob, createConnectTendJob } from '../../src/jobs/connect.ts';
import { createLog } from '../../src/log.ts';
import { createAccounts, queueAccount } from '../../src/services/accounts.ts';
import { toldOfConnections } from '../../src/services/campaigns/connected.ts';
import { createConnections } from '../../src/services/connections.ts';
import { createMessages } from '../../src/services/messages.ts';
import { createUsers } from '../../src/services/users.ts';
import { createVerifications, type Verifications } from '../../src/services/verifications/index.ts';
import { userCard } from '../../src/views/user/card.ts';
import { verificationStatus } from '../../src/views/verification.ts';
import { error, list, type Scripted, type Step, startScripted } from '../identity/scripted.ts';
import { day, hour, noon, type Setting, verificationTests } from '../services/verifications/setting.ts';
import { stopsAfterAll } from '../support/lifetime.ts';
import type { Given } from '../support/users.ts';

const minute = 60_000;
const token = 'the-token-of-the-tests';
const account = { id: 'account-1', userName: 'anna@company.se', active: true };
const anna: Given = { userId: '14', name: 'Anna Svensson', connect: 'anna@company.se' };

/** A waiting job of the queue. */
interface Queued {
  id: string;
  payload: unknown;
  runAt: Date;
  queue: string | null;
}

verificationTests('V4 from a proved address to an account', (get) => {
  const { keep } = stopsAfterAll();
  let provider: Scripted;
  let setting: Setting;
  let verifications: Verifications;
  let log: string[];

  beforeAll(async () => {
    provider = keep(await startScripted());
  });

  beforeEach(() => {
    setting = get();
    log = [];
    const { database, now } = setting;
    verifications = createVerifications({
      database,
      messages: createMessages(now),
      language: 'sv',
      now,
      identity: (tx, userId) => queueAccount(tx, userId, now()),
    });
  });

  function accounts() {
    const { database, now } = setting;
    const messages = createMessages(now);
    return createAccounts({
      database,
      messages,
      language: 'sv',
      now,
      onConnected: toldOfConnections(messages, now),
    });
  }

  function job({ configured = true, patience = 5_000 } = {}) {
    return createConnectJob({
      accounts: accounts(),
      identity: configured ? createScimIdentity({ url: provider.url, token, patience }) : undefined,
      log: createLog('warn', (line) => log.push(line)),
    });
  }

  const run = (payload: unknown, options?: Parameters<typeof job>[0]) =>
    job(options).run(payload, { signal: new AbortController().signal });

  const queued = () =>
    setting.database.prisma.$queryRaw<Queued[]>`
      select id::text, run_at as "runAt", queue_name as queue,
        (select p.payload from graphile_worker._private_jobs p where p.id = j.id) as payload
      from graphile_worker.jobs j where task_identifier = 'connect' order by id`;

  const drop = ({ id }: Queued) =>
    setting.database.prisma.$executeRaw`delete from graphile_worker._private_jobs where id = ${id}::bigint`;

  /** Takes the one waiting job out of the queue, turns the clock to its moment, and runs it. */
  async function runNext(step: Step | Step[], options?: Parameters<typeof job>[0]): Promise<Queued> {
    const [next, ...others] = await queued();
    expect(others).toEqual([]);
    if (!next) throw new Error('Nothing is queued');
    await drop(next);
    if (next.runAt > setting.now()) setting.pass(next.runAt.getTime() - setting.now().getTime());
    provider.plays(...[step].flat());
    await run(next.payload, options);
    return next;
  }

  /** A user who has just pressed Confirm. */
  async function confirmed(given: Given = anna) {
    const started = await setting.started(given);
    expect(await verifications.confirm(started.token)).toMatchObject({
      state: 'confirmed',
      connected: false,
    });
    return started;
  }

  /** One more user who has just pressed, and the job that this queued. */
  async function pressed(userId: string) {
    const known = new Set((await queued()).map((one) => one.id));
    const connect = `user-${userId}@company.se`;
    const started = await confirmed({ userId, name: `User ${userId}`, connect });
    const job = (await queued()).find((one) => !known.has(one.id));
    if (!job) throw new Error('Nothing is queued');
    return { ...started, job };
  }

  /** Runs this one of the waiting jobs now. */
  async function tries(one: Queued, step: Step, options?: Parameters<typeof job>[0]): Promise<void> {
    await drop(one);
    provider.plays(step);
    await run(one.payload, options);
  }

  /** Has every waiting job due at this moment of the test's clock. */
  const putAt = (moment: Date) =>
    setting.database.prisma.$executeRaw`
      update graphile_worker._private_jobs set run_at = ${moment}::timestamptz where key like 'connect:%'`;

  /** The job that tends the others, in a process that has just started. */
  function tendJob() {
    const tend = createConnectTendJob({ database: setting.database, now: setting.now });
    return () => tend.run({}, { signal: new AbortController().signal });
  }

  const card = async () => {
    const { database, now, lena } = setting;
    const found = await createUsers(database, now).card('14', lena.reach);
    if (!found) throw new Error('No card');
    return userCard(found, { language: 'sv', now: now(), may: () => true });
  };
  const shownOf = async (id: number) => {
    const report = await verifications.report(id);
    if (!report) throw new Error('No report');
    return verificationStatus(report, 'sv');
  };
  const notified = async () => {
    const rows = await setting.database.prisma.$queryRaw<{ kind: string; subject: number }[]>`
      select m.kind, m.subject_id as subject from graphile_worker.jobs j
      join live_message m on j.key = 'notify:' || m.id order by 1, 2`;
    return rows;
  };

  test('the press makes it verified and queues the account; the job makes it and connects', async () => {
    const { id, verificationId } = await confirmed();
    expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountId: null });
    expect(JSON.stringify((await queued())[0]?.payload)).not.toMatch(/anna/i);
    expect((await card()).status).toEqual({ tone: 'plain', text: 'Adressen är verifierad. Kontot skapas.' });
    expect((await shownOf(verificationId)).status?.text).toBe(
      'Adressen bekräftades den 21 november kl. 14.02. Kontot skapas.',
    );

    setting.pass(3 * minute);
    await runNext([list(), { status: 201, body: account }]);
    expect(provider.asked.at(-1)?.body).toMatchObject({
      userName: 'anna@company.se',
      displayName: 'Anna Svensson',
      externalId: '14',
    });
    expect(await setting.row(id)).toMatchObject({
      connection: 'connected',
      verifiedAt: noon,
      connectedAt: setting.now(),
      accountId: 'account-1',
    });
    expect((await shownOf(verificationId)).status?.text).toContain('användaren är kopplad');
    expect(await queued()).toEqual([]);
    expect(await notified()).toContainEqual({ kind: 'verification', subject: verificationId });
    expect(log).toEqual([]);
  });

  test('run twice, as after a crash, it finds what it made', async () => {
    const { id } = await confirmed();
    const [first] = await queued();
    provider.plays(list(), { status: 201, body: account });
    await run(first?.payload);
    provider.plays(list(account));
    await run(first?.payload);
    expect(provider.asked).toEqual([]);
    expect(await setting.row(id)).toMatchObject({ connection: 'connected', accountId: 'account-1' });
  });

  test('killed between the account and the store, it goes on where it was', async () => {
    const { id } = await confirmed();
    const [first] = await queued();
    const stop = new AbortController();
    provider.plays(list(), (response) => {
      stop.abort();
      response.writeHead(201).end(JSON.stringify(account));
    });
    await expect(job().run(first?.payload, { signal: stop.signal })).rejects.toThrow();
    expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountFault: null });
    await runNext(list(account));
    expect(await setting.row(id)).toMatchObject({ connection: 'connected', accountId: 'account-1' });
  });

  test('campaigns that sent the mail hear of it', async () => {
    const { id } = await confirmed();
    const { prisma } = setting.database;
    const campaign = await prisma.campaign.create({
      data: { filter: {}, createdBy: 1, place: {}, state: 'done', confirmedAt: setting.now() },
    });
    await prisma.campaignRecipient.create({
      data: { campaignId: campaign.id, position: 1, userId: id, state: 'sent' },
    });
    await prisma.liveMessage.create({
      data: { kind: 'campaign', subjectId: campaign.id, surface: 'slack', language: 'sv' },
    });
    await runNext(list(account));
    expect(await notified()).toContainEqual({ kind: 'campaign', subject: campaign.id });
  });

  describe('where the provider does not do it', () => {
    test('silence: it is tried again after growing pauses, and said', async () => {
      const { id, verificationId } = await confirmed();
      const pauses: number[] = [];
      for (let tries = 0; tries < 5; tries += 1) {
        const at = (await runNext('silence', { patience: 20 })).runAt;
        const [next] = await queued();
        pauses.push((next?.runAt.getTime() ?? 0) - Math.max(at.getTime(), noon.getTime()));
      }
      expect(pauses.map((pause) => Math.round(pause / 1000))).toEqual([30, 60, 120, 300, 900]);
      expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountFault: 'silent' });
      expect(await card()).toMatchObject({
        status: { tone: 'warning', text: 'Adressen är verifierad, men kontot kan inte skapas ännu.' },
        lines: expect.arrayContaining([
          'Visma Connect svarar inte.',
          'Nästa försök: den 21 november kl. 14.25.',
        ]),
        actions: expect.arrayContaining([expect.objectContaining({ label: 'Försök igen' })]),
      });
      expect((await shownOf(verificationId)).status).toEqual({
        tone: 'warning',
        text: 'Adressen bekräftades den 21 november kl. 14.02, men kontot kan inte skapas ännu.',
      });
      await runNext(list(account));
      expect(await setting.row(id)).toMatchObject({
        connection: 'connected',
        accountFault: null,
        accountWords: null,
        accountRetryAt: null,
      });
    });

    test('429: it waits as long as it was asked to', async () => {
      await confirmed();
      await runNext(error(429, 'Slow down', { 'retry-after': '7200' }));
      expect((await queued())[0]?.runAt).toEqual(new Date(noon.getTime() + 2 * hour));
      expect((await card()).lines).toContain('Visma Connect svarade: 429 Slow down');
      await runNext(error(429, '', { 'retry-after': '1' }));
      expect((await queued())[0]?.runAt).toEqual(new Date(setting.now().getTime() + minute));
    });

    test("401: it is the operator's to mend, is said in the log, and never the person's fault", async () => {
      const { id } = await confirmed();
      await runNext(error(401, `Anna Svensson (anna@company.se): bad token ${token}`));
      expect(await setting.row(id)).toMatchObject({ accountFault: 'refused' });
      expect((await card()).lines).toContain(
        'Det beror inte på personen. Visa det här för den som sköter boten.',
      );
      expect(log.map((line) => JSON.parse(line))).toMatchObject(
        [{ level: 50, user: id, words: '401 … (…@company.se): bad token …', msg: /CONNECT_SCIM_TOKEN/ }].map(
          (one) => ({ ...one, msg: expect.stringMatching(one.msg) }),
        ),
      );
      await runNext(list(account));
      expect(await setting.row(id)).toMatchObject({ connection: 'connected' });
    });

    test('after a day it is given up: said to the administrator with the words, and tried again when asked', async () => {
      const { id, verificationId } = await confirmed();
      const before = await setting.database.prisma.liveMessage.count();
      let tries = 0;
      while (!log.at(-1)?.includes('once a day')) {
        await runNext(error(503, 'Closed for repairs'));
        tries += 1;
      }
      expect(tries).toBeGreaterThan(10);
      expect(setting.now().getTime() - noon.getTime()).toBeLessThanOrEqual(day);
      expect(setting.now().getTime() - noon.getTime()).toBeGreaterThan(day - 3 * hour);
      expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountRetryAt: null });
      expect(await setting.database.prisma.liveMessage.count()).toBe(before + 1);
      const shown = await shownOf(verificationId);
      expect(shown.status?.tone).toBe('fault');
      expect(shown.status?.text).toMatch(/men kontot kunde inte skapas\.$/);
      expect(shown.lines).toContain('Visma Connect svarade: 503 Closed for repairs');
      expect(shown.actions).toMatchObject([{ label: 'Försök igen', line: 'user create-account user:"14"' }]);
      expect((await card()).lines?.at(-1)).toBe(
        'Nästa steg: försök igen när felet är rättat. Annars görs ett försök om dagen.',
      );

      const last = setting.now().getTime();
      for (let days = 1; days <= 3; days += 1) {
        await runNext(error(503, 'Closed for repairs'));
        expect(setting.now().getTime() - last).toBe(days * day);
      }
      expect(await setting.row(id)).toMatchObject({ accountFault: 'busy', accountRetryAt: null });
      expect(await setting.database.prisma.liveMessage.count()).toBe(before + 1);
      await accounts().tryAgain('14', setting.lena);
      expect((await card()).status?.text).toBe('Adressen är verifierad. Kontot skapas.');
      await runNext(list(account));
      expect(await setting.row(id)).toMatchObject({ connection: 'connected' });
    });

    test('what was given up is tried at the next start', async () => {
      const { id } = await confirmed();
      while (!log.at(-1)?.includes('once a day')) await runNext(error(401, 'The token has expired'));
      const tend = tendJob();
      await tend();
      expect((await queued()).map(({ runAt }) => runAt)).toEqual([setting.now()]);
      await runNext(error(401, 'The token has expired'));
      await tend();
      expect((await queued())[0]?.runAt).toEqual(new Date(setting.now().getTime() + day));
      await tendJob()();
      await runNext(list(account));
      expect(await setting.row(id)).toMatchObject({ connection: 'connected', accountFault: null });
    });

    test('an outage is told once, and another one too', async () => {
      const { prisma } = setting.database;
      const told = () => prisma.liveMessage.count();
      const { job: anna } = await pressed('14');
      const { job: bo } = await pressed('15');
      const { job: cia } = await pressed('16');
      const { job: dan } = await pressed('17');
      const before = await told();
      setting.pass(day);
      await tries(anna, error(401, 'The token has expired'));
      expect(await told()).toBe(before + 1);
      await tries(bo, error(401, 'The token has expired'));
      expect(await told()).toBe(before + 1);
      await tries(cia, error(400, 'No such domain'));
      expect(await told()).toBe(before + 2);
      await prisma.$executeRaw`update live_message set created_at = created_at - interval '25 hours'`;
      await tries(dan, error(401, 'The token has expired'));
      expect(await told()).toBe(before + 3);
    });

    test('a provider that does not answer is spared the tries of the others', async () => {
      const { id: annaId, job: anna } = await pressed('14');
      const { id: boId } = await pressed('15');
      expect((await queued()).map(({ queue }) => queue)).toEqual(['connect', 'connect']);
      await putAt(setting.now());
      const at = setting.now().getTime();
      await tries(anna, 'silence', { patience: 20 });
      const later = new Date(at + minute / 2);
      expect((await queued()).map(({ runAt, queue }) => ({ runAt, queue }))).toEqual([
        { runAt: later, queue: 'connect' },
        { runAt: later, queue: 'connect' },
      ]);
      for (const id of [annaId, boId])
        expect(await setting.row(id)).toMatchObject({ accountFault: 'silent', accountRetryAt: later });

      setting.pass(minute / 2);
      const bo = (await queued()).find(({ payload }) => (payload as { userId: number }).userId === boId);
      if (!bo) throw new Error('Bo has no job');
      await tries(bo, error(503, 'Closed for user-15@company.se'));
      const latest = new Date(at + minute / 2 + minute);
      expect((await queued()).map(({ runAt }) => runAt)).toEqual([latest, latest]);
      expect(await setting.row(annaId)).toMatchObject({ accountFault: 'silent', accountRetryAt: latest });
    });

    test('a busy provider tells of nobody to the others', async () => {
      const { job: anna } = await pressed('14');
      const { id: boId } = await pressed('15');
      await putAt(setting.now());
      await tries(anna, error(503, 'No room for User 14, user-14@company.se'));
      expect(await setting.row(boId)).toMatchObject({
        accountFault: 'busy',
        accountWords: '503 No room for …, …',
      });
    });

    test('a refusal is about one: the others keep their moment', async () => {
      const { job: anna } = await pressed('14');
      const { id: boId } = await pressed('15');
      await putAt(setting.now());
      await tries(anna, error(400, 'No such domain'));
      expect((await queued()).map(({ runAt }) => runAt)).toContainEqual(setting.now());
      expect(await setting.row(boId)).toMatchObject({ accountFault: null });
    });

    test("V5 the employee hears that it is late, and that it isn't about them", async () => {
      const { id } = await confirmed();
      const { prisma } = setting.database;
      const person = await prisma.person.create({
        data: { surface: 'slack', tenant: 'T1', platformId: 'UANNA', name: 'Anna', userId: id },
      });
      const own = () => verifications.own({ id: person.id, userId: id });
      const address = 'a…@company.se';
      expect(await own()).toEqual({ state: 'verified', address, account: 'coming' });
      await runNext(error(500));
      expect(await own()).toEqual({ state: 'verified', address, account: 'delayed' });
      await prisma.user.update({ where: { id }, data: { accountRetryAt: null } });
      expect(await own()).toEqual({ state: 'verified', address, account: 'failed' });
    });
  });

  describe('U5 what changes between the press and the account', () => {
    test('a removed address: no account is asked for', async () => {
      const { id, userId } = await confirmed();
      await createConnections({ database: setting.database, messages: createMessages() }).removeAddress(
        userId,
        setting.lena,
      );
      await runNext(list(account));
      expect(provider.asked).toEqual([]);
      expect(await setting.row(id)).toMatchObject({ connection: 'none', accountId: null });
    });

    test('an address that changes while the provider answers is not connected', async () => {
      const { id, userId } = await confirmed();
      const [first] = await queued();
      let changed: Promise<unknown> = Promise.resolve();
      provider.plays((response) => {
        changed = verifications
          .startWith(userId, { email: 'anna.new@company.se', confirm: 'anna.new@company.se' }, setting.lena)
          .then(() => response.end(JSON.stringify({ totalResults: 1, Resources: [account] })));
      });
      await run(first?.payload);
      await changed;
      expect(await setting.row(id)).toMatchObject({
        connection: 'pending',
        connectAddress: 'anna.new@company.se',
        accountId: null,
      });
    });

    test('a failure that comes after the change is not written down', async () => {
      const { id, userId } = await confirmed();
      const [first] = await queued();
      provider.plays((response) => {
        createConnections({ database: setting.database, messages: createMessages() })
          .removeAddress(userId, setting.lena)
          .finally(() => response.writeHead(500).end());
      });
      await run(first?.payload);
      expect(await setting.row(id)).toMatchObject({ connection: 'none', accountFault: null });
    });

    test('a user who is deleted leaves nothing to do', async () => {
      const { id } = await confirmed();
      await setting.database.prisma.user.delete({ where: { id } });
      await runNext(list(account));
      expect(provider.asked).toEqual([]);
    });

    test.each<[string, () => Promise<unknown>, () => Promise<unknown>, string]>([
      [
        'D1 a domain that is no longer allowed',
        () => setting.allow('other.se'),
        () => setting.database.prisma.allowedDomain.deleteMany(),
        'Adressens domän är inte tillåten. Byt adress, eller tillåt domänen.',
      ],
      [
        'U7 a deactivated user',
        () => setting.database.prisma.user.updateMany({ data: { active: false } }),
        () => setting.database.prisma.user.updateMany({ data: { active: true } }),
        'Användaren är inaktiverad.',
      ],
    ])('%s gets no account while that is so', async (_, happens, isOver, line) => {
      const { id } = await confirmed();
      await happens();
      await runNext(list(account));
      expect(provider.asked).toEqual([]);
      expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountFault: 'hindered' });
      expect((await card()).lines).toEqual(expect.arrayContaining([line]));
      expect((await card()).lines?.join(' ')).not.toContain('Nästa försök');
      expect((await notified()).length).toBeGreaterThan(0);
      await setting.database.prisma.$executeRaw`
        delete from graphile_worker._private_jobs where key like 'notify:%'`;
      const first = setting.now().getTime();
      for (let days = 1; days <= 3; days += 1) {
        await runNext(list(account));
        expect(setting.now().getTime() - first).toBe(days * day);
      }
      expect(await notified()).toEqual([]);
      expect(provider.asked).toEqual([]);
      await isOver();
      await runNext(error(500));
      expect(await queued()).toHaveLength(1);
      await runNext(list(account));
      expect(await setting.row(id)).toMatchObject({ connection: 'connected', accountId: 'account-1' });
    });

    test('D1 a domain that is disallowed while the provider answers is not connected', async () => {
      const { id } = await confirmed();
      const [first] = await queued();
      provider.plays((response) => {
        setting
          .allow('other.se')
          .finally(() => response.end(JSON.stringify({ totalResults: 1, Resources: [account] })));
      });
      await run(first?.payload);
      expect(await setting.row(id)).toMatchObject({ connection: 'verified', accountFault: 'hindered' });
    });

    test('U6 a deleted connection takes the account’s id away, and leaves the account alone', async () => {
      const { id, userId } = await confirmed();
      await runNext(list(account));
      provider.plays(error(500));
      await createConnections({ database: setting.database, messages: createMessages() }).deleteConnection(
        userId,
        setting.lena,
      );
      expect(provider.asked).toEqual([]);
      expect(await setting.row(id)).toMatchObject({ connection: 'unverified', accountId: null });
    });
  });

  test('where the provider is no longer configured, the store alone decides', async () => {
    const { id } = await confirmed();
    await runNext(error(500), { configured: false });
    expect(provider.asked).toEqual([]);
    expect(await setting.row(id)).toMatchObject({ connection: 'connected', accountId: null });
  });

  test('no silent end: who is verified and has no job gets one', async () => {
    const tend = tendJob();
    const { id } = await confirmed();
    await setting.user({ connection: 'connected' });
    await setting.user({ connection: 'pending' });
    const [first] = await queued();
    await tend();
    expect((await queued()).map((one) => one.id)).toEqual([first?.id]);
    await setting.database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    await tend();
    expect(await queued()).toHaveLength(1);
    await runNext(list(account));
    expect(await setting.row(id)).toMatchObject({ connection: 'connected' });
  });

  test('trying again is for proved addresses only', async () => {
    await setting.user({ userId: 'a', connection: 'connected' });
    await setting.user({ userId: 'b' });
    await expect(accounts().tryAgain('a', setting.lena)).rejects.toMatchObject({ code: 'already_connected' });
    await expect(accounts().tryAgain('b', setting.lena)).rejects.toMatchObject({ code: 'not_verified' });
    await expect(accounts().tryAgain('nobody', setting.lena)).rejects.toMatchObject({
      code: 'user_not_found',
    });
    await setting.user({ userId: 'c', connection: 'verified' });
    const press = await setting.press();
    await accounts().tryAgain('c', { ...setting.lena, press });
    await expect(accounts().tryAgain('c', { ...setting.lena, press })).rejects.toMatchObject({
      code: 'press_spent',
    });
  });
});
