import { expect, test } from 'vitest';
import type { Prisma } from '../../../src/database/client/client.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createVerifications } from '../../../src/services/verifications/index.ts';
import { type RevokedWhy, revokeOpen } from '../../../src/services/verifications/links.ts';
import { day, hour, noon, type Setting, verificationTests } from './setting.ts';

const unknown = 'A'.repeat(43);

/** The kinds and subjects of the live messages, and to whom. */
const messages = ({ database }: Setting) =>
  database.prisma.liveMessage.findMany({
    select: { kind: true, subjectId: true, personId: true, language: true },
  });

verificationTests('V4 the press that proves the address', (setting) => {
  test('V4 it spends the link and, without a provider, connects at once', async () => {
    const { verifications, started, row, database } = setting();
    const { id, verificationId, token } = await started({ connect: 'anna@company.se', language: 'en' });
    expect(await verifications.confirm(token)).toEqual({
      state: 'confirmed',
      connected: true,
      language: 'en',
    });
    expect(await row(id)).toMatchObject({ connection: 'connected', verifiedAt: noon, connectedAt: noon });
    const used = await database.prisma.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(used.usedAt).toEqual(noon);
  });

  test('V4 with a provider it is verified, and the account is queued in the same transaction', async () => {
    const { started, row, database, now } = setting();
    const queued: number[] = [];
    const verifications = createVerifications({
      database,
      messages: createMessages(now),
      language: 'sv',
      now,
      identity: async (_tx, userId) => void queued.push(userId),
    });
    const { id, token } = await started();
    expect(await verifications.confirm(token)).toMatchObject({ state: 'confirmed', connected: false });
    expect(await row(id)).toMatchObject({ connection: 'verified', connectedAt: null });
    expect(queued).toEqual([id]);
    expect(await verifications.look(token)).toMatchObject({ state: 'already' });
  });

  test('V4 if the account cannot be queued, nothing has happened and the link still works', async () => {
    const { started, row, database, now, verifications } = setting();
    const broken = createVerifications({
      database,
      messages: createMessages(now),
      language: 'sv',
      now,
      identity: () => Promise.reject(new Error('no queue')),
    });
    const { id, token } = await started();
    await expect(broken.confirm(token)).rejects.toThrow('no queue');
    expect(await row(id)).toMatchObject({ connection: 'pending', verifiedAt: null });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'confirmed' });
  });

  test('V1 of presses at the same moment one confirms, and the others see that it is done', async () => {
    const { verifications, started, link } = setting();
    const { id, token } = await started();
    const second = await link(id);
    const pages = await Promise.all(
      [token, second, token, second, token].map((one) => verifications.confirm(one)),
    );
    expect(pages.map(({ state }) => state).sort()).toEqual([
      'already',
      'already',
      'already',
      'already',
      'confirmed',
    ]);
  });

  test('V1 confirming and disowning at the same moment: one of them counts', async () => {
    const { verifications, started, row } = setting();
    for (let round = 0; round < 5; round += 1) {
      const { id, token } = await started();
      const pages = await Promise.all([verifications.confirm(token), verifications.disown(token)]);
      const { connection, disownedAt } = await row(id);
      const states = pages.map(({ state }) => state);
      if (connection === 'connected') expect([...states, disownedAt]).toEqual(['confirmed', 'already', null]);
      else expect([...states, connection]).toEqual(['wrong', 'disowned', 'unverified']);
    }
  });

  test('V1 the first use ends every link of the verification', async () => {
    const { verifications, started, link } = setting();
    const { id, token } = await started();
    const other = await link(id);
    await verifications.confirm(token);
    expect(await verifications.confirm(other)).toMatchObject({ state: 'already' });
    expect(await verifications.disown(other)).toMatchObject({ state: 'already' });
  });

  test('V1 a link works for five days and not a moment longer', async () => {
    const { verifications, started, pass } = setting();
    const { token } = await started();
    pass(5 * day - 1);
    expect(await verifications.look(token)).toMatchObject({ state: 'ask' });
    pass(1);
    expect(await verifications.look(token)).toMatchObject({ state: 'ended' });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'ended' });
  });

  test('U7 a press checks the user again', async () => {
    const { verifications, started, row, database } = setting();
    const { id, token } = await started();
    await database.prisma.user.update({ where: { id }, data: { active: false } });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'hindered', why: 'deactivated' });
    expect(await row(id)).toMatchObject({ connection: 'pending' });
  });

  test('D1 a press checks the domain again', async () => {
    const { verifications, started, row, allow } = setting();
    const { id, token } = await started();
    await allow('other.se');
    expect(await verifications.confirm(token)).toMatchObject({ state: 'hindered', why: 'domain' });
    expect(await row(id)).toMatchObject({ connection: 'pending' });
  });

  test('U5 a link is about the address that it was sent to', async () => {
    const { verifications, started, database } = setting();
    const { id, token } = await started();
    // As an import that forgot to revoke would leave it.
    await database.prisma.user.update({ where: { id }, data: { connectAddress: 'new@company.se' } });
    expect(await verifications.look(token)).toMatchObject({ state: 'moved' });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'moved' });
  });

  test("B3 a press has its campaign's summary drawn again within a minute", async () => {
    const { verifications, started, sentTo, redrawn, now } = setting();
    const { id, token } = await started();
    await sentTo(id);
    await verifications.confirm(token);
    const jobs = await redrawn();
    expect(jobs).toHaveLength(2);
    expect(jobs.map((runAt) => runAt.getTime())).toContain(now().getTime() + 60_000);
  });
});

