import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { beginVerification, mintLink } from '../../src/services/verifications/links.ts';
import { eachStore } from '../support/database.ts';
import { createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc domains', (database) => {
  let talk: Talk;
  const types = (line: string) => talk.as('lena').types(line);
  const listed = async () =>
    (await database().prisma.allowedDomain.findMany({ orderBy: { entry: 'asc' } })).map(({ entry }) => entry);

  beforeEach(async () => {
    const { prisma } = database();
    await prisma.user.deleteMany();
    await prisma.allowedDomain.deleteMany();
    await prisma.liveMessage.deleteMany();
    talk = createTalk(database());
  });
  afterEach(() => talk.audit.flush());

  /** A user with an open verification whose link was sent. */
  async function waiting(connect: string): Promise<number> {
    const id = await addUser(database(), { connect });
    const now = new Date();
    return database().transaction(async (tx) => {
      const asked = { requestedBy: null, now };
      const verification = await beginVerification(tx, { id, address: connect }, asked);
      await mintLink(tx, verification, now);
      return verification;
    });
  }

  it('D1 says that every domain is allowed while none is listed', async () => {
    expect((await types('domains')).text).toContain('Every domain is allowed');
  });

  it('D1 confirms the first entry, with the number of saved addresses that no longer fit', async () => {
    for (const connect of ['a@company.se', 'b@evilcompany.se', 'c@mail.company.se', null])
      await addUser(database(), { connect });
    await addUser(database(), { connect: 'd@elsewhere.se', connection: 'connected' });
    const question = await types('domains allow company.se');
    expect(question.text).toContain('Allow only company.se?');
    expect(question.text).toContain('2 saved addresses will no longer be allowed.');
    expect(await listed()).toEqual([]);
    expect((await talk.as('lena').presses('Confirm', question)).text).toContain(
      'Done. company.se is allowed.',
    );
    expect(await listed()).toEqual(['company.se']);
  });

  it('D1 asks nothing for a further entry, which only widens the list', async () => {
    await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    expect((await types('domains allow *.Företaget.se')).text).toContain('Done. *.företaget.se is allowed.');
    expect(await listed()).toEqual(['*.xn--fretaget-n4a.se', 'company.se']);
    expect((await types('domains')).text).toContain('*.företaget.se\ncompany.se');
  });

  it('D1 confirms a removal, also of the last entry', async () => {
    await database().prisma.allowedDomain.createMany({
      data: [{ entry: 'company.se' }, { entry: 'dotter.se' }],
    });
    await addUser(database(), { connect: 'a@company.se' });
    const question = await types('domains disallow company.se');
    expect(question.text).toContain('1 saved address will no longer be allowed.');
    expect((await talk.as('lena').presses('Confirm', question)).text).toContain(
      'company.se is off the list.',
    );
    expect(await listed()).toEqual(['dotter.se']);
    const last = await types('domains disallow dotter.se');
    expect(last.text).toContain('Without it, every domain is allowed.');
    expect(last.text).toContain('No saved addresses are affected.');
  });

  it('D1 only the question skips the question, and no word is overlooked', async () => {
    for (const line of ['domains allow company.se confirmed', 'domains allow company.se dotter.se'])
      expect((await types(line)).text).toContain('Write one domain at a time');
    expect(await listed()).toEqual([]);
  });

  it('D1 leaves the list alone when the question is cancelled', async () => {
    const question = await types('domains allow company.se');
    expect((await talk.as('lena').presses('Cancel', question)).text).toContain('Every domain is allowed');
    expect(await listed()).toEqual([]);
  });

  it('U5 ends the links of addresses that no longer fit, and has their messages drawn again', async () => {
    const [fits, outside] = [await waiting('a@company.se'), await waiting('b@elsewhere.se')];
    const lena = (await types('whoami')) && (await database().prisma.person.findFirstOrThrow());
    await database().transaction(async (tx) => {
      for (const subjectId of [fits, outside])
        await talk.messages.announce(tx, {
          kind: 'verification',
          subjectId,
          to: { personId: lena.id },
          language: 'sv',
        });
    });
    await database().pool.query('delete from graphile_worker._private_jobs');
    const question = await types('domains allow company.se');
    await talk.as('lena').presses('Confirm', question);
    const verifications = await database().prisma.verification.findMany({
      orderBy: { id: 'asc' },
      include: { user: true },
    });
    expect(
      verifications.map(({ revokedWhy, user }) => [user.connectAddress, user.connection, revokedWhy]),
    ).toEqual([
      ['a@company.se', 'pending', null],
      ['b@elsewhere.se', 'unverified', 'domain'],
    ]);
    const { rows } = await database().pool.query<{ payload: { message: string } }>(
      'select payload from graphile_worker._private_jobs',
    );
    const messages = await database().prisma.liveMessage.findMany({ where: { subjectId: outside } });
    expect(rows.map(({ payload }) => payload.message)).toEqual(messages.map(({ id }) => id));
  });

  it('D1 counts of a removal whose addresses fitted until then, and no others', async () => {
    for (const entry of ['company.se', 'dotter.se', 'tom.se'])
      await database().prisma.allowedDomain.create({ data: { entry } });
    for (const domain of ['company.se', 'dotter.se', 'never.se'])
      await addUser(database(), { connect: `a@${domain}` });
    expect((await types('domains disallow tom.se')).text).toContain('No saved addresses are affected.');
    expect((await types('domains disallow dotter.se')).text).toContain('1 saved address will no longer');
  });

  it('D1 asks again where the list became empty since a further entry was thought of', async () => {
    await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    const removal = await types('domains disallow company.se');
    const [added, removed] = await Promise.all([
      types('domains allow dotter.se'),
      talk.as('lena').presses('Confirm', removal),
    ]);
    expect(removed.text).toContain('off the list');
    // Either it was a further entry before the removal, or it is asked about as the first one.
    const asked = added.text.includes('Allow only dotter.se?');
    expect(await listed()).toEqual(asked ? [] : ['dotter.se']);
  });

  it('U8 counts nobody with protected identity for whoever may not see them', async () => {
    await addUser(database(), { connect: 'a@elsewhere.se', protected: true });
    await addUser(database(), { connect: 'b@elsewhere.se' });
    const domains = talk.commands.find('domains');
    const ask = (permissions: ('security' | 'protected')[]) =>
      domains?.run(
        {
          person: { id: 1, name: 'Lena', access: { permissions: new Set(permissions), companies: 'all' } },
          place: { surface: 'test', tenant: 'T1', id: 'C1', kind: 'channel' },
          language: 'en',
          say: ({ en }) => en,
          concerns: () => {},
        },
        [
          { kind: 'word', text: 'allow' },
          { kind: 'word', text: 'company.se' },
        ],
      );
    expect(await ask(['security'])).toMatchObject([{ view: { lines: [expect.stringMatching(/^1 saved/)] } }]);
    expect(await ask(['security', 'protected'])).toMatchObject([
      { view: { lines: [expect.stringMatching(/^2 saved/)] } },
    ]);
  });

  test.each([
    ['domains allow', 'The domain is missing'],
    ['domains allow anna@company.se', 'That is an email address'],
    ['domains allow https://company.se', 'That is a web address'],
    ['domains disallow company.se', 'company.se is not on the list'],
    ['domains company.se', 'Did you mean `/vc domains allow company.se`?'],
    ['domäner company.se', 'Menade du `/vc domäner tillåt company.se`?'],
    ['domains alow company', 'Did you mean `/vc domains allow`?'],
    ['domäner alow company', 'Menade du `/vc domäner tillåt`?'],
    ['domäner forbjd company', 'Menade du `/vc domäner förbjud`?'],
    ['domäner ta', 'Menade du `/vc hjälp domäner`?'],
    ['domains constructor', 'Did you mean `/vc help domains`?'],
  ])('answers "%s" with what is wrong and what to do', async (line, sentence) => {
    expect((await types(line)).text).toContain(sentence);
    expect(await listed()).toEqual([]);
  });

  test.each(['domäner tillåt', 'domaner tillat', 'domains allow'])('understands "%s"', async (verb) => {
    await database().prisma.allowedDomain.create({ data: { entry: 'first.se' } });
    await types(`${verb} company.se`);
    expect(await listed()).toEqual(['company.se', 'first.se']);
    const again = await types(`${verb} COMPANY.se`);
    expect(again.replies).toMatchObject([{ view: { tone: 'fault' } }]);
  });

  test.each(['domäner ta-bort', 'domäner ta bort', 'Domäner Ta bort', 'domäner förbjud', 'domains remove'])(
    'understands "%s"',
    async (verb) => {
      await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
      expect((await types(`${verb} company.se`)).text).toMatch(/Remove company.se\?|Ta bort company.se\?/);
    },
  );

  it('asks, shows and answers in place of the list whose button was pressed', async () => {
    await database().prisma.allowedDomain.create({ data: { entry: 'company.se' } });
    const list = await types('domains');
    const question = await talk.as('lena').presses('Remove', list);
    const done = await talk.as('lena').presses('Confirm', question);
    expect([question, done].map(({ replies }) => replies[0]?.replace)).toEqual([true, true]);
  });
});
