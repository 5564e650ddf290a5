import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { statusCommand } from '../../src/commands/status.ts';
import { createUsers } from '../../src/services/users.ts';
import { eachStore } from '../support/database.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc status and /vc whoami', (database) => {
  let talk: Talk;
  beforeAll(() => {
    talk = createTalk(database());
  });
  afterAll(() => talk.audit.flush());
  const types = (line: string) => talk.as('lena').types(line);

  it('says what to do where there is nobody yet', async () => {
    expect((await types('status')).text).toContain("Drop the HR system's export here");
  });

  it('offers an import only to whoever may do one', async () => {
    const [answer] = await statusCommand(createUsers(database())).run(
      requestWith(accessTo(['users.view'])),
      [],
    );
    expect(answer?.view).toMatchObject({ text: 'There are no users yet.' });
  });

  describe('with users', () => {
    const run = async (...access: Parameters<typeof accessTo>) => {
      const [answer] = await statusCommand(createUsers(database())).run(requestWith(accessTo(...access)), []);
      return answer?.view.kind === 'table'
        ? { ...answer.view, rows: answer.view.rows.map(({ cells }) => cells.join(' ')) }
        : undefined;
    };

    beforeAll(async () => {
      const both = [{ company: 'Åkeriet AB' }, { company: 'Dotter AB' }];
      await addUser(database(), { connection: 'connected', employments: both });
      await addUser(database(), { connection: 'pending', employments: [{ company: 'Dotter AB' }] });
      await addUser(database(), { connect: null, employments: [{ company: 'dotter ab' }] });
      await addUser(database(), { employments: [{ company: 'Zon AB' }] });
      await addUser(database(), { connection: 'verified', employments: [] });
      await addUser(database(), {
        connection: 'connected',
        protected: true,
        employments: [{ company: 'Zon AB' }],
      });
    });

    it('U3 counts somebody with two employments in both companies, and once in all', async () => {
      expect(await run(['users.view', 'verify', 'protected'])).toMatchObject({
        title: '2 of 6 are connected',
        columns: ['Company', 'no address', 'unverified', 'pending', 'verified', 'connected'],
        rows: ['Dotter AB 1 0 1 0 1', 'Zon AB 0 1 0 0 1', 'Åkeriet AB 0 0 0 0 1', 'All 1 1 1 1 2'],
      });
    });

    it('U8 counts nobody with protected identity without the permission', async () => {
      expect(await run(['users.view'])).toMatchObject({
        title: '1 of 5 are connected',
        rows: expect.arrayContaining(['Zon AB 0 1 0 0 0', 'All 1 1 1 1 1']),
      });
    });

    it('A2 counts no company out of reach, in all either', async () => {
      expect(await run(['users.view', 'protected'], ['dotter ab'])).toMatchObject({
        rows: ['Dotter AB 1 0 1 0 1', 'All 1 0 1 0 1'],
      });
      expect(await run(['verify'])).toBeUndefined();
    });

    it('A2 suggests to send only to whoever may', async () => {
      expect((await run(['users.view', 'verify']))?.lines).toEqual([
        expect.stringContaining('/vc bulk-verify all'),
      ]);
      expect((await run(['users.view']))?.lines).toBeUndefined();
    });

    test.each(['status', 'läge', 'lage'])('understands "%s"', async (line) => {
      expect((await types(line)).text).toMatch(/2 of 6 are connected|2 av 6 är kopplade/);
    });
  });

  describe('whoami', () => {
    it('A2 says the role and the permissions', async () => {
      expect((await types('whoami')).text).toMatch(
        /^Lena Berg\nRole: Administrator\nYou may: see users, .* and see protected/,
      );
      expect((await talk.as('anna').types('vem-är-jag')).text).toContain(
        'Du får: fråga om din egen inloggning',
      );
    });

    it('A1 says which user the caller is', async () => {
      await addUser(database(), { userId: '14', name: 'Anna S', email: 'anna@company.se' });
      const again = createTalk(database());
      expect((await again.as('anna').types('whoami')).text).toContain('Your user: Anna S, User-ID 14');
      await again.audit.flush();
    });
  });
});