verificationTests('V1 looking and answering', (setting) => {
  test('V1 looking changes nothing but "opened", and only once', async () => {
    const { verifications, started, row, pass } = setting();
    const { id, token } = await started({ connect: 'anna@company.se' });
    const before = await row(id);
    expect(await verifications.look(token)).toEqual({
      state: 'ask',
      address: 'a…@company.se',
      language: null,
    });
    pass(hour);
    await verifications.look(token);
    const { openedAt, updatedAt: _, ...after } = await row(id);
    const { openedAt: __, updatedAt: ___, ...expected } = before;
    expect(openedAt).toEqual(noon);
    expect(after).toEqual(expected);
    expect(await verifications.confirm(token)).toMatchObject({ state: 'confirmed' });
  });

  test('V1 a link that has ended opens nothing', async () => {
    const { verifications, started, row, pass } = setting();
    const { id, token } = await started();
    pass(6 * day);
    await verifications.look(token);
    expect(await row(id)).toMatchObject({ openedAt: null });
  });

  test('V1 "This isn\'t me" revokes, marks the address wrong and tells who asked', async () => {
    const { verifications, started, row, database, lena } = setting();
    const { id, verificationId, token } = await started();
    const before = (await messages(setting())).length;
    expect(await verifications.disown(token)).toMatchObject({ state: 'disowned' });
    expect(await row(id)).toMatchObject({ connection: 'unverified', disownedAt: noon });
    const ended = await database.prisma.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(ended).toMatchObject({ revokedWhy: 'disowned', revokedAt: noon });
    expect((await messages(setting())).slice(before)).toEqual([
      { kind: 'verification', subjectId: verificationId, personId: lena.personId, language: 'sv' },
    ]);
    expect(await verifications.confirm(token)).toMatchObject({ state: 'wrong' });
    expect(await verifications.disown(token)).toMatchObject({ state: 'wrong' });
  });

  test('V1 what "This isn\'t me" asks for is done once another address is verified', async () => {
    const { verifications, started, lena, database } = setting();
    const { userId, verificationId, token } = await started();
    await verifications.disown(token);
    const before = await messages(setting());
    expect(before.map(({ subjectId }) => subjectId)).toEqual([verificationId, verificationId]);
    expect(await verifications.report(verificationId)).toMatchObject({ followed: false });
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    const email = 'right@company.se';
    const next = await verifications.startWith(userId, { email, confirm: email }, lena);
    expect(await verifications.report(verificationId)).toMatchObject({ followed: true });
    expect(await verifications.report(next.verificationId)).toMatchObject({ followed: false });
    expect(await setting().redrawn()).toHaveLength(3);
  });

  test('V1 "This isn\'t me" in a campaign tells its creator; asked for by nobody, every administrator', async () => {
    const { verifications, started, database, lena } = setting();
    const add = (platformId: string, administrator: boolean, refused: string | null = null) =>
      database.prisma.person.create({
        data: {
          surface: 'slack',
          tenant: 'T1',
          platformId,
          name: platformId,
          administrator,
          refused,
          language: 'en',
        },
      });
    const erik = await add('UERIK', true);
    await add('UGONE', true, 'gone');
    await add('UANNA', false);
    const campaign = await database.prisma.campaign.create({
      data: { filter: {}, createdBy: erik.id, place: {} },
    });
    const told = async (data: { requestedBy: number | null; campaignId: number | null }) => {
      const { verificationId, token } = await started();
      await database.prisma.liveMessage.deleteMany();
      await database.prisma.verification.update({ where: { id: verificationId }, data });
      await verifications.disown(token);
      return (await messages(setting())).map(({ personId }) => personId).sort();
    };
    expect(await told({ requestedBy: null, campaignId: campaign.id })).toEqual([erik.id]);
    expect(await told({ requestedBy: lena.personId, campaignId: campaign.id })).toEqual(
      [lena.personId, erik.id].sort(),
    );
    expect(await told({ requestedBy: null, campaignId: null })).toEqual([lena.personId, erik.id].sort());
  });
});

