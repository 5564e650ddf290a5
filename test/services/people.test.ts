import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import type { Profile } from '../../src/core/outbox.ts';
import { eachStore } from '../support/database.ts';
import { channel } from '../support/platform.ts';
import { renameCommand } from '../support/rename.ts';
import { createTalk, formOf, type Talk, type TalkOptions } from '../support/talk.ts';
import { soon } from '../support/until.ts';
import { addUser } from '../support/users.ts';

const minutes = 60_000;
const anna: Profile = { name: 'Anna Svensson', address: 'anna@company.se', language: 'en' };
const lena: Profile = { name: 'Lena Berg', address: 'lena@company.se', language: 'en' };

eachStore('who somebody is', (database) => {
  let at = 0;
  const now = () => new Date(at);
  const talks: Talk[] = [];
  function talk(options: TalkOptions = {}): Talk {
    const one = createTalk(database(), { now, people: { anna, lena }, ...options });
    talks.push(one);
    return one;
  }
  afterEach(async () => {
    for (const { audit } of talks.splice(0)) await audit.flush();
  });

  const stored = () => database().prisma.person.findMany({ orderBy: { platformId: 'asc' } });

  beforeEach(async () => {
    at = Date.parse('2026-11-21T12:00:00Z');
    await database().prisma.person.deleteMany();
    await database().prisma.user.deleteMany();
    await database().prisma.audit.deleteMany();
  });

  describe('refusals', () => {
    it.each(['guest', 'stranger', 'bot', 'gone'] as const)(
      'A1 somebody who is "%s" is refused',
      async (refused) => {
        await addUser(database(), { userId: '14', email: 'lena@company.se' });
        const { as, trail } = talk({ people: { lena: { ...lena, refused } } });
        expect((await as('lena').types('whoami')).text).toContain('I only answer people who work here');
        expect(await trail()).toEqual(['lena C1: whoami → person_refused']);
        expect(await stored()).toMatchObject([{ refused, userId: null, administrator: false }]);
      },
    );

    it('A1 whoever the platform does not know is refused', async () => {
      expect((await talk().as('nobody').types('help')).text).toContain('Jag svarar bara den');
    });

    it('A1 a channel that is shared with another organisation is refused before anybody is asked about', async () => {
      const { dispatch, platform, trail } = talk();
      const [reply] = await dispatch.line({ place: channel, platformId: 'lena', shared: true }, 'users');
      expect(reply).toMatchObject({ view: { tone: 'fault' } });
      expect(await trail()).toEqual(['lena C1: users → place_shared']);
      expect(platform.asked).toEqual([]);
    });

    it('A1 a failed look-up refuses, and is forgotten', async () => {
      const { as, platform, trail } = talk();
      platform.away = new Error('503');
      expect((await as('lena').types('status')).text).toContain('kunde inte kontrollera vem du är');
      platform.away = undefined;
      expect((await as('lena').types('whoami')).text).toContain('Lena Berg');
      expect(await trail()).toEqual(['lena C1: status → lookup_failed', 'lena C1: whoami → done']);
    });

    it('A1 a look-up that fails after ten minutes refuses whoever was known before', async () => {
      const { as, platform } = talk();
      await as('lena').types('whoami');
      at += 10 * minutes;
      platform.away = new Error('503');
      expect((await as('lena').types('status')).text).toContain("couldn't check who you are");
    });

    it('what hinders the look-up of somebody is said in the language that they had before', async () => {
      const { as, platform, dispatch } = talk();
      await as('lena').types('whoami');
      at += 10 * minutes;
      platform.away = new Error('503');
      expect((await as('lena').types('status')).text).toContain("couldn't check who you are");
      expect((await as('anna').types('status')).text).toContain('kunde inte kontrollera vem du är');
      const [shared] = await dispatch.line({ place: channel, platformId: 'lena', shared: true }, 'users');
      expect(shared).toMatchObject({ language: 'en' });
      expect((await as('lena').types('läge')).text).toContain('kunde inte kontrollera vem du är');
    });

    it('A1 a surface without a way to ask refuses', async () => {
      const place = { ...channel, surface: 'elsewhere' };
      expect((await talk().as('lena', place).types('whoami')).text).toContain('kunde inte kontrollera');
    });
  });

  describe('forms', () => {
    const opened = async () => {
      await addUser(database(), { userId: '14', name: 'Anna' });
      const one = talk({ commands: (store) => [renameCommand(store)] });
      return { ...one, form: await one.as('lena').types('rename 14') };
    };
    const saying = (text: string) => ({ replies: [{ view: { text: expect.stringContaining(text) } }] });
    const nameOf14 = async () => (await database().prisma.user.findFirstOrThrow()).name;

    it('A6 A1 ask the store alone for ten minutes; the platform is asked behind it', async () => {
      const { form } = await opened();
      at += 10 * minutes - 1;
      const other = talk({ commands: (store) => [renameCommand(store)] });
      other.platform.away = new Error('503');
      expect(await other.submits('lena', form, { name: 'Bo' })).toMatchObject(saying('Done.'));
      expect(await nameOf14()).toBe('Bo');
      await vi.waitFor(() => expect(other.platform.asked).toEqual(['lena']), soon);
      expect((await other.as('lena').types('status')).text).toContain('inte kontrollera vem du är');
    });

    it('A1 left open by somebody who became a guest change nothing ten minutes after the platform last answered', async () => {
      const { form, as, submits, dispatch, platform } = await opened();
      at += 9 * minutes;
      await as('lena').types('whoami');
      platform.people.set('lena', { ...lena, refused: 'guest' });
      at += minutes;
      const from = { place: channel, platformId: 'lena' };
      expect(await dispatch.search(from, formOf(form), 'name', 'Bo')).toEqual([]);
      expect(await submits('lena', form, { name: 'Bo' })).toMatchObject(saying('people who work here'));
      expect(await nameOf14()).toBe('Anna');
    });

    it('A1 wait for the platform after ten minutes', async () => {
      const { form, submits, platform } = await opened();
      at += 10 * minutes;
      let answers = () => {};
      platform.slow = new Promise<void>((resolve) => {
        answers = resolve;
      });
      const submitted = submits('lena', form, { name: 'Bo' });
      await vi.waitFor(() => expect(platform.asked).toEqual(['lena', 'lena']), soon);
      expect(await nameOf14()).toBe('Anna');
      answers();
      expect(await submitted).toMatchObject(saying('Done.'));
      expect(await nameOf14()).toBe('Bo');
    });

    it('A1 are refused where the platform does not answer then', async () => {
      const { form, submits, platform } = await opened();
      at += 10 * minutes;
      platform.away = new Error('503');
      expect(await submits('lena', form, { name: 'Bo' })).toMatchObject(saying("couldn't check who you are"));
      expect(await nameOf14()).toBe('Anna');
    });

    it('A1 of somebody unknown wait for the platform', async () => {
      const { dispatch, platform } = talk();
      platform.away = new Error('503');
      const submitted = await dispatch.submit({ place: channel, platformId: 'lena' }, 'none', {});
      expect(submitted).toMatchObject(saying('inte kontrollera'));
    });

    it('A2 give what ADMINS gives now, whatever a process that started before wrote', async () => {
      const { form } = await opened();
      const { submits } = talk({ admins: [], commands: (store) => [renameCommand(store)] });
      expect(await submits('lena', form, { name: 'Bo' })).toMatchObject(
        saying('Only people with permission'),
      );
      expect(await nameOf14()).toBe('Anna');
    });
  });

  describe('matching', () => {
    const own = async (given: TalkOptions = {}, who = 'anna') =>
      /Your user: (.*)/.exec((await talk(given).as(who).types('whoami')).text)?.[1];

    test.each<[what: string, addresses: string[], profile: string | undefined, found: string]>([
      [
        'the only user with the address',
        ['anna@company.se', 'bo@company.se'],
        'anna@company.se',
        'User-ID 0',
      ],
      ['the same address in other letters', ['Anna@Company.SE'], ' ANNA@company.se', 'User-ID 0'],
      ['the same address in its other form', ['anna@företaget.se'], 'anna@xn--fretaget-n4a.se', 'User-ID 0'],
      ['nobody where two users have it', ['anna@company.se', 'anna@company.se'], 'anna@company.se', 'None'],
      ['nobody where none has it', ['bo@company.se'], 'anna@company.se', 'None'],
      ['nobody without an address that the platform vouches for', ['anna@company.se'], undefined, 'None'],
    ])('A1 matches %s', async (_what, addresses, address, found) => {
      for (const [i, email] of addresses.entries()) await addUser(database(), { userId: String(i), email });
      const profile = { name: 'Anna', language: 'en', ...(address ? { address } : {}) } as const;
      expect(await own({ people: { anna: profile } })).toContain(found);
    });

    it('A1 matches the activated one of two users', async () => {
      await addUser(database(), { userId: 'old', email: 'anna@company.se', active: false });
      expect(await own()).toContain('None');
      await addUser(database(), { userId: 'new', email: 'anna@company.se' });
      expect(await own()).toContain('User-ID new');
    });

    it('A1 never matches by the address of the login', async () => {
      await addUser(database(), { connect: 'anna@company.se' });
      expect(await own()).toContain('None');
    });

    it('A1 matches ADMINS, whether or not there is such a user', async () => {
      const { as } = talk({ admins: ['LENA@Company.se'] });
      expect((await as('lena').types('whoami')).text).toContain('Administrator');
      expect((await as('anna').types('whoami')).text).toContain('Employee');
    });

    it('A1 finds the user whom an import brings later: at once, and within two seconds for an administrator', async () => {
      const { as } = talk();
      for (const who of ['anna', 'lena']) expect((await as(who).types('whoami')).text).toContain('None');
      await addUser(database(), { userId: '14', email: 'anna@company.se' });
      await addUser(database(), { userId: '15', email: 'lena@company.se' });
      expect((await as('anna').types('whoami')).text).toContain('User-ID 14');
      at += 2_000;
      expect((await as('lena').types('whoami')).text).toContain('User-ID 15');
    });

    it('A1 does not match again when the profile changes its address', async () => {
      await addUser(database(), { userId: '14', email: 'anna@company.se' });
      await addUser(database(), { userId: 'boss', email: 'boss@company.se' });
      const { as, platform } = talk({ admins: ['lena@company.se', 'boss@company.se'] });
      await as('anna').types('whoami');
      platform.people.set('anna', { ...anna, address: 'boss@company.se' });
      at += 10 * minutes;
      const { text } = await as('anna').types('whoami');
      expect(text).toContain('User-ID 14');
      expect(text).toContain('Employee');
      expect(platform.asked).toEqual(['anna', 'anna']);
    });

    it('A1 keeps an administrator whose profile changes its address, and their user', async () => {
      const { as, platform } = talk();
      await as('lena').types('whoami');
      platform.people.set('lena', { ...lena, address: 'lena@elsewhere.se' });
      await addUser(database(), { userId: '15', email: 'lena@company.se' });
      await addUser(database(), { userId: '16', email: 'lena@elsewhere.se' });
      at += 10 * minutes;
      const { text } = await as('lena').types('whoami');
      expect(text).toContain('Administrator');
      expect(text).toContain('User-ID 15');
    });

    it('A1 looks by the new address where the old one had matched nobody', async () => {
      const { as, platform } = talk();
      await as('anna').types('whoami');
      await addUser(database(), { userId: '14', email: 'anna.berg@company.se' });
      platform.people.set('anna', { ...anna, address: 'anna.berg@company.se' });
      at += 10 * minutes;
      expect((await as('anna').types('whoami')).text).toContain('User-ID 14');
    });
  });

  describe('checking again', () => {
    it('A1 believes the platform for ten minutes', async () => {
      const { as, platform } = talk();
      await addUser(database(), { email: 'lena@company.se' });
      await as('lena').types('whoami');
      platform.people.set('lena', { ...lena, refused: 'gone' });
      at += 10 * minutes - 1;
      expect((await as('lena').types('whoami')).text).toContain('Administrator');
      at += 1;
      expect((await as('lena').types('whoami')).text).toContain('I only answer people who work here');
      expect((await as('lena').types('status')).text).not.toContain('connected');
      expect(platform.asked).toEqual(['lena', 'lena']);
      expect(await stored()).toMatchObject([{ refused: 'gone', administrator: false }]);
    });

    it('A1 lets somebody in again who is no guest any more', async () => {
      const { as, platform } = talk({ people: { lena: { ...lena, refused: 'guest' } } });
      await as('lena').types('whoami');
      platform.people.set('lena', lena);
      at += 10 * minutes;
      expect((await as('lena').types('whoami')).text).toContain('Administrator');
    });

    it('A1 counts the ten minutes from the answer of the platform, however often a user is looked for', async () => {
      const { as, platform } = talk();
      for (let i = 0; i < 12; i++) {
        await as('anna').types('whoami');
        at += minutes;
      }
      expect(platform.asked).toHaveLength(2);
    });

    it('asks once where many things come at once from somebody', async () => {
      const { as, platform } = talk();
      const answers = await Promise.all(Array.from({ length: 40 }, () => as('lena').types('whoami')));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(platform.asked).toEqual(['lena']);
    });

    it('keeps one person where two processes meet somebody at the same moment', async () => {
      const processes = Array.from({ length: 6 }, () => talk());
      const answers = await Promise.all(processes.map(({ as }) => as('lena').types('whoami')));
      for (const { text } of answers) expect(text).toContain('Administrator');
      expect(await stored()).toHaveLength(1);
    });
  });

  describe('ADMINS', () => {
    it('A2 is read again at every start', async () => {
      await talk({ admins: ['lena@company.se'] })
        .as('lena')
        .types('whoami');
      await talk().as('anna').types('whoami');
      await talk({ admins: ['anna@company.se'] }).people.rereadAdmins();
      expect(await stored()).toMatchObject([
        { platformId: 'anna', administrator: true },
        { platformId: 'lena', administrator: false },
      ]);
    });

    it('A2 takes away what it no longer gives, and gives a guest nothing', async () => {
      const { as } = talk({ people: { lena, guest: { ...anna, refused: 'guest' } } });
      await as('lena').types('whoami');
      await as('guest').types('whoami');
      await talk({ admins: [] }).people.rereadAdmins();
      expect(await stored()).toMatchObject([{ administrator: false }, { administrator: false }]);
      expect((await talk({ admins: [] }).as('lena').types('users')).text).toContain(
        'Only people with permission',
      );
    });
  });
});
