import { expect, test } from 'vitest';
import { createConnections } from '../../src/services/connections.ts';
import { createMessages } from '../../src/services/messages.ts';
import { noon, type Setting, verificationTests } from './verifications/setting.ts';

const connectionsOf = ({ database, now }: Setting) =>
  createConnections({ database, messages: createMessages(now), now });

verificationTests('ending a connection', (setting) => {
  test('U4 U5 removing an address revokes its links and takes its facts away', async () => {
    const { started, row, verifications, lena, database } = setting();
    const { id, userId, token } = await started();
    await database.prisma.user.update({
      where: { id },
      data: { bouncedAt: noon, bouncedWords: 'no', openedAt: noon },
    });
    await connectionsOf(setting()).removeAddress(userId, lena);
    expect(await row(id)).toMatchObject({
      connection: 'none',
      connectEmail: null,
      connectAddress: null,
      bouncedAt: null,
      bouncedWords: null,
      openedAt: null,
    });
    expect(await verifications.confirm(token)).toMatchObject({ state: 'moved' });
  });

  test('A6 a button is spent at the moment it was pressed', async () => {
    const { user, lena, press: button, database, pass, now } = setting();
    const { userId } = await user({ connect: 'anna@company.se' });
    const press = await button();
    pass(5_000);
    await connectionsOf(setting()).removeAddress(userId, { ...lena, press });
    expect(await database.prisma.press.findUnique({ where: { id: press } })).toMatchObject({
      spentAt: now(),
    });
  });

  test('U5 a connected address cannot be removed', async () => {
    const { user, row, lena } = setting();
    const { id, userId } = await user({ connect: 'anna@company.se', connection: 'connected' });
    await expect(connectionsOf(setting()).removeAddress(userId, lena)).rejects.toMatchObject({
      code: 'address_connected',
    });
    expect(await row(id)).toMatchObject({ connectEmail: 'anna@company.se' });
  });

  test('U6 deleting a connection keeps the address, unverified', async () => {
    const { started, row, verifications, lena } = setting();
    const { id, userId, token } = await started({ connect: 'anna@company.se' });
    await verifications.confirm(token);
    await connectionsOf(setting()).deleteConnection(userId, lena);
    expect(await row(id)).toMatchObject({
      connection: 'unverified',
      connectEmail: 'anna@company.se',
      verifiedAt: null,
      connectedAt: null,
    });
    expect(await verifications.look(token)).toMatchObject({ state: 'void', why: 'used' });
  });

  test('U6 B2 when it was last sent to stays, and campaigns that sent to it count one less', async () => {
    const { user, row, lena, sentTo, redrawn, now } = setting();
    const { id, userId } = await user({ connection: 'connected', lastSentAt: noon, openedAt: noon });
    await sentTo(id);
    await connectionsOf(setting()).deleteConnection(userId, lena);
    expect(await row(id)).toMatchObject({ lastSentAt: noon, openedAt: null });
    expect(await redrawn()).toEqual([new Date(now().getTime() + 60_000)]);
  });

  test.each(['none', 'unverified', 'pending'] as const)(
    'U6 there is nothing to delete: %s',
    async (connection) => {
      const { user, lena } = setting();
      const { userId } = await user(connection === 'none' ? { connect: null } : { connection });
      await expect(connectionsOf(setting()).deleteConnection(userId, lena)).rejects.toMatchObject({
        code: 'not_connected',
      });
    },
  );

  test('U4 there is nothing to remove without an address', async () => {
    const { user, lena } = setting();
    const { userId } = await user({ connect: null });
    await expect(connectionsOf(setting()).removeAddress(userId, lena)).rejects.toMatchObject({
      code: 'no_address',
    });
  });

  test('A2 who is not reached is as good as not there, and A6 a button works once', async () => {
    const { user, lena, press: button } = setting();
    const { userId } = await user();
    const connections = connectionsOf(setting());
    const press = await button();
    const outside = { ...lena, press, reach: { companies: ['y'], protected: true } };
    await expect(connections.removeAddress(userId, outside)).rejects.toMatchObject({
      code: 'user_not_found',
    });
    await connections.removeAddress(userId, { ...lena, press });
    await expect(connections.removeAddress(userId, { ...lena, press })).rejects.toMatchObject({
      code: 'press_spent',
    });
  });
});