verificationTests('V1 a new link', (setting) => {
  test('V1 an expired link brings a new one, to the saved address, and revokes nothing', async () => {
    const { verifications, started, pass, sendings, database } = setting();
    const { id, verificationId, token } = await started();
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    pass(6 * day);
    expect(await verifications.sendNew(token)).toMatchObject({ state: 'resent' });
    expect(await sendings()).toBe(1);
    const all = await database.prisma.verification.findMany({ where: { userId: id } });
    expect(all).toMatchObject([{ id: verificationId, revokedAt: null }]);
  });

  test('V1 a used link brings a new one where the connection has been deleted since', async () => {
    const { verifications, started, database, row, sendings } = setting();
    const { id, token } = await started();
    await verifications.confirm(token);
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    expect(await verifications.sendNew(token)).toMatchObject({ state: 'already', asked: true });
    expect(await sendings()).toBe(0);
    await database.prisma.user.update({ where: { id }, data: { connection: 'unverified' } });
    expect(await verifications.look(token)).toMatchObject({ state: 'void', why: 'used' });
    expect(await verifications.sendNew(token)).toMatchObject({ state: 'resent' });
    expect(await sendings()).toBe(1);
    expect(await row(id)).toMatchObject({ connection: 'pending' });
  });

  test('V1 at most three links an hour', async () => {
    const { verifications, started, link, pass, sendings, database } = setting();
    const { id, token } = await started();
    const asked = async () => {
      pass(1);
      await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
      await verifications.sendNew(token);
      if ((await sendings()) === 0) return 'refused';
      await link(id);
      return 'sent';
    };
    expect([await asked(), await asked(), await asked(), await asked()]).toEqual([
      'sent',
      'sent',
      'refused',
      'refused',
    ]);
    pass(hour + 1);
    expect(await asked()).toBe('sent');
  });

  test('V1 however often it is asked for at once, one mail is queued', async () => {
    const { verifications, started, sendings } = setting();
    const { token } = await started();
    await Promise.all(Array.from({ length: 5 }, () => verifications.sendNew(token)));
    expect(await sendings()).toBe(1);
  });

  type Change = (id: number, userId: string) => Promise<unknown>;
  const changed =
    (data: Prisma.UserUpdateInput): Change =>
    (id) =>
      setting().database.prisma.user.update({ where: { id }, data });
  const revoked =
    (why: RevokedWhy): Change =>
    (id) =>
      setting().database.transaction((tx) => revokeOpen(tx, [id], why, noon));

  test.each<[string, Change, object]>([
    [
      'replaced by a newer one',
      (_, userId) => setting().verifications.start(userId, setting().lena),
      { state: 'void', why: 'replaced' },
    ],
    ['the connection deleted', revoked('deleted'), { state: 'void', why: 'revoked' }],
    ['deactivated, and activated again', revoked('deactivated'), { state: 'void', why: 'revoked' }],
    ['the domain disallowed, and allowed again', revoked('domain'), { state: 'void', why: 'revoked' }],
  ])('V1 a revoked link says what became of it, and brings a new one: %s', async (_, change, page) => {
    const { verifications, started, sendings, database } = setting();
    const { id, userId, token } = await started();
    await change(id, userId);
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    expect(await verifications.look(token)).toMatchObject(page);
    expect(await verifications.confirm(token)).toMatchObject(page);
    expect(await verifications.sendNew(token)).toMatchObject({ state: 'resent' });
    expect(await sendings()).toBe(1);
  });

  const elsewhere = { connectAddress: 'new@company.se', connectEmail: 'new@company.se' };
  const removed = { connectAddress: null, connectEmail: null, connection: 'none' } as const;

  test.each<[string, Change[], object]>([
    ['to an address marked wrong', [revoked('disowned'), changed({ disownedAt: noon })], { state: 'wrong' }],
    ['to a connected user', [changed({ connection: 'connected' })], { state: 'already', connected: true }],
    [
      'to a verified user, whose link was replaced',
      [revoked('replaced'), changed({ connection: 'verified' })],
      { state: 'already', connected: false },
    ],
    [
      'U7 to a deactivated user',
      [revoked('deactivated'), changed({ active: false })],
      { state: 'hindered', why: 'deactivated' },
    ],
    [
      'D1 to a domain that is not allowed',
      [revoked('domain'), () => setting().allow('other.se')],
      { state: 'hindered', why: 'domain' },
    ],
    ["U5 to an address that replaced the link's own", [changed(elsewhere)], { state: 'moved' }],
    ['where the address was removed', [revoked('address_changed'), changed(removed)], { state: 'moved' }],
  ])('V1 none is sent %s, and the page says so', async (_, changes, page) => {
    const { verifications, started, sendings, database } = setting();
    const { id, userId, token } = await started();
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    for (const change of changes) await change(id, userId);
    expect(await verifications.look(token)).toMatchObject(page);
    expect(await verifications.sendNew(token)).toMatchObject(page);
    expect(await sendings()).toBe(0);
  });

  async function sentThree(id: number): Promise<void> {
    for (let sent = 0; sent < 3; sent += 1) {
      setting().pass(1);
      await setting().link(id);
    }
  }

  test.each<[string, Change]>([
    ['U7 the user was deactivated', changed({ active: false })],
    ['D1 its domain is not allowed', () => setting().allow('other.se')],
    ['three were sent within the hour', sentThree],
  ])('V5 asked of a link that is merely expired the answer is the same: %s', async (_, change) => {
    const { verifications, started, sendings, database, pass } = setting();
    const { id, userId, token } = await started();
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    pass(6 * day);
    await change(id, userId);
    expect(await verifications.look(token)).toEqual(await verifications.look(unknown));
    expect(await verifications.sendNew(token)).toEqual(await verifications.sendNew(unknown));
    expect(await sendings()).toBe(0);
  });

  test('V5 an unknown token is answered like an expired one, whatever is asked', async () => {
    const { verifications, started, pass } = setting();
    const { token } = await started();
    pass(6 * day);
    for (const ask of ['look', 'confirm', 'disown', 'sendNew'] as const) {
      expect(await verifications[ask](unknown)).toEqual(await verifications[ask](token));
    }
    expect(await verifications.look('\'; drop table "user"; --')).toEqual({ state: 'ended', language: null });
  });
});

