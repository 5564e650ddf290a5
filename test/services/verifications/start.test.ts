import { expect, test } from 'vitest';
import { nobody, reach } from '../../../src/core/access.ts';
import { hashToken } from '../../../src/rules/secret.ts';
import { linkLifetime } from '../../../src/services/verifications/links.ts';
import { hour, noon, verificationTests } from './setting.ts';

verificationTests('sending to a saved address', (setting) => {
  test('V1 a start makes the connection pending, queues one mail and begins the live message', async () => {
    const { verifications, user, row, lena, database, sendings } = setting();
    const { id, userId } = await user();
    const { verificationId } = await verifications.start(userId, lena);
    expect(await row(id)).toMatchObject({ connection: 'pending' });
    expect(await sendings()).toBe(1);
    const [message] = await database.prisma.liveMessage.findMany();
    expect(message).toMatchObject({
      kind: 'verification',
      subjectId: verificationId,
      personId: lena.personId,
    });
  });

  test('A5 no token stands in the queue, and the store keeps only its hash', async () => {
    const { started, database } = setting();
    const { token } = await started();
    const stored = await database.prisma.verificationLink.findMany();
    expect(stored.map(({ tokenHash }) => tokenHash)).toEqual([hashToken(token)]);
    const jobs = await database.prisma.$queryRaw<{ payload: unknown }[]>`
      select payload from graphile_worker._private_jobs`;
    expect(JSON.stringify(jobs)).not.toContain(token);
    expect(JSON.stringify(jobs)).not.toContain(hashToken(token));
  });

  test('V1 a link carries 256 random bits and lives five days', async () => {
    const { started, database } = setting();
    const { token } = await started();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const link = await database.prisma.verificationLink.findFirstOrThrow();
    expect(link.expiresAt.getTime() - noon.getTime()).toBe(linkLifetime);
    expect(linkLifetime).toBe(5 * 24 * hour);
  });

  test("V1 a new verification revokes the old one's links", async () => {
    const { started, verifications, lena, database, link } = setting();
    const { id, userId, verificationId, token } = await started();
    await verifications.start(userId, lena);
    expect(await verifications.confirm(token)).toMatchObject({ state: 'void', why: 'replaced' });
    const old = await database.prisma.verification.findUniqueOrThrow({ where: { id: verificationId } });
    expect(old).toMatchObject({ revokedWhy: 'replaced', revokedAt: noon });
    expect(await verifications.confirm(await link(id))).toMatchObject({ state: 'confirmed' });
  });

  test('V1 starts at the same moment leave one open verification', async () => {
    const { verifications, user, lena, database } = setting();
    const { id, userId } = await user();
    await Promise.all(Array.from({ length: 6 }, () => verifications.start(userId, lena)));
    const all = await database.prisma.verification.findMany({ where: { userId: id } });
    expect(all).toHaveLength(6);
    expect(all.filter(({ revokedAt }) => revokedAt === null)).toHaveLength(1);
  });

  test('A6 an acting button starts once', async () => {
    const { verifications, user, lena, sendings, press: button } = setting();
    const { userId } = await user();
    const press = await button();
    const presses = await Promise.allSettled(
      [1, 2, 3].map(() => verifications.start(userId, { ...lena, press })),
    );
    const refused = presses.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(['press_spent', 'press_spent']);
    expect(await sendings()).toBe(1);
  });

  test.each([
    ['already_connected', { connection: 'connected' }],
    ['already_verified', { connection: 'verified' }],
    ['no_address', { connect: null }],
  ] as const)('U1 nothing is sent: %s', async (code, given) => {
    const { verifications, user, lena, sendings } = setting();
    const { userId } = await user(given);
    await expect(verifications.start(userId, lena)).rejects.toMatchObject({ code });
    expect(await sendings()).toBe(0);
  });

  test.each([
    ['user_deactivated', { active: false }],
    ['user_not_yet', { employments: [{ from: '2030-11-23' }] }],
    ['user_ended', { employments: [{ to: '2030-11-20' }] }],
  ] as const)('U7 nothing is sent: %s', async (code, given) => {
    const { verifications, user, lena, sendings } = setting();
    const { userId } = await user({
      ...given,
      employments: [...('employments' in given ? given.employments : [])],
    });
    await expect(verifications.start(userId, lena)).rejects.toMatchObject({ code });
    expect(await sendings()).toBe(0);
  });

  test('U7 from 09.00 on the day before the first day of work, mail is sent', async () => {
    const { verifications, user, lena, pass } = setting();
    const { userId } = await user({ employments: [{ from: '2030-11-23' }] });
    // 22 November, 09.00 in Stockholm.
    pass(Date.parse('2030-11-22T08:00:00Z') - noon.getTime());
    await expect(verifications.start(userId, lena)).resolves.toBeDefined();
  });

  test('D1 an address outside the allowed domains is not sent to', async () => {
    const { verifications, user, lena, allow } = setting();
    await allow('company.se');
    const { userId } = await user({ connect: 'anna@evilcompany.se' });
    await expect(verifications.start(userId, lena)).rejects.toMatchObject({
      code: 'domain_not_allowed',
      field: 'email',
    });
  });

  test('A2 U8 who is not reached is as good as not there', async () => {
    const { verifications, user, lena } = setting();
    const { userId } = await user({ protected: true, employments: [{ company: 'X' }] });
    for (const within of [
      reach(nobody, 'verify'),
      { companies: 'all', protected: false } as const,
      { companies: ['y'], protected: true },
    ]) {
      await expect(verifications.start(userId, { ...lena, reach: within })).rejects.toMatchObject({
        code: 'user_not_found',
      });
    }
    await expect(
      verifications.start(userId, { ...lena, reach: { companies: ['x'], protected: true } }),
    ).resolves.toBeDefined();
  });
});

