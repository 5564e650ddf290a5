import { afterEach, beforeEach, expect, test } from 'vitest';
import { exportCommand } from '../../src/commands/export.ts';
import { createExports } from '../../src/services/exports/index.ts';
import { createFilters } from '../../src/services/filter.ts';
import { createMessages } from '../../src/services/messages.ts';
import { createTemplates } from '../../src/services/templates.ts';
import { eachStore } from '../support/database.ts';
import { addExport } from '../support/exports.ts';
import { createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

eachStore('/vc export', (database) => {
  let talk: Talk;
  const types = (line: string, who = 'lena') => talk.as(who).types(line);
  const made = async () =>
    (await database().prisma.export.findMany({ orderBy: { id: 'asc' } })).map(
      ({ fileName, templateKey, language }) => [fileName, templateKey, language],
    );

  beforeEach(async () => {
    for (const table of ['audit', 'press', 'live_message', 'export', '"user"', 'template'])
      await database().prisma.$executeRawUnsafe(`delete from ${table}`);
    talk = createTalk(database(), {
      commands: (store) => [
        exportCommand({
          exports: createExports({ database: store, messages: createMessages(), language: 'sv' }),
          filters: createFilters(store),
          templates: createTemplates({ database: store }),
        }),
      ],
    });
    await addUser(database(), { userId: '14', employments: [{ company: 'X', department: 'IT' }] });
  });
  afterEach(() => talk.audit.flush());

  test('begins what a line asks for, in the language of its words', async () => {
    const { text } = await types('exportera Till Flex HRM avdelning:IT som flex');
    expect(text).toMatch(/^Export #\d+ har börjat/);
    await types('export all as everybody.csv');
    expect(await made()).toEqual([
      ['flex.csv', 'export:toFlex', 'sv'],
      ['everybody.csv', 'export:connectEmail', 'en'],
    ]);
  });

  test('a line is one in a direct message too, whatever its values are called', async () => {
    await talk.as('lena').writes('exportera avdelning:IT som it.csv');
    await talk.as('lena').writes('export all as login');
    expect(await made()).toEqual([
      ['it.csv', 'export:connectEmail', 'sv'],
      ['login.csv', 'export:connectEmail', 'en'],
    ]);
    expect((await talk.as('anna').writes('exportera alla som login.csv')).text).not.toContain('xport');
  });

  test('its form says what is wrong at the field, and works once', async () => {
    const form = await types('export');
    const values = { template: 'export:toFlex', what: 'all' };
    const wrong = await talk.submits('lena', form, { ...values, filter: 'departmnt:IT' });
    expect(wrong).toEqual({ faults: { filter: expect.stringContaining('Did you mean `department:`?') } });
    expect(await talk.submits('lena', form, { ...values, name: 'a|b' })).toEqual({
      faults: { name: expect.stringContaining('cannot be called') },
    });
    const right = await talk.submits('lena', form, { ...values, filter: 'department:IT', name: 'it' });
    expect(right).toMatchObject({ replies: [{ view: { text: expect.stringContaining('has begun') } }] });
    expect(JSON.stringify(await talk.submits('lena', form, values))).toContain('This is already done');
    expect(await made()).toEqual([['it.csv', 'export:toFlex', 'en']]);
  });

  test('a slip of a filter’s key is told as one, though no template is called so', async () => {
    expect((await types('exportera avdelnign:IT')).text).toContain('Menade du `avdelning:`?');
    expect((await types('exportera alla per kontor')).text).toContain('Skriv `per avdelning`');
    expect(await made()).toEqual([]);
  });

  test('hands a file over by its line, and says where it is where that cannot be', async () => {
    await types('whoami');
    const { id: by } = await database().prisma.person.findFirstOrThrow({ where: { platformId: 'lena' } });
    const id = await addExport(database(), { by, fileName: 'lista.csv' });
    const { replies, text } = await types(`export file #${id}`);
    expect(text).toContain('I may not hand over files here.');
    expect(replies[0]?.file).toMatchObject({
      name: 'lista.csv',
      about: `Export #${id}: 3 users, by the template "Connect e-mail".`,
    });
    const taken = await talk.dispatch.take(
      { place: { surface: 'test', tenant: 'T1', id: 'D-lena', kind: 'direct' }, platformId: 'lena' },
      replies[0]?.file?.id ?? '',
    );
    expect(taken).toMatchObject({ file: { name: 'lista.csv', size: 18 } });
  });

  test('A2 A5 takes the permission, and every attempt is written down without what was written', async () => {
    await types('export all', 'anna');
    await types('export');
    await types('export company:X user:14 as secret.csv');
    await types('export file #999');
    await types('export Secret');
    expect(await talk.trail()).toEqual([
      'anna C1: export → no_permission',
      'lena C1: export form → done',
      'lena C1: export → done',
      'lena C1: export file → export_unknown',
      'lena C1: export → template_unknown',
    ]);
  });
});
