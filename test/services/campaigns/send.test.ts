import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Runner } from '../../../src/jobs/runner.ts';
import { hashToken } from '../../../src/rules/secret.ts';
import type { CampaignStatus } from '../../../src/services/campaigns/index.ts';
import { eachStore } from '../../support/database.ts';
import { type Smtp, startSmtp } from '../../support/smtp.ts';
import { until } from '../../support/until.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, addUsers, by, mailsEach, openHouse, previewed, total } from './house.ts';

eachStore('sending a campaign', (database) => {
  let smtp: Smtp;
  let house: ReturnType<typeof openHouse>;
  let runner: Runner;
  let person: number;
  /** How far ahead the house's clock is, in milliseconds. */
  let ahead = 0;
  /** The moment at which it stands still. */
  let stopped: Date | undefined;
  beforeAll(async () => {
    smtp = await startSmtp();
    house = openHouse({
      database: database(),
      smtpUrl: smtp.url,
      now: () => stopped ?? new Date(Date.now() + ahead),
    });
    runner = await house.start();
    person = await addPerson(database(), { addressKey: 'lena@company.se' });
  });
  afterAll(async () => {
    await runner.stop();
    house.mailer.close();
    await smtp.stop();
  });
  beforeEach(async () => {
    ahead = 0;
    stopped = undefined;
    smtp.behaves();
    await database().prisma.user.deleteMany();
    await database().prisma.allowedDomain.deleteMany();
  });

  async function status(id: number): Promise<CampaignStatus> {
    const found = await house.campaigns.status(id, 'caller');
    if (!found) throw new Error(`No campaign ${id}`);
    return found;
  }
  const becomes = (id: number, state: CampaignStatus['state']) =>
    until(
      async () => {
        const found = await status(id);
        return found.state === state && found.counts.sending === 0 && found;
      },
      { what: state },
    );
  async function confirmed(): Promise<number> {
    const { id } = await previewed(house, person);
    await house.campaigns.confirm(id, by(person));
    return id;
  }
  /** Lets so many milliseconds pass again and again; what waits for its moment in the queue, by its own clock, runs now. */
  async function timePasses<T>(milliseconds: number, until: Promise<T>): Promise<T> {
    const passing = setInterval(async () => {
      ahead += milliseconds;
      await database().prisma.$executeRaw`
        update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now()`;
    }, 200);
    return until.finally(() => clearInterval(passing));
  }
  const saysAtLast = (words: string) =>
    until(() => house.posted.at(-1)?.shown.at(-1)?.includes(words), {
      what: words,
      seen: () => house.posted.at(-1)?.shown,
    });

  test('B3, V1 everybody gets one mail with a link of their own, and one message ends as the summary', async () => {
    await addUsers(database(), 60);
    const anna = await addUser(database(), {
      name: 'Anna Åberg',
      connect: 'anna@företag.se',
      language: 'en',
    });
    const messages = house.posted.length;
    const id = await confirmed();
    const done = await becomes(id, 'done');
    expect(done.counts).toEqual({ waiting: 0, sending: 0, sent: 61, failed: 0, cancelled: 0 });
    expect(await mailsEach(database(), smtp, id)).toEqual({ 1: 61 });
    const mail = await smtp.mailTo('anna@företag.se');
    expect(mail).toMatchObject({
      fromName: 'Företaget',
      subject: expect.stringContaining('confirm your email'),
    });
    expect(mail.text).toContain('Hi Anna');
    const token = mail.links[0]?.url.split('/').at(-1) ?? '';
    expect(
      await database().prisma.verificationLink.findUnique({
        where: { tokenHash: hashToken(token) },
        include: { verification: true },
      }),
    ).toMatchObject({
      verification: { userId: anna, campaignId: id, requestedBy: person, sentAt: expect.any(Date) },
    });
    expect(await database().prisma.user.findUnique({ where: { id: anna } })).toMatchObject({
      connection: 'pending',
      lastSentAt: expect.any(Date),
    });
    await saysAtLast('Klart. Alla 61 mejl skickades.');
    expect(house.posted).toHaveLength(messages + 1);
  });

  test('B2 only those previewed who still qualify are sent to', async () => {
    const { prisma } = database();
    await prisma.allowedDomain.create({ data: { entry: '*.se' } });
    const users = await addUsers(database(), 8);
    const [connected, deactivated, changed, removed, foreign, recent, deleted] = users;
    const { id, send } = await previewed(house, person);
    expect(send).toBe(8);
    await addUser(database());
    const change = (user: number | undefined, data: object) =>
      prisma.user.update({ where: { id: user ?? 0 }, data });
    await change(connected, { connection: 'connected' });
    await change(deactivated, { active: false });
    await change(changed, { connectAddress: 'new@company.se', connectEmail: 'new@company.se' });
    await change(removed, { connectAddress: null, connectEmail: null, connection: 'none' });
    await prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    await prisma.campaignRecipient.update({
      where: { campaignId_position: { campaignId: id, position: 5 } },
      data: { address: 'a@other.com' },
    });
    await change(foreign, { connectAddress: 'a@other.com', connectEmail: 'a@other.com' });
    await change(recent, { lastSentAt: new Date() });
    await prisma.user.delete({ where: { id: deleted ?? 0 } });
    await house.campaigns.confirm(id, by(person));
    const done = await becomes(id, 'done');
    expect(done.skipped).toEqual({ connected: 1, deactivated: 1, changed: 3, domain: 1, recent: 1 });
    expect(done.counts.sent).toBe(1);
    expect(total(done)).toBe(8);
    expect((await mailsEach(database(), smtp, id))[1]).toBe(1);
  });

  test('B3 nobody gets two messages from two campaigns at once', async () => {
    await addUsers(database(), 120);
    const ids = await Promise.all([confirmed(), confirmed(), confirmed()]);
    const done = await Promise.all(ids.map((id) => becomes(id, 'done')));
    expect(done.map(total)).toEqual([120, 120, 120]);
    expect(done.reduce((sum, { counts }) => sum + counts.sent, 0)).toBe(120);
    expect(done.reduce((sum, { skipped }) => sum + (skipped.recent ?? 0), 0)).toBe(240);
    expect(await mailsEach(database(), smtp, ids[0])).toEqual({ 1: 120 });
  });

  test('V6 a refused recipient is marked bounced with the words, and the others are sent to', async () => {
    const wrong = await addUser(database(), { connect: 'nobody@company.se' });
    await addUsers(database(), 9);
    smtp.refusesRecipient('nobody@company.se');
    const id = await confirmed();
    const done = await becomes(id, 'done');
    expect(done.counts).toMatchObject({ sent: 9, failed: 1 });
    expect(await database().prisma.user.findUnique({ where: { id: wrong } })).toMatchObject({
      connection: 'unverified',
      bouncedAt: expect.any(Date),
      bouncedWords: expect.stringContaining('No such user'),
    });
    await saysAtLast('Klart. 9 av 10 mejl skickades, 1 gick inte att skicka.');
    ahead = 2 * 60 * 60 * 1000;
    expect(await previewed(house, person)).toMatchObject({ send: 9, skipped: { bounced: 1 } });
  });

  test('V6 a refusal of us pauses with the words; Resume sends the rest, and nobody gets two', async () => {
    await addUsers(database(), 80);
    smtp.refusesContent('554 5.7.1 Rejected by policy');
    const id = await confirmed();
    const paused = await becomes(id, 'paused');
    expect(paused).toMatchObject({
      counts: { sent: 0, waiting: 80 },
      pausedWords: expect.stringContaining('5.7.1'),
    });
    expect(await database().prisma.user.count({ where: { connection: 'unverified' } })).toBe(80);
    await saysAtLast('Mejlservern svarade 554 5.7.1.');
    expect(house.posted.at(-1)?.view.actions?.map(({ label }) => label)).toEqual([
      'Återuppta',
      'Avbryt utskicket',
      'Visa logg',
    ]);
    smtp.behaves();
    await house.campaigns.resume(id, by(person));
    expect((await timePasses(2_000, becomes(id, 'done'))).counts).toMatchObject({ sent: 80, failed: 0 });
    expect(await mailsEach(database(), smtp, id)).toEqual({ 1: 80 });
    await saysAtLast('Klart. Alla 80 mejl skickades.');
  });

  test('V6 one message that the server will not have keeps no other from being sent', async () => {
    await addUser(database(), { name: 'Aa', connect: 'unwanted@company.se' });
    await addUsers(database(), 20);
    smtp.refusesRecipient('unwanted@company.se', '550 5.7.1 Blocked by policy');
    const id = await confirmed();
    await becomes(id, 'paused');
    // Ten seconds may pass while the others are sent; here they do not.
    stopped = new Date();
    await house.campaigns.resume(id, by(person));
    await until(async () => (await status(id)).counts.sent === 20, { seen: () => status(id) });
    stopped = undefined;
    expect((await timePasses(2_000, becomes(id, 'paused'))).counts).toMatchObject({ sent: 20, waiting: 1 });
    await house.campaigns.cancel(id, by(person));
  });

  test('V6 a campaign can be cancelled while it is paused', async () => {
    await addUsers(database(), 30);
    smtp.refusesSender();
    const id = await confirmed();
    await becomes(id, 'paused');
    expect(await house.campaigns.cancel(id, by(person))).toEqual({ was: 'paused' });
    expect((await status(id)).counts).toEqual({ waiting: 0, sending: 0, sent: 0, failed: 0, cancelled: 30 });
    expect(await database().prisma.user.count({ where: { connection: 'unverified' } })).toBe(30);
    await saysAtLast('Avbrutet. 0 av 30 mejl hann skickas.');
  });

  test('V6 after a temporary refusal it waits, goes on with the others, and tries again', async () => {
    const busy = await addUser(database(), { connect: 'busy@company.se' });
    await addUsers(database(), 9);
    smtp.refusesRecipient('busy@company.se', '450 4.2.1 Try again later', 2);
    const id = await confirmed();
    const delayed = await until(async () => {
      const found = await status(id);
      return found.counts.sent === 9 && found.delayed.count === 1 && found;
    });
    expect(delayed.delayed.words).toContain('Try again later');
    expect(delayed.state).toBe('running');
    expect(await database().prisma.user.findUnique({ where: { id: busy } })).toMatchObject({
      connection: 'unverified',
      bouncedAt: null,
    });
    expect((await timePasses(30_000, becomes(id, 'done'))).counts).toMatchObject({ sent: 10, failed: 0 });
    expect(await database().prisma.campaignRecipient.findFirst({ where: { userId: busy } })).toMatchObject({
      attempts: 3,
      words: null,
    });
    expect(await mailsEach(database(), smtp, id)).toEqual({ 1: 10 });
    expect(await database().prisma.verification.count({ where: { userId: busy } })).toBe(1);
    expect(
      await database().prisma.verificationLink.count({ where: { verification: { userId: busy } } }),
    ).toBe(3);
  });

  test('V6 a mail server that is away for a while gets everything in the end', async () => {
    await addUsers(database(), 40);
    await smtp.goesDown();
    const id = await confirmed();
    await until(async () => (await status(id)).delayed.count > 0);
    await smtp.comesBack();
    expect((await timePasses(30_000, becomes(id, 'done'))).counts).toMatchObject({ sent: 40, failed: 0 });
    expect(await mailsEach(database(), smtp, id)).toEqual({ 1: 40 });
  });

  test('V6 what is refused for a whole day is given up, and the address is not blamed', async () => {
    const busy = await addUser(database(), { connect: 'late@company.se' });
    smtp.refusesRecipient('late@company.se', '450 4.2.1 Try again later');
    const id = await confirmed();
    await until(async () => (await status(id)).delayed.count === 1);
    const hours = 60 * 60 * 1000;
    expect((await timePasses(8 * hours, becomes(id, 'done'))).counts).toMatchObject({ sent: 0, failed: 1 });
    expect(await database().prisma.user.findUnique({ where: { id: busy } })).toMatchObject({
      bouncedAt: null,
    });
  });

  test('B3 cancelled half-way: what has left is counted, and nothing leaves afterwards', async () => {
    await addUsers(database(), 300);
    smtp.holdsAfter(10);
    const id = await confirmed();
    await until(async () => (await status(id)).counts.sent >= 10);
    expect(await house.campaigns.cancel(id, by(person))).toEqual({ was: 'running' });
    smtp.goesOn();
    const over = await becomes(id, 'cancelled');
    expect(over.counts.cancelled).toBeGreaterThan(0);
    expect(over.counts.sent + over.counts.cancelled).toBe(300);
    await saysAtLast(`Avbrutet. ${over.counts.sent} av 300 mejl hann skickas.`);
    expect(await mailsEach(database(), smtp, id)).toEqual({ 0: over.counts.cancelled, 1: over.counts.sent });
    expect(await database().prisma.user.count({ where: { connection: 'pending' } })).toBe(over.counts.sent);
  });

  test('B3 whoever stops sends what is in hand, and gives back the rest', async () => {
    await addUsers(database(), 100);
    smtp.holdsAfter(10);
    const id = await confirmed();
    await until(async () => (await status(id)).counts.sent === 10);
    const stopping = runner.stop();
    await until(() => !runner.ready());
    smtp.goesOn();
    await stopping;
    const { counts } = await status(id);
    runner = await house.start();
    expect(counts).toMatchObject({ sending: 0, waiting: 100 - counts.sent });
    expect(counts.sent).toBeLessThanOrEqual(20);
    expect((await becomes(id, 'done')).counts).toMatchObject({ sent: 100 });
    expect(await mailsEach(database(), smtp, id)).toEqual({ 1: 100 });
  });

  test('B3 the progress is drawn in place while it is being sent', async () => {
    await addUsers(database(), 400);
    smtp.holdsAfter(50);
    const id = await confirmed();
    await saysAtLast('av 400 mejl har skickats.');
    const message = house.posted.at(-1);
    expect(message?.view.kind).toBe('progress');
    smtp.goesOn();
    await becomes(id, 'done');
    await saysAtLast('Klart. Alla 400 mejl skickades.');
    expect(house.posted.at(-1)).toBe(message);
  });

  test('B2 the copy is the same mail with links that lead nowhere, to the asking person alone', async () => {
    await addUser(database());
    const { id } = await previewed(house, person);
    expect(await house.campaigns.copy(id, by(person))).toBe('lena@company.se');
    const mail = await smtp.mailTo('lena@company.se');
    expect(mail.subject).toContain('bekräfta din e-postadress');
    expect(mail.html).not.toContain('/verify/');
    smtp.refusesSender();
    await expect(house.campaigns.copy(id, by(person))).rejects.toMatchObject({
      code: 'campaign_copy_failed',
      text: { en: expect.stringContaining('Sender not allowed') },
    });
    const stranger = await addPerson(database());
    const theirs = await previewed(house, stranger);
    await expect(house.campaigns.copy(theirs.id, by(stranger))).rejects.toMatchObject({
      code: 'campaign_copy_no_address',
    });
  });

  test('U8 a place is told that there were more, and not of whom', async () => {
    await addUser(database(), { protected: true });
    const id = await confirmed();
    await becomes(id, 'done');
    expect(await house.campaigns.status(id, 'place')).toMatchObject({ counts: { sent: 0 }, more: true });
    expect(await house.campaigns.status(id, 'caller')).toMatchObject({ counts: { sent: 1 }, more: false });
    await saysAtLast('Klart. Fler detaljer står i loggen.');
  });

  test("B2 the copy is of a preview of one's own that still waits, once a press", async () => {
    await addUser(database());
    const { id } = await previewed(house, person);
    const other = await previewed(house, await addPerson(database()));
    await expect(house.campaigns.copy(other.id, by(person))).rejects.toMatchObject({
      code: 'campaign_unknown',
    });
    const [press = ''] = await house.presses.keep([{ line: `bulk-verify copy #${id}`, acting: true }], {
      personId: person,
    });
    await house.campaigns.copy(id, by(person, { press }));
    await expect(house.campaigns.copy(id, by(person, { press }))).rejects.toMatchObject({
      code: 'press_spent',
    });
    await house.campaigns.cancel(id, by(person));
    await expect(house.campaigns.copy(id, by(person))).rejects.toMatchObject({ code: 'campaign_over' });
  });

  test('B2 B3 copies count for MAIL_RATE, and do not wait for it: somebody looks on', async () => {
    const slow = openHouse({ database: database(), smtpUrl: smtp.url, rate: '1/h' });
    await addUser(database());
    for (const _ of [1, 2]) await slow.campaigns.copy((await previewed(slow, person)).id, by(person));
    await smtp.mailTo('lena@company.se', { count: 2 });
    const { nextAt } = await database().prisma.mailRate.findFirstOrThrow();
    expect(nextAt.getTime() - Date.now()).toBeGreaterThan(90 * 60_000);
  });
});
