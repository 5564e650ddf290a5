import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Runner } from '../../../src/jobs/runner.ts';
import { eachStore } from '../../support/database.ts';
import { type Smtp, startSmtp } from '../../support/smtp.ts';
import { until } from '../../support/until.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, by, openHouse, previewed } from './house.ts';

eachStore('sending a campaign', (database) => {
  let smtp: Smtp;
  let house: ReturnType<typeof openHouse>;
  let runner: Runner;
  let person: number;
  beforeAll(async () => {
    smtp = await startSmtp();
    house = openHouse({ database: database(), smtpUrl: smtp.url });
    runner = await house.start();
    person = await addPerson(database());
  });
  afterAll(async () => {
    await runner.stop();
    house.mailer.close();
    await smtp.stop();
  });
  beforeEach(async () => {
    smtp.behaves();
    await database().prisma.user.deleteMany();
  });

  const addUsers = (count: number) => Promise.all(Array.from({ length: count }, () => addUser(database())));
  const status = async (id: number) => {
    const found = await house.campaigns.status(id, 'caller');
    if (!found) throw new Error(`No campaign ${id}`);
    return found;
  };
  const ended = (id: number) =>
    until(async () => {
      const found = await status(id);
      return found.state === 'done' && found;
    });

  test('B3 everybody gets one mail with a link of their own, and the message ends as a summary', async () => {
    await addUsers(60);
    const { id, send } = await previewed(house, person);
    expect(send).toBe(60);
    await house.campaigns.confirm(id, by(person));
    const { counts } = await ended(id);
    expect(counts).toEqual({ waiting: 0, sending: 0, sent: 60, failed: 0, cancelled: 0 });
    expect(smtp.mails).toHaveLength(60);
    expect(new Set(smtp.mails.map(({ links }) => links[0]?.url)).size).toBe(60);
    expect([...smtp.counts().values()].every((count) => count === 1)).toBe(true);
    const users = await database().prisma.user.findMany();
    expect(users.every((user) => user.connection === 'pending' && user.lastSentAt)).toBe(true);
    await until(() => house.posted.at(-1)?.shown.at(-1)?.includes('Klart. Alla 60 mejl skickades.'), { seen: () => house.posted.map((p) => p.shown) });
    expect(house.posted).toHaveLength(1);
  });
});
