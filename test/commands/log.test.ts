import { afterAll, beforeAll, expect, test } from 'vitest';
import { logCommand } from '../../src/commands/log.ts';
import type { Permission } from '../../src/core/access.ts';
import { emptyFilter } from '../../src/rules/filter.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createRuns } from '../../src/services/runs.ts';
import { createSessions, type Sessions } from '../../src/services/sessions.ts';
import { eachStore } from '../support/database.ts';
import { addExport } from '../support/exports.ts';
import { addImport } from '../support/imports.ts';
import { accessTo, requestWith } from '../support/request.ts';
import { createTalk, type Said, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc log', (database) => {
  let talk: Talk;
  let sessions: Sessions;
  let imported: number;
  let campaign: number;

  const command = () =>
    logCommand({ runs: createRuns(database()), sessions, publicUrl: 'https://bot.company.se/vc' });
  const types = (line: string) => talk.as('lena').types(line);

  beforeAll(async () => {
    sessions = createSessions({
      database: database(),
      people: { identify: (origin) => talk.people.identify(origin) },
    });
    talk = createTalk(database(), { commands: () => [command()] });
    await types('whoami');
    const { id: lena } = await database().prisma.person.findFirstOrThrow({ where: { platformId: 'lena' } });
    imported = await addImport(database(), {
      by: lena,
      fileName: 'anställda.csv',
      rows: [
        { letter: 'c' },
        { letter: 'u' },
        { letter: 'U' },
        { letter: 'n' },
        { letter: 'a' },
        { letter: 'k' },
      ],
    });
    const hidden = await addUser(database(), { protected: true });
    const users = [await addUser(database()), await addUser(database()), hidden];
    const made = await database().prisma.campaign.create({
      data: {
        state: 'done',
        filter: { ...emptyFilter(), departments: ['Ekonomi & Lön'], users: ['14'] },
        createdBy: lena,
        confirmedAt: new Date(),
        place: {},
        recipients: { create: users.map((userId, i) => ({ position: i + 1, userId, state: 'sent' })) },
      },
    });
    campaign = made.id;
    await addImport(database(), { by: lena, state: 'expired' });
    await addImport(database(), { by: lena, state: 'cancelled' });
    await database().prisma.campaign.create({
      data: { state: 'expired', filter: { ...emptyFilter() }, createdBy: lena, place: {} },
    });
  });
  afterAll(() => talk.audit.flush());

  /** The link button of an answer. */
  const linkOf = ({ replies }: Said) => {
    const [reply] = replies;
    const actions = reply?.view.kind === 'note' ? (reply.view.actions ?? []) : [];
    const [link] = actions.flatMap((action) => ('url' in action ? [action] : []));
    if (!link) throw new Error('No link');
    return link;
  };

  test('lists imports and campaigns, newest first, with what they were and how they went', async () => {
    const { text, replies } = await types('log');
    expect(text).toContain(`#${campaign} Campaign: department:"Ekonomi & Lön" user:14 · `);
    expect(text).toMatch(new RegExp(`#${campaign} .* · Lena Berg · done: 3 sent`));
    expect(text).toMatch(
      new RegExp(
        `#${imported} Import: anställda.csv .*: 1 created, 2 updated, 1 unchanged, 1 skipped, 1 rejected`,
      ),
    );
    expect(text.indexOf(`#${campaign} `)).toBeLessThan(text.indexOf(`#${imported} `));
    expect(replies).toMatchObject([{ replace: true }]);
  });

  test('says what to do where there is nothing to list', async () => {
    const [answer] = await command().run(requestWith(accessTo(['import'], ['nowhere'])), tokenize(''));
    expect(answer?.view).toMatchObject({ text: expect.stringContaining('Drop a CSV or Excel file here') });
  });

  test('does not list previews that nobody confirmed in time', async () => {
    expect((await types('log')).text.match(/#\d+/g)).toHaveLength(2);
  });

  test('speaks Swedish when it is asked in Swedish', async () => {
    const { text } = await types('logg');
    expect(text).toContain(`#${campaign} Utskick: avdelning:"Ekonomi & Lön" användare:14`);
    expect(text).toContain('klar: 1 skapad, 2 uppdaterade, 1 oförändrad, 1 överhoppad, 1 avvisad');
    expect((await types('loggen')).text).toBe(text);
  });

  test('A4 Show log hands a personal link to the one who pressed', async () => {
    const pressed = await talk.as('lena').presses('Show log', await types('log'));
    const link = linkOf(pressed);
    expect(pressed.text).toContain('is valid for ten minutes and can be used once');
    expect(link).toMatchObject({ label: 'Open the log' });
    const token = /^https:\/\/bot\.company\.se\/vc\/log\/([\w-]{43})$/.exec(link.url)?.[1] ?? '';
    expect(await sessions.redeem(token)).toMatchObject({ path: `/campaigns/${campaign}` });
    const again = linkOf(await talk.as('lena').presses('Show log', await types('log')));
    expect(again.url).not.toBe(link.url);
  });

  test.each(['log show #NR', 'log #NR', 'log NR', 'log show NR', 'logg visa #NR', 'logg visa # NR'])(
    'A4 %s gives a link to that log',
    async (line) => {
      const { url } = linkOf(await types(line.replace('NR', String(imported))));
      expect(await sessions.redeem(url.slice(-43))).toMatchObject({ path: `/imports/${imported}` });
    },
  );

  test('A4 the button of an export leads to its page, where the file is', async () => {
    const { id: by } = await database().prisma.person.findFirstOrThrow({ where: { platformId: 'lena' } });
    const id = await addExport(database(), { by, fileName: 'till flex.csv' });
    const list = await types('log');
    expect(list.text).toMatch(new RegExp(`#${id} Export: till flex.csv .* done: 3 users`));
    const shown = await types(`log show #${id}`);
    expect(shown.text).toContain(`The page with the file of export #${id}.`);
    expect(linkOf(shown)).toMatchObject({ label: 'Open the page' });
    expect(await sessions.redeem(linkOf(shown).url.slice(-43))).toMatchObject({ path: `/exports/${id}` });
    await database().prisma.export.delete({ where: { id } });
  });

  test('an unknown number, no number and nonsense are told what to do', async () => {
    expect((await types('log show #9999')).text).toContain(
      'There is no import, export or campaign #9999 to show. `/vc log` lists the ones there are.',
    );
    for (const line of ['log show', 'log show anna', 'log nonsense', 'log #1 #2', 'log show #99999999999']) {
      expect((await types(line)).text, line).toContain('Which log?');
    }
    expect((await types('log page:two')).text).toContain('"two" is not a page number.');
  });

  test('A2 it shows imports to those who may import, campaigns to those who may send', async () => {
    const numbers = async (...permissions: Permission[]) => {
      const [answer] = await command().run(requestWith(accessTo(permissions)), tokenize(''));
      return [...JSON.stringify(answer?.view).matchAll(/"log show #(\d+)"/g)].map((found) =>
        Number(found[1]),
      );
    };
    expect(await numbers('import', 'verify')).toEqual([campaign, imported]);
    expect(await numbers('import')).toEqual([imported]);
    expect(await numbers('verify')).toEqual([campaign]);
    expect(await numbers('users.view')).toEqual([]);
    const show = (id: number, permission: Permission) =>
      command().run(requestWith(accessTo([permission])), tokenize(`show #${id}`));
    await expect(show(campaign, 'import')).rejects.toMatchObject({ code: 'log_unknown' });
    await expect(show(imported, 'verify')).rejects.toMatchObject({ code: 'log_unknown' });
  });

  test('U8 people with protected identity are neither counted nor named without the permission', async () => {
    const [answer] = await command().run(requestWith(accessTo(['import', 'verify'])), tokenize(''));
    const shown = JSON.stringify(answer?.view);
    expect(shown).toContain('done: 2 sent');
    expect(shown).toContain('1 created, 1 updated, 1 unchanged');
    expect(shown).toContain('user:…');
    expect(shown).not.toContain('user:14');
  });

  test('A2 an employee cannot list anything', async () => {
    expect((await talk.as('anna').types('log')).text).toContain('Only people with permission can do this.');
    expect(await talk.trail()).toContain('anna C1: log list → no_permission');
  });

  test('pages are turned in place; beyond the last is the last', async () => {
    const { id: lena } = await database().prisma.person.findFirstOrThrow({ where: { platformId: 'lena' } });
    for (let i = 0; i < 10; i++) await addImport(database(), { by: lena, fileName: `file ${i}.csv` });
    const first = await types('log');
    expect(first.text).toContain('Page 1 of 2');
    expect(first.text).toContain('file 9.csv');
    const second = await talk.as('lena').presses('Next', first);
    expect(second.text).toContain('anställda.csv');
    expect(second.replies[0]?.replace).toBe(true);
    expect((await types('logg sida:99')).text).toContain('Sida 2 av 2');
    expect((await talk.as('lena').presses('Previous', second)).text).toContain('Page 1 of 2');
  });

  test('B2 a preview with nobody to send to is not said to wait for a confirmation', async () => {
    const { id: lena } = await database().prisma.person.findFirstOrThrow({ where: { platformId: 'lena' } });
    const previewed = async (...states: ('waiting' | 'skipped')[]) => {
      const users = await Promise.all(states.map(() => addUser(database())));
      const recipients = states.map((state, i) => ({ position: i + 1, userId: users[i] ?? 0, state }));
      const data = { filter: { ...emptyFilter(), all: true }, createdBy: lena, place: {} };
      const made = await database().prisma.campaign.create({
        data: { ...data, recipients: { create: recipients } },
      });
      return made.id;
    };
    const [nobody, skipped, somebody] = [
      await previewed(),
      await previewed('skipped'),
      await previewed('skipped', 'waiting'),
    ];
    const { text } = await types('log');
    expect(text).toMatch(new RegExp(`#${nobody} .* · nobody to send to`));
    expect(text).toMatch(new RegExp(`#${skipped} .* · nobody to send to`));
    expect(text).toMatch(new RegExp(`#${somebody} .* · waiting to be confirmed`));
    expect((await types('logg')).text).toContain('ingen att skicka till');
  });
});