verificationTests('saving an address and sending to it', (setting) => {
  test('U4 an address typed twice is saved and sent to', async () => {
    const { verifications, user, lena, row, sendings } = setting();
    const { id, userId } = await user({ connect: null });
    await verifications.startWith(userId, { email: 'Anna@Företag.se', confirm: ' anna@företag.se ' }, lena);
    expect(await row(id)).toMatchObject({
      connection: 'pending',
      connectEmail: 'Anna@Företag.se',
      connectAddress: 'anna@xn--fretag-wxa.se',
    });
    expect(await sendings()).toBe(1);
  });

  test.each([
    ['invalid_address', 'email', 'anna', 'anna'],
    ['invalid_address', 'email', '', ''],
    ['addresses_differ', 'confirm', 'anna@company.se', 'ana@company.se'],
    ['addresses_differ', 'confirm', 'anna@company.se', ''],
  ])('U4 %s is said at the field %s', async (code, field, email, confirm) => {
    const { verifications, user, lena, row } = setting();
    const { id, userId } = await user({ connect: 'old@company.se' });
    await expect(verifications.startWith(userId, { email, confirm }, lena)).rejects.toMatchObject({
      code,
      field,
    });
    expect(await row(id)).toMatchObject({ connectEmail: 'old@company.se', connection: 'unverified' });
  });

  test("U2 somebody else's address is refused, however it is written", async () => {
    const { verifications, user, lena } = setting();
    await user({ connect: 'Anna@Företag.se' });
    const { userId } = await user({ connect: null });
    const typed = { email: 'ANNA@xn--fretag-wxa.se', confirm: 'anna@företag.se' };
    await expect(verifications.startWith(userId, typed, lena)).rejects.toMatchObject({
      code: 'address_taken',
      field: 'email',
    });
  });

  test('U2 two users given one address at the same moment: one gets it', async () => {
    const { verifications, user, lena, database } = setting();
    const users = [
      await user({ connect: null }),
      await user({ connect: null }),
      await user({ connect: null }),
    ];
    const typed = { email: 'anna@company.se', confirm: 'anna@company.se' };
    const saved = await Promise.allSettled(
      users.map(({ userId }) => verifications.startWith(userId, typed, lena)),
    );
    const refused = saved.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(refused).toEqual(['address_taken', 'address_taken']);
    expect(await database.prisma.user.count({ where: { connectAddress: 'anna@company.se' } })).toBe(1);
  });

  test('U5 a connected address cannot be changed', async () => {
    const { verifications, user, lena, row } = setting();
    const { id, userId } = await user({ connect: 'anna@company.se', connection: 'connected' });
    const typed = { email: 'other@company.se', confirm: 'other@company.se' };
    await expect(verifications.startWith(userId, typed, lena)).rejects.toMatchObject({
      code: 'address_connected',
    });
    expect(await row(id)).toMatchObject({ connectEmail: 'anna@company.se', connection: 'connected' });
  });

  test('U5 a new address ends the links of the old one and takes its facts away', async () => {
    const { verifications, started, lena, row, database } = setting();
    const { id, userId, token } = await started();
    await database.prisma.user.update({
      where: { id },
      data: { bouncedAt: noon, bouncedWords: 'no', openedAt: noon, lastSentAt: noon, disownedAt: noon },
    });
    await verifications.startWith(userId, { email: 'new@company.se', confirm: 'new@company.se' }, lena);
    expect(await verifications.confirm(token)).toMatchObject({ state: 'moved' });
    expect(await row(id)).toMatchObject({
      connection: 'pending',
      connectAddress: 'new@company.se',
      bouncedAt: null,
      bouncedWords: null,
      openedAt: null,
      lastSentAt: null,
      disownedAt: null,
    });
    const [old] = await database.prisma.verification.findMany({
      where: { userId: id },
      orderBy: { id: 'asc' },
    });
    expect(old).toMatchObject({ revokedWhy: 'address_changed' });
  });

  test('D1 an address outside the allowed domains is not saved', async () => {
    const { verifications, user, lena, allow, row } = setting();
    await allow('company.se');
    const { id, userId } = await user({ connect: null });
    for (const email of ['anna@evilcompany.se', 'anna@sub.company.se', 'anna@company.se.evil.se']) {
      await expect(verifications.startWith(userId, { email, confirm: email }, lena)).rejects.toMatchObject({
        code: 'domain_not_allowed',
        field: 'email',
      });
    }
    expect(await row(id)).toMatchObject({ connection: 'none' });
    await allow('*.company.se');
    const sub = 'anna@sub.company.se';
    await expect(verifications.startWith(userId, { email: sub, confirm: sub }, lena)).resolves.toBeDefined();
  });

  test('U7 a deactivated user gets no address and no mail', async () => {
    const { verifications, user, lena, row } = setting();
    const { id, userId } = await user({ connect: null, active: false });
    const typed = { email: 'anna@company.se', confirm: 'anna@company.se' };
    await expect(verifications.startWith(userId, typed, lena)).rejects.toMatchObject({
      code: 'user_deactivated',
      field: 'user',
    });
    expect(await row(id)).toMatchObject({ connection: 'none', connectEmail: null });
  });
});