verificationTests('A5 presses on links', (setting) => {
  test('A5 every press on a link that exists is written down, on whom and what came of it', async () => {
    const { verifications, started, attempts, row, pass, database } = setting();
    const { id, token } = await started();
    await verifications.look(token);
    await verifications.sendNew(token);
    await database.prisma.user.update({ where: { id }, data: { active: false } });
    await verifications.confirm(token);
    await verifications.sendNew(token);
    await database.prisma.user.update({ where: { id }, data: { active: true } });
    await verifications.confirm(token);
    await verifications.disown(token);
    const other = await started();
    await verifications.disown(other.token);
    pass(6 * day);
    await verifications.confirm(other.token);
    await verifications.confirm(unknown);
    await verifications.sendNew(unknown);
    const [anna, bo] = [(await row(id)).subject, (await row(other.id)).subject];
    expect(attempts.map(({ subject, what, outcome }) => [subject, what, outcome])).toEqual([
      [anna, 'link new', 'done'],
      [anna, 'link confirm', 'deactivated'],
      [anna, 'link new', 'refused'],
      [anna, 'link confirm', 'done'],
      [anna, 'link disown', 'already'],
      [bo, 'link disown', 'done'],
      [bo, 'link confirm', 'wrong'],
    ]);
    expect(JSON.stringify(attempts)).not.toContain('@');
  });
});
