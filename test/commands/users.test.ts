import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { usersCommand } from '../../src/commands/users.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createFilters } from '../../src/services/filter.ts';
import { createUsers } from '../../src/services/users.ts';
import { eachStore } from '../support/database.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc users', (database) => {
  let talk: Talk;
  const types = (line: string) => talk.as('lena').types(line);

  beforeAll(async () => {
    const names = ['Örjan', 'Adam', 'Åke', 'Ärla', 'Zoe', 'Éva'];
    for (const name of names) await addUser(database(), { name, userId: `x-${name}`, connect: null });
    for (let i = 1; i <= 23; i++) {
      const name = `Person ${String(i).padStart(2, '0')}`;
      await addUser(database(), {
        name,
        userId: `p${i}`,
        employments: [{ company: 'Dotter AB', number: `n${i}` }],
      });
    }
    const two = [{ company: 'Företaget AB' }, { company: 'Dotter AB' }];
    await addUser(database(), { name: 'Two Places', userId: 'two', employments: two });
    await addUser(database(), { name: 'Hidden Person', userId: 'hidden', protected: true });
    talk = createTalk(database());
  });
  afterAll(() => talk.audit.flush());

  it('lists users a page at a time, in the order of the Swedish alphabet', async () => {
    const all = 'users company:"Företaget AB"';
    const names = (text: string) => [...text.matchAll(/^(\S+) · x-/gm)].map(([, name]) => name);
    const { text } = await types(all);
    expect(text).toMatch(/^8 users\ncompany:"Företaget AB"\n/);
    expect(names(text)).toEqual(['Adam', 'Éva', 'Zoe', 'Åke', 'Ärla', 'Örjan']);
  });

  it('U1 shows the facts beside the state: each row of a filter on one says it', async () => {
    const bounced = { name: 'Bea Back', userId: 'bea', bouncedAt: new Date(), openedAt: new Date() };
    await addUser(database(), { ...bounced, employments: [{ company: 'Bolaget' }] });
    expect((await types('users status:bounced')).text).toContain('bea · unverified, bounced, opened');
    expect((await types('användare status:studsat')).text).toContain('bea · overifierad, studsat, öppnad');
    await database().prisma.user.delete({ where: { userKey: 'bea' } });
  });

  it('turns pages back and forth with the filter kept, in place', async () => {
    const first = await types('users company:"Dotter AB"');
    expect(first.text).toContain('24 users');
    expect(first.text).toContain('Page 1 of 3');
    expect(first.text).not.toContain('[Previous]');
    const second = await talk.as('lena').presses('Next', first);
    expect(second.text).toContain('Person 11');
    expect(second.replies[0]?.replace).toBe(true);
    const third = await talk.as('lena').presses('Next', second);
    expect(third.text).toMatch(/Person 23.*\n.*Two Places.*\nPage 3 of 3/s);
    expect(third.text).not.toContain('[Next]');
    expect((await talk.as('lena').presses('Previous', third)).text).toContain('Page 2 of 3');
  });

  test.each([
    ['users page:2', 'Page 2 of 4'],
    ['users page:99', 'Page 4 of 4'],
    ['users page:0', 'Page 1 of 4'],
    ['användare sida:2', 'Sida 2 av 4'],
    ['users page:two', '"two" is not a page number'],
    ['users page:1.5', '"1.5" is not a page number'],
    ['users page:-1', '"-1" is not a page number'],
  ])('understands "%s": %s', async (line, sentence) => {
    expect((await types(line)).text).toContain(sentence);
  });

  test.each([
    ['users person 07', '1 user\nperson 07'],
    ['users status:pending', 'No user matches the filter'],
    ['users companny:X', 'Did you mean `company:`?'],
    ['users company:Dotterr', 'company:"Dotter AB"'],
    ['users status:pendign', 'status:pending'],
    ['användare status:väntar', 'Ingen användare matchar filtret'],
  ])('B1 answers "%s" with %j', async (line, sentence) => {
    expect((await types(line)).text).toContain(sentence);
  });

  it('shows one with a press', async () => {
    const list = await types('users two');
    expect((await talk.as('lena').presses('Show', list)).text).toContain('User-ID: two');
  });

  describe('within reach', () => {
    const run = async (line: string, ...access: Parameters<typeof accessTo>) => {
      const command = usersCommand(createUsers(database()), createFilters(database()));
      const [answer] = await command.run(requestWith(accessTo(...access)), tokenize(line));
      return answer?.view.kind === 'form' || !answer ? '' : JSON.stringify(answer.view);
    };

    it('A2 lists nobody of another company, and names no other company', async () => {
      const text = await run('', ['users.view'], ['företaget ab']);
      expect(text).toContain('"7 users"');
      expect(text).toContain('Two Places');
      expect(text).not.toContain('Dotter AB');
    });

    it('A2 does not suggest what is out of reach', async () => {
      const asked = run('company:Dotter', ['users.view'], ['företaget ab']);
      await expect(asked).rejects.toThrow(/I find no company called "Dotter"/);
      await expect(asked).rejects.not.toThrow(/Dotter AB/);
    });

    it('B1 where there is nobody at all, no filter is to blame', async () => {
      const [nowhere, may] = [['nowhere ab'], 'users.view'] as const;
      expect(await run('', [may], [...nowhere])).toContain('There are no users yet.');
      expect(await run('all', [may, 'import'], [...nowhere])).toContain('I will import them.');
      expect(await run('anna', [may], [...nowhere])).toContain('No user matches the filter.');
    });

    it('U8 lists somebody with protected identity only to whoever may see them', async () => {
      expect(await run('hidden', ['users.view'])).toContain('No user matches');
      expect(await run('hidden', ['users.view', 'protected'])).toContain('Hidden Person');
      await expect(run('user:hidden', ['users.view'])).rejects.toThrow(/There is no user with/);
    });

    it('A2 lists nobody without the permission', async () => {
      expect(await run('', ['verify'])).toContain('There are no users yet.');
    });
  });

  it('shows names as they are, whatever they look like', async () => {
    await addUser(database(), { name: '<!channel> *Bo* `/vc x`', userId: 'q"1', connect: null });
    const found = await types('users "<!channel>"');
    expect(found.text).toContain('<!channel> *Bo* `/vc x`');
    expect((await talk.as('lena').presses('Show', found)).text).toContain('User-ID: q"1');
  });
});
