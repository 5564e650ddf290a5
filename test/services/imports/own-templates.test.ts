import { beforeEach, describe, expect, test } from 'vitest';
import { plain } from '../../../src/core/plain.ts';
import { refuse } from '../../../src/errors.ts';
import { fieldNames } from '../../../src/rules/fields.ts';
import { matching } from '../../../src/rules/template-match.ts';
import {
  exportTemplates,
  type ImportTemplate,
  type Template,
  templates,
} from '../../../src/rules/templates.ts';
import type { ImportStatus } from '../../../src/services/imports/index.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { channel, createPlatform, directWith } from '../../support/platform.ts';
import { addUser } from '../../support/users.ts';
import { addPerson, everything, openHouse } from './house.ts';

const ours = matching({ ...exportTemplates.toFlex, delimiter: ';' });
const decide = { personId: 0, reach: everything };

eachStore('imports by one’s own templates', (database) => {
  let house: ReturnType<typeof openHouse>;
  let files: Map<string, string>;
  let drops = 0;
  let lena: number;

  beforeEach(async () => {
    const { prisma, place } = database();
    for (const table of ['press', 'live_message', 'import', 'person', '"user"', 'template'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    files = new Map();
    lena = await addPerson(database());
    const download = async (source: unknown) => {
      const file = files.get((source as { file: string }).file);
      if (file === undefined) throw refuse('file_gone');
      return (async function* () {
        yield Buffer.from(file);
      })();
    };
    house = openHouse({ database: database(), dataDir: place.dataDir, platform: createPlatform(), download });
    for (const number of ['0014', '0015', '0016'])
      await addUser(database(), {
        userId: number.slice(2),
        connect: null,
        employments: [{ company: 'X', number }],
      });
  });

  const own = async (more: Partial<ImportTemplate> = {}, name = 'Vår'): Promise<Template> =>
    createTemplates({ database: database() }).add({ ...ours, ...more, name: { sv: name, en: name } }, {});

  /** Drops a file, lets it be read, and tells how the import stands. */
  async function dropped(text: string, place = directWith('lena')): Promise<ImportStatus> {
    const file = `${++drops}`;
    files.set(file, text);
    await house.imports.begin(
      { name: 'file.csv', source: { file } },
      { personId: lena, place, language: 'sv', reach: everything },
    );
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    return readAgain(id);
  }

  async function readAgain(importId: number): Promise<ImportStatus> {
    await house.run('import-read', { importId });
    const status = await house.imports.status(importId);
    if (!status) throw new Error('it is gone');
    return status;
  }

  async function chosen({ id }: ImportStatus, template: Template): Promise<ImportStatus> {
    if (template.purpose !== 'import') throw new Error('it is no import template');
    await house.imports.choose(id, template, decide);
    return readAgain(id);
  }

  async function applied({ id }: ImportStatus): Promise<ImportStatus> {
    await house.imports.confirm(id, decide);
    await house.run('import-apply', { importId: id });
    const status = await house.imports.status(id);
    if (!status) throw new Error('it is gone');
    return status;
  }

  const shown = (status: ImportStatus) =>
    plain(importMessage(status, { language: 'sv', audience: 'caller' }), 'sv').replaceAll('\u00a0', ' ');
  const users = async () =>
    (await database().prisma.user.findMany({ orderBy: { userKey: 'asc' } })).map(
      ({ userId, name, connectEmail }) => `${userId} ${name} ${connectEmail}`,
    );

  const bare = '14;0014;a@x.se\n15;0015;b@x.se\n16;0016;\n';
  const named = 'Användar-id;Anställningsnummer;E-post Visma Connect;Kontor\n14;0014;a@x.se;Malmö\n';

  test('I2 a file without column names is read by the one that fits it, which says so; of several alike, by the one changed last', async () => {
    await own({ header: false, fields: ['employmentNumber', 'userId', 'connectEmail'] }, 'Bakvänd');
    await own({ header: false });
    await own({ header: false, fields: ['userId', 'employmentNumber', 'email'], does: 'change' }, 'Sist');
    const previewed = await dropped(bare);
    const text = shown(previewed);
    expect(text).toContain('3 rader: 2 ändras, 1 är oförändrad.');
    expect(text).toContain('Avgränsare: semikolon. Ingen rubrikrad.');
    expect(text).toContain('Mallen ”Sist” valdes');
    expect(previewed.others.map(({ name }) => name.sv)).toContain('Vår');
  });

  test('I2 the one whose rows name users that are there is taken, not the one changed last', async () => {
    await own({ header: false });
    await own({ header: false, fields: ['employmentNumber', 'userId', 'connectEmail'] }, 'Bakvänd');
    const previewed = await dropped(bare);
    expect(previewed).toMatchObject({ state: 'previewed', guessed: true, template: { name: { sv: 'Vår' } } });
    expect((await applied(previewed)).counts).toMatchObject({ u: 2, e: 1 });
    expect(await users()).toEqual([
      expect.stringMatching(/^14 .* a@x.se$/),
      expect.stringMatching(/^15 .* b@x.se$/),
      expect.stringMatching(/null$/),
    ]);
  });

  test('I2 a file that no template bears out is refused as before', async () => {
    await own({ header: false });
    for (const text of [
      'Vara;Pris;Antal\nBil;5;1\n',
      '97;0097;c@x.se\n98;0098;d@x.se\n',
      '14;0014;inte en adress\n15;0099;X\n',
    ]) {
      const { state, fault } = await dropped(text);
      expect([state, fault?.sv]).toEqual([
        'failed',
        expect.stringContaining('känner inte igen någon rubrik'),
      ]);
    }
  });

  test('I2 the preview offers the others that fit; another one is read by anew, and back again', async () => {
    const byPlace = await own();
    await own({ header: false }, 'Utan rubriker');
    await own({ delimiter: '|' }, 'Annan avgränsare');
    const change = await own(
      { byHeader: true, does: 'change', fields: ['userId', 'employmentNumber', 'office'] },
      'Kontor',
    );
    const previewed = await dropped(named);
    expect(previewed.template).toEqual(templates.connectEmail);
    expect(previewed.others.map(({ name }) => name.sv).sort()).toEqual([
      'Anställda',
      'Kontor',
      'Utan rubriker',
      'Vår',
    ]);

    const byOurs = await chosen(previewed, byPlace);
    expect(byOurs).toMatchObject({ state: 'previewed', guessed: false, template: byPlace });
    expect(shown(byOurs)).toContain(
      'Kolumner som läses: Användar-id, Anställningsnummer och E-post Visma Connect.',
    );
    expect(shown(byOurs)).toContain('Kolumner som ignoreras: Kontor.');

    const byOffice = await chosen(byOurs, change);
    expect(byOffice.counts).toEqual({ u: 1, changes: 1 });
    const back = await chosen(byOffice, templates.connectEmail);
    expect(back.template).toEqual(templates.connectEmail);
    expect(shown(back)).toContain('1 adress sparas');
    const office = await applied(await chosen(back, change));
    expect(office.counts).toEqual({ u: 1, changes: 1 });
    expect(await database().prisma.employment.findFirst({ where: { number: '0014' } })).toMatchObject({
      office: 'Malmö',
    });
    expect((await users())[0]).toMatch(/null$/);
  });

  test('I2 A3 a template that the file disagrees with leaves the preview as it was, and shows both orders', async () => {
    const backwards = await own({ fields: ['employmentNumber', 'userId', 'connectEmail'] }, 'Bakvänd');
    const previewed = await dropped(named);
    const tried = await chosen(previewed, backwards);
    expect(tried).toMatchObject({
      state: 'previewed',
      template: templates.connectEmail,
      counts: previewed.counts,
    });
    expect(shown(tried)).toContain(
      'Rad 1 i filen: Användar-id, Anställningsnummer, E-post Visma Connect, Kontor.',
    );
    expect(shown(tried)).toContain('Mallen: Anställningsnummer, Användar-id och E-post Visma Connect.');
    const inChannel = plain(importMessage(tried, { language: 'sv', audience: 'place' }), 'sv');
    expect(inChannel).toContain('gick inte att läsa med den mall eller det blad som valdes');
    expect(inChannel).not.toContain('Rad 1 i filen');
    const done = await applied(tried);
    expect([done.counts, done.fault]).toEqual([{ u: 1 }, undefined]);
  });

  test('I2 a template whose fields the file does not have is refused at once', async () => {
    const lacking = await own({ byHeader: true, fields: ['userId', 'employmentNumber', 'name'] });
    const { id } = await dropped(named);
    if (lacking.purpose !== 'import') throw new Error('it is no import template');
    await expect(house.imports.choose(id, lacking, decide)).rejects.toThrow(
      'The file lacks what the template "Vår" needs: Name.',
    );
    expect(await house.imports.status(id)).toMatchObject({ state: 'previewed' });
  });

  test('I2 a file that cannot be fetched again keeps its preview; dropped again, it is read as was wished', async () => {
    const change = await own({ does: 'change' });
    const previewed = await dropped(named);
    files.clear();
    const tried = await chosen(previewed, change);
    expect(shown(tried)).toContain('Släpp den här igen');
    expect(tried.template).toEqual(templates.connectEmail);
    expect((await dropped(named)).template).toEqual(change);
  });

  test('an import keeps the template that it was read by, whatever becomes of that', async () => {
    const template = await own({ header: false });
    const service = createTemplates({ database: database() });
    const previewed = await dropped(bare);
    await service.change(template, { ...ours, does: 'change', name: { sv: 'Ny', en: 'Ny' } }, {});
    await service.remove(template, {});
    expect((await house.imports.status(previewed.id))?.template).toEqual(template);
    expect((await applied(previewed)).template).toEqual(template);
    expect((await users())[0]).toContain('a@x.se');
  });

  test('I8 in a channel a file that one’s own template fits is announced, as counts', async () => {
    await own({ header: false });
    await dropped(bare, channel);
    expect(await database().prisma.liveMessage.count()).toBe(1);
    await dropped('Vara;Pris;Antal\nBil;5;1\n', channel);
    expect(await database().prisma.liveMessage.count()).toBe(1);
  });

  describe('I3 what a template does with the rows', () => {
    const head = ['userId', 'employmentNumber', 'company', 'name'] as const;
    const text = `${head.map((field) => fieldNames[field].sv).join(';')}\n14;0014;X;Ny\n15;9;X;Ny\n99;0099;X;Ny\n`;

    test.each([
      ['change', { u: 1, i: 1, x: 1, renames: 1 }, 3],
      ['create', { u: 1, f: 1, c: 1, renames: 2 }, 4],
    ] as const)('%s', async (does, counts, number) => {
      const template = await own({ fields: head, does });
      const planned = await chosen(await dropped(text), template);
      expect(planned.counts).toEqual(counts);
      expect((await applied(planned)).counts).toEqual(counts);
      expect(await users()).toHaveLength(number);
      expect((await users())[0]).toBe('14 Ny null');
    });
  });
});
