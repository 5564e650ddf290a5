import { beforeEach, expect, test } from 'vitest';
import { hashToken } from '../../src/rules/secret.ts';
import { createPeople, type PeopleStore } from '../../src/services/people.ts';
import { createSessions, type Sessions } from '../../src/services/sessions.ts';
import { eachStore } from '../support/database.ts';
import { createPlatform, directWith, type Platform } from '../support/platform.ts';

const minute = 60 * 1000;

eachStore('sessions', (database) => {
  let platform: Platform;
  let people: PeopleStore;
  let sessions: Sessions;
  let lena: number;
  let at: Date;
  const pass = (minutes: number) => {
    at = new Date(at.getTime() + minutes * minute);
  };
  const identify = async (platformId: string) =>
    (await people.identify({ place: directWith(platformId), platformId })).id;

  beforeEach(async () => {
    at = new Date('2026-11-21T13:02:00Z');
    platform = createPlatform({
      lena: { name: 'Lena Berg', address: 'lena@company.se', language: 'en' },
      anna: { name: 'Anna Svensson', address: 'anna@company.se' },
    });
    const parts = { database: database(), now: () => at };
    people = createPeople({
      ...parts,
      outboxes: new Map([['test', platform.outbox]]),
      admins: ['lena@company.se'],
    });
    sessions = createSessions({ ...parts, people });
    lena = await identify('lena');
  });

  const begun = async () => {
    const session = await sessions.redeem(await sessions.ticket(lena, '/imports/42'));
    if (!session) throw new Error('The link was not taken');
    return session;
  };

  test('A4 looking at a link spends nothing, and tells nothing but the language', async () => {
    const ticket = await sessions.ticket(lena, '/imports/42');
    for (let i = 0; i < 3; i++) expect(await sessions.look(ticket)).toEqual({ language: 'en' });
    expect(await sessions.redeem(ticket)).toMatchObject({ path: '/imports/42' });
  });

  test('A4 a link is spent once, however many press it at the same moment', async () => {
    const ticket = await sessions.ticket(lena, '/campaigns/7');
    const presses = await Promise.all([1, 2, 3, 4].map(() => sessions.redeem(ticket)));
    expect(presses.filter((session) => session !== undefined)).toHaveLength(1);
    expect(await sessions.redeem(ticket)).toBeUndefined();
    expect(await sessions.look(ticket)).toBeUndefined();
  });

  test('A4 a link is valid for ten minutes', async () => {
    const ticket = await sessions.ticket(lena, '/imports/42');
    pass(9.9);
    expect(await sessions.look(ticket)).toBeDefined();
    pass(0.1);
    expect(await sessions.look(ticket)).toBeUndefined();
    expect(await sessions.redeem(ticket)).toBeUndefined();
  });

  test('A4 a session ends after 60 minutes, however much it is used', async () => {
    const { token, lifetime } = await begun();
    expect(lifetime).toBe(60 * minute);
    for (let minutes = 0; minutes < 60; minutes += 20) {
      expect(await sessions.reader(token)).toMatchObject({ id: lena, name: 'Lena Berg' });
      pass(20);
    }
    expect(await sessions.reader(token)).toBeUndefined();
  });

  test('A4 unknown links and sessions are nothing', async () => {
    const unknown = 'A'.repeat(43);
    expect(await sessions.look(unknown)).toBeUndefined();
    expect(await sessions.redeem(unknown)).toBeUndefined();
    expect(await sessions.reader(unknown)).toBeUndefined();
    expect(await sessions.reader(await sessions.ticket(lena, '/imports/42'))).toBeUndefined();
  });

  test('A4 the store knows links and sessions by their hashes alone', async () => {
    const ticket = await sessions.ticket(lena, '/imports/42');
    const session = await sessions.redeem(ticket);
    const { prisma } = database();
    const stored = JSON.stringify([await prisma.logTicket.findMany(), await prisma.session.findMany()]);
    expect(stored).toContain(hashToken(ticket));
    expect(stored).toContain(hashToken(session?.token ?? ''));
    expect(stored).not.toContain(ticket);
    expect(stored).not.toContain(session?.token);
  });

  test('A4 A1 who the reader is, is asked every time: what they may no longer do, they may not do here', async () => {
    const { token } = await begun();
    expect((await sessions.reader(token))?.access.permissions.has('import')).toBe(true);
    people = createPeople({
      database: database(),
      outboxes: new Map([['test', platform.outbox]]),
      admins: [],
      now: () => at,
    });
    await people.rereadAdmins();
    sessions = createSessions({ database: database(), people, now: () => at });
    expect((await sessions.reader(token))?.access.permissions.size).toBe(0);
  });

  test('A1 somebody whom the platform no longer lets in has no session; a failed look-up refuses', async () => {
    const { token } = await begun();
    platform.people.set('lena', { name: 'Lena Berg', refused: 'gone' });
    pass(10);
    expect(await sessions.reader(token)).toBeUndefined();
    platform.away = new Error('The platform is down');
    pass(10);
    await expect(sessions.reader(token)).rejects.toMatchObject({ code: 'lookup_failed' });
  });
});
