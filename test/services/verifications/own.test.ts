import { expect, test } from 'vitest';
import type { Asker } from '../../../src/services/verifications/index.ts';
import { addUser, type Given } from '../../support/users.ts';
import { day, noon, verificationTests } from './setting.ts';

const anna = { connect: 'anna@company.se' } as const;
const address = 'a…@company.se';

verificationTests("V5 one's own login", (setting) => {
  async function asker(given: Given, addressKey: string | null = null): Promise<Asker & { userId: number }> {
    const { database, user } = setting();
    const { id } = await user(given);
    const data = {
      surface: 'slack',
      tenant: 'T1',
      platformId: 'UANNA',
      name: 'Anna',
      userId: id,
      addressKey,
    };
    const person = await database.prisma.person.create({ data });
    return { id: person.id, userId: id };
  }

  async function stranger(addressKey: string | null): Promise<Asker> {
    const { database } = setting();
    const data = { surface: 'slack', tenant: 'T1', platformId: 'UANNA', name: 'Anna', addressKey };
    return { id: (await database.prisma.person.create({ data })).id };
  }

  test.each<[string, Given, object]>([
    ['no address', { connect: null }, { state: 'no_address' }],
    ['not sent to', anna, { state: 'unverified', address, at: null }],
    ['verified', { ...anna, connection: 'verified' }, { state: 'verified', address, account: 'coming' }],
    ['connected', { ...anna, connection: 'connected' }, { state: 'connected', address }],
    ['bounced', { ...anna, connection: 'pending', bouncedAt: noon }, { state: 'bounced', address, at: noon }],
    ['marked wrong', { ...anna, disownedAt: noon }, { state: 'wrong', address }],
    ['U7 deactivated', { ...anna, active: false }, { state: 'deactivated' }],
    [
      'U7 deactivated but connected',
      { ...anna, active: false, connection: 'connected' },
      { state: 'deactivated' },
    ],
    ['U7 not employed yet', { ...anna, employments: [{ from: '2031-01-01' }] }, { state: 'not_yet' }],
    ['U7 not employed any more', { ...anna, employments: [{ to: '2030-11-01' }] }, { state: 'ended' }],
  ])('%s', async (_, given, login) => {
    const { verifications } = setting();
    expect(await verifications.own(await asker(given))).toEqual(login);
  });

  test('D1 an address whose domain is not allowed', async () => {
    const { verifications, allow } = setting();
    await allow('other.se');
    expect(await verifications.own(await asker(anna))).toEqual({ state: 'domain', address });
  });

  test('waiting since the mail left, then expired', async () => {
    const { verifications, link, database, pass } = setting();
    const me = await asker(anna);
    await verifications.sendMine(me);
    expect(await verifications.own(me)).toEqual({ state: 'waiting', address, at: null });
    await link(me.userId);
    await database.prisma.verification.updateMany({ data: { sentAt: noon } });
    await database.prisma.user.update({ where: { id: me.userId }, data: { lastSentAt: noon } });
    expect(await verifications.own(me)).toEqual({ state: 'waiting', address, at: noon });
    pass(5 * day);
    expect(await verifications.own(me)).toEqual({ state: 'expired', address, at: noon });
  });

  test('A1 nobody, several, or only a deactivated user has the profile address', async () => {
    const { verifications, database } = setting();
    const me = await stranger('anna@company.se');
    expect(await verifications.own(me)).toEqual({ state: 'unknown' });
    const give = async (active: boolean) => {
      const id = await addUser(database, { active });
      const data = { email: 'anna@company.se', emailKey: 'anna@company.se' };
      await database.prisma.user.update({ where: { id }, data });
    };
    await give(false);
    expect(await verifications.own(me)).toEqual({ state: 'deactivated' });
    await give(true);
    await give(true);
    expect(await verifications.own(me)).toEqual({ state: 'several' });
  });

  test('A1 somebody without a profile address is nobody', async () => {
    const { verifications, user } = setting();
    await user();
    expect(await verifications.own(await stranger(null))).toEqual({ state: 'unknown' });
  });

  test('V1 asking for a link oneself adds one to the open verification and revokes nothing', async () => {
    const { verifications, started, database, sendings, link } = setting();
    const { id, verificationId, token } = await started();
    await database.prisma.$executeRaw`delete from graphile_worker._private_jobs`;
    const answer = await verifications.sendMine({ id: 1, userId: id });
    expect(answer).toMatchObject({ sent: true, login: { state: 'waiting' } });
    expect(await sendings()).toBe(1);
    expect(await database.prisma.verification.findMany({ where: { userId: id } })).toMatchObject([
      { id: verificationId, revokedAt: null },
    ]);
    const second = await link(id);
    expect(await verifications.look(token)).toMatchObject({ state: 'ask' });
    expect(await verifications.confirm(second)).toMatchObject({ state: 'confirmed' });
  });

  test('V1 with nothing open, asking oneself begins a verification that nobody else asked for', async () => {
    const { verifications, database, row } = setting();
    const me = await asker(anna);
    expect(await verifications.sendMine(me)).toMatchObject({ sent: true, login: { state: 'waiting' } });
    expect(await row(me.userId)).toMatchObject({ connection: 'pending' });
    expect(await database.prisma.verification.findMany()).toMatchObject([
      { requestedBy: null, revokedAt: null },
    ]);
  });

  test('V1 three an hour, then the answer says so', async () => {
    const { verifications, link, pass } = setting();
    const me = await asker(anna);
    for (let i = 0; i < 3; i += 1) {
      pass(1);
      await verifications.sendMine(me);
      await link(me.userId);
    }
    await expect(verifications.sendMine(me)).rejects.toMatchObject({ code: 'link_limit' });
  });

  test.each<[string, Given]>([
    ['connected', { connection: 'connected' }],
    ['deactivated', { active: false }],
    ['without an address', { connect: null }],
    ['whose address is marked wrong', { disownedAt: noon }],
  ])('V1 somebody %s is told how it stands, and nothing is sent', async (_, given) => {
    const { verifications, sendings } = setting();
    expect(await verifications.sendMine(await asker(given))).toMatchObject({ sent: false });
    expect(await sendings()).toBe(0);
  });

  test('V5 somebody without a user gets nothing', async () => {
    const { verifications, sendings, user } = setting();
    await user(anna);
    const answer = await verifications.sendMine(await stranger('sam@company.se'));
    expect(answer).toEqual({ sent: false, login: { state: 'unknown' } });
    expect(await sendings()).toBe(0);
  });
});
