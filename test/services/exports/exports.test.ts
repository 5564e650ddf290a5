import iconv from 'iconv-lite';
import { beforeEach, describe, expect, test } from 'vitest';
import { CannotHand } from '../../../src/core/outbox.ts';
import { type ExportTemplate, exportTemplates } from '../../../src/rules/templates.ts';
import { partSize } from '../../../src/services/exports/parts.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { eachStore } from '../../support/database.ts';
import { channel, directWith } from '../../support/platform.ts';
import { accessTo } from '../../support/request.ts';
import { addUser } from '../../support/users.ts';
import { type House, openHouse } from './house.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

eachStore('exports', (database) => {
  let house: House;

  beforeEach(async () => {
    const { prisma, pool } = database();
    for (const table of ['press', 'live_message', 'export', 'person', '"user"', 'template'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    house = await openHouse(database());
  });

  const anna = {
    userId: '14',
    name: 'Anna Öberg',
    connect: 'anna@company.se',
    employments: [{ company: 'X', number: '0014', department: 'Ekonomi & Lön' }],
  };
  const bo = {
    userId: '15',
    name: 'Bo',
    connect: null,
    employments: [
      { company: 'X', number: '0015', department: 'IT' },
      { company: 'Y', number: '7', department: 'IT' },
    ],
  };

  async function own(name: string, more: Partial<ExportTemplate> = {}): Promise<void> {
    const draft = { ...exportTemplates.toFlex, ...more, name: { sv: name, en: name } };
    await createTemplates({ database: database() }).add({ ...draft, delimiter: more.delimiter ?? ';' }, {});
  }

  const confirm = (...userIds: string[]) =>
    database().prisma.user.updateMany({
      where: { userId: { in: userIds } },
      data: { connection: 'verified', verifiedAt: house.now() },
    });

  describe('the file', () => {
    test('has a row for each employment, with å ä ö and columns as Excel on a Swedish computer opens them', async () => {
      await addUser(database(), anna);
      await addUser(database(), bo);
      const file = await house.file(await house.exported('alla'));
      expect(file.toString()).toBe(
        [
          '\ufeffAnvändar-id;Anställningsnummer;Namn;Företag;Avdelning;E-post Visma Connect',
          '14;0014;Anna Öberg;X;Ekonomi & Lön;anna@company.se',
          '15;0015;Bo;X;IT;',
          '15;7;Bo;Y;IT;',
          '',
        ].join('\r\n'),
      );
    });

    test('is written as its template says, with every field that there is', async () => {
      await own('Allt', {
        fields: [
          'userId',
          'activated',
          'protectedIdentity',
          'language',
          'email',
          'office',
          'employedFrom',
          'employedTo',
          'signature',
        ],
        header: false,
        delimiter: '|',
        encoding: 'Windows-1252',
      });
      await addUser(database(), {
        ...anna,
        email: 'Anna.Oberg@company.se',
        active: false,
        protected: true,
        language: 'sv',
        employments: [{ office: 'Malmö', from: '2026-01-31', to: '2026-12-01' }],
      });
      const sv = await house.file(await house.exported('Allt alla'));
      expect(iconv.decode(sv, 'windows-1252')).toBe(
        '14|Nej|Ja|sv|Anna.Oberg@company.se|Malmö|2026-01-31|2026-12-01|\r\n',
      );
      const en = await house.file(await house.exported('allt all', { language: 'en' }));
      expect(iconv.decode(en, 'windows-1252')).toContain('14|No|Yes|sv|');
    });

    test('has a row for each user where its template tells of no employment', async () => {
      await own('Adresser', { fields: ['userId', 'connectEmail'] });
      await addUser(database(), bo);
      expect(await house.rows(await house.exported('Adresser'))).toEqual(['15;']);
    });

    test('a cell that a spreadsheet would run as a formula is written so that it cannot', async () => {
      await addUser(database(), { ...anna, name: '=HYPERLINK("http://x";1)' });
      const [row] = await house.rows(await house.exported('alla'));
      expect(row).toMatch(/^14;0014;"'=HYPERLINK\(/);
    });

    test('has the template as it was when it was asked for', async () => {
      await own('Vår', { fields: ['userId', 'name'] });
      await addUser(database(), anna);
      await house.asks('Vår');
      await database().prisma.template.deleteMany();
      const { id } = await database().prisma.export.findFirstOrThrow();
      await house.run('export-write', { exportId: id });
      expect(await house.rows(id)).toEqual(['14;Anna Öberg']);
    });

    test('has everybody, however many, page after page and part after part', async () => {
      const { prisma, pool } = database();
      await prisma.$executeRaw`
        insert into "user" (user_id, user_key, name, name_key)
        select 'n' || n, 'n' || n, 'Användare nummer ' || n, 'användare nummer ' || n from generate_series(1, 12003) n`;
      await prisma.$executeRaw`
        insert into employment (user_id, company, company_key, number)
        select id, 'Företaget AB', 'företaget ab', user_id from "user"`;
      const id = await house.exported('alla');
      const rows = await house.rows(id);
      expect(rows).toHaveLength(12_003);
      expect(new Set(rows).size).toBe(12_003);
      const { rows: parts } = await pool.query<{ size: number }>(
        'select length(bytes) as size from export_part where export_id = $1 order by part',
        [id],
      );
      expect(parts.length).toBeGreaterThan(2);
      expect(parts.slice(0, -1).every(({ size }) => size === partSize)).toBe(true);
      const status = await house.exports.status(id);
      expect(status).toMatchObject({ rows: 12_003, written: { users: 12_003 }, large: false });
      expect(status?.size).toBe((await house.file(id)).length);
    });
  });

  describe('whom it is about', () => {
    beforeEach(async () => {
      await addUser(database(), anna);
      await addUser(database(), bo);
      await addUser(database(), {
        ...anna,
        userId: '16',
        name: 'Cia',
        connect: null,
        protected: true,
        employments: [{ company: 'X', number: '0016' }],
      });
    });

    test('B1 a filter narrows users and the employments that are written; words narrow too', async () => {
      expect(await house.rows(await house.exported('företag:Y'))).toEqual(['15;7;Bo;Y;IT;']);
      expect(await house.rows(await house.exported('"E-post Visma Connect" öberg'))).toHaveLength(1);
      expect(await house.rows(await house.exported('E-post Visma Connect avdelning:IT bo'))).toHaveLength(2);
      await expect(house.asks('avdelning:Finans')).rejects.toMatchObject({ code: 'filter_unknown_value' });
    });

    test('without a filter everybody within reach is meant', async () => {
      expect(await house.rows(await house.exported('"E-post Visma Connect"'))).toHaveLength(4);
      expect(await house.rows(await house.exported('E-post Visma Connect som alla.csv'))).toHaveLength(4);
    });

    test('A2 users and employments out of reach are not in it', async () => {
      const access = accessTo(['export', 'protected'], ['y']);
      const id = await house.exported('all', { access });
      expect(await house.rows(id)).toEqual(['15;7;Bo;Y;IT;']);
      await expect(house.asks('company:X', { access })).rejects.toMatchObject({
        code: 'filter_unknown_value',
      });
    });

    test('U8 people with protected identity are neither in it nor counted without the permission', async () => {
      const access = accessTo(['export']);
      const id = await house.exported('all', { access });
      expect((await house.rows(id)).join()).not.toContain('Cia');
      expect(await house.exports.status(id)).toMatchObject({ expected: { users: 2, shielded: 0 } });
      expect(await house.asks('company:X cia', { access })).toContain('ingen att exportera');
    });

    test('U8 A2 a file that was made within a wider reach is unknown, by its number too', async () => {
      const id = await house.exported('alla');
      for (const access of [accessTo(['export']), accessTo(['export', 'protected'], ['x'])]) {
        await expect(house.asks(`file #${id}`, { access })).rejects.toMatchObject({ code: 'export_unknown' });
      }
      expect(await house.asks(`fil #${id}`)).toContain('Jag får inte lämna över filer här');
    });

    test('nobody is told, and nothing is made', async () => {
      expect(await house.asks('status:kopplad')).toContain('Det finns ingen att exportera');
      expect(await database().prisma.export.count()).toBe(0);
      expect(await house.queued()).toEqual([]);
    });
  });

  describe('what was confirmed since the last time', () => {
    beforeEach(async () => {
      for (const userId of ['1', '2', '3'])
        await addUser(database(), { userId, employments: [{ company: 'X', number: `00${userId}` }] });
    });
    const toFlex = 'Till Flex HRM sedan-sist';

    test('is everybody who has confirmed the first time, then whoever has since', async () => {
      expect(await house.asks(toFlex)).toContain('ingen att exportera');
      await confirm('1');
      house.pass(minute);
      expect(await house.rows(await house.exported(toFlex))).toEqual(['1\t001\t1@company.se']);
      house.pass(minute);
      expect(await house.asks('Till Flex HRM sedan sist')).toMatch(
        /ingen att exportera.*\n.*sedan förra exporten, den 21 november kl\. 14\.03\./,
      );
      await confirm('3');
      house.pass(minute);
      expect(await house.rows(await house.exported('"To Flex HRM" since-last'))).toEqual([
        '3\t003\t3@company.se',
      ]);
    });

    test('whoever confirmed while the last one was written is in the next one as well', async () => {
      await confirm('1');
      await house.exported(toFlex);
      house.pass(minute);
      await confirm('2');
      await database().prisma.user.updateMany({
        where: { userId: '2' },
        data: { verifiedAt: new Date(house.now().getTime() - minute - 1_000) },
      });
      expect(await house.rows(await house.exported(toFlex))).toHaveLength(2);
    });

    test('everything is exported as well; that counts as a last time, and is not affected by one', async () => {
      await confirm('1');
      house.pass(minute);
      expect(await house.rows(await house.exported('Till Flex HRM'))).toHaveLength(3);
      house.pass(minute);
      expect(await house.asks(toFlex)).toContain('ingen att exportera');
      expect(await house.rows(await house.exported('Till Flex HRM alla'))).toHaveLength(3);
    });

    test('another template, filter or reach, and an export that came to nothing, are no last time', async () => {
      await confirm('1');
      house.pass(minute);
      await house.exported('Till Flex HRM användare:1');
      await house.exported('E-post Visma Connect');
      await house.exported('Till Flex HRM', { access: accessTo(['export']) });
      await house.asks('Till Flex HRM');
      house.pass(minute);
      expect(await house.rows(await house.exported(toFlex))).toHaveLength(1);
      expect(await house.asks('Till Flex HRM användare:1 sedan-sist')).toContain('ingen att exportera');
    });
  });

  describe('since the last time, of some', () => {
    test.each([
      ['avdelning:IT', '`avdelning:`'],
      ['kontor:Umeå aktiv:ja', '`kontor:` och `aktiv:`'],
      ['roll:administratör', '`roll:`'],
    ])('%s is refused: whoever is moved there later would be in no file', async (filter, keys) => {
      await addUser(database(), {
        employments: [{ company: 'X', number: '1', department: 'IT', office: 'Umeå' }],
      });
      await expect(house.asks(`Till Flex HRM ${filter} sedan-sist`)).rejects.toMatchObject({
        code: 'export_since_passing',
        text: { sv: expect.stringContaining(`Ta bort ${keys} eller \`sedan-sist\``) },
      });
    });

    test('of a company, whoever has come to it is there, though they confirmed before', async () => {
      const { prisma } = database();
      await addUser(database(), { userId: '1', employments: [{ company: 'X', number: '001' }] });
      const bo = await addUser(database(), { userId: '2', employments: [{ company: 'Y', number: '002' }] });
      await addUser(database(), { userId: '3', employments: [{ company: 'Y', number: '003' }] });
      await confirm('1', '2');
      house.pass(minute);
      const ofX = 'Till Flex HRM företag:X sedan-sist';
      expect(await house.rows(await house.exported(ofX))).toEqual(['1\t001\t1@company.se']);
      house.pass(minute);
      await prisma.employment.create({
        data: { userId: bo, company: 'X', companyKey: 'x', number: '902', addedAt: house.now() },
      });
      house.pass(minute);
      expect(await house.rows(await house.exported(ofX))).toEqual(['2\t902\t2@company.se']);
      house.pass(minute);
      expect(await house.asks(ofX)).toContain('ingen att exportera');
    });
  });

  describe('what is told', () => {
    beforeEach(async () => {
      await addUser(database(), anna);
      await addUser(database(), { ...bo, protected: true });
    });

    test('alone with the bot: progress, then the file’s name, what is in it, and a button for it', async () => {
      expect(await house.asks('användare:14 som "kollegor & vänner.csv"')).toBe('');
      const [progress] = await house.draw();
      expect(progress).toMatch(/Export #\d+ pågår\n.*0 av 1 användare är skrivna/s);
      const { id } = await database().prisma.export.findFirstOrThrow();
      await house.run('export-write', { exportId: id });
      const [done] = await house.draw();
      expect(done).toContain(`Export #${id}: kollegor & vänner.csv`);
      expect(done).toContain('Klart. 1 användare, ');
      expect(done).toContain('Mall: E-post Visma Connect.\nUrval: användare:14');
      expect(done).toContain('[Hämta filen] [Visa logg]');
      expect(house.platform.posted).toHaveLength(1);
    });

    test('A3 U8 where others read: counts alone, in the organisation’s language', async () => {
      const line = 'export:"Connect e-mail" user:14 user:15 o as secret.csv';
      const answer = await house.asks(line, { place: channel, language: 'en' });
      expect(answer).toMatch(
        /Export #\d+ has begun\. Once it is done you get the file in our direct conversation/,
      );
      const { id } = await database().prisma.export.findFirstOrThrow();
      await house.run('export-write', { exportId: id });
      const [shown = ''] = await house.draw();
      expect(shown).toContain('Klart. 1 användare. Filen skickas bara till den som bad om den.');
      expect(shown).toContain('Urval: användare:… …');
      expect(shown).not.toMatch(/secret|Anna|användare:14|e-mail|Mall/);
      expect(house.platform.posted.map(({ place }) => place)).toEqual([channel]);
      expect((await house.file(id)).toString()).toContain('User-ID');
    });

    test('where the bot may not post, whoever asked alone', async () => {
      house.platform.closed.add(channel.id);
      await house.exported('alla', { place: channel });
      const [shown] = await house.draw();
      expect(shown).toContain('[Hämta filen]');
      expect(house.platform.posted.map(({ place }) => place)).toEqual([directWith('lena')]);
    });
  });

  describe('handing it over', () => {
    let id: number;
    beforeEach(async () => {
      await addUser(database(), anna);
      id = await house.exported('alla som lista', { place: channel });
    });
    const hand = () => house.run('export-hand', { exportId: id });

    test('to whoever asked alone, once', async () => {
      expect(await house.queued()).toContain('export-hand');
      await hand();
      await hand();
      expect(house.handed).toHaveLength(1);
      const [file] = house.handed;
      expect(file).toMatchObject({ to: directWith('lena'), name: 'lista.csv' });
      expect(file?.about).toBe(`Export #${id}: 1 användare, med mallen ”E-post Visma Connect”.`);
      expect(file?.bytes.equals(await house.file(id))).toBe(true);
    });

    test('is tried again while the platform is silent, and not where it lets no bot hand over files', async () => {
      house.refuses(new Error('silent'));
      await expect(hand()).rejects.toThrow('silent');
      house.refuses(new CannotHand());
      await hand();
      house.refuses(undefined);
      await hand();
      expect(house.handed).toEqual([]);
      expect(await house.asks(`fil #${id}`)).toContain('Jag får inte lämna över filer här');
    });

    test('A1 A2 not to somebody who may not have it any more', async () => {
      house.dismissAdmins();
      await hand();
      expect(house.handed).toEqual([]);
    });

    test('not in chat where it is large: its page has it', async () => {
      await database().prisma.export.update({ where: { id }, data: { size: 6 * 1024 * 1024 } });
      expect(await house.asks(`fil #${id}`)).toContain('för stor för chatten');
      expect(await house.answers(`fil #${id}`)).toEqual([{ view: expect.anything() }]);
      const [shown] = await house.draw();
      expect(shown).toContain('[Visa logg]');
    });
  });

  describe('what goes wrong', () => {
    beforeEach(async () => {
      await addUser(database(), anna);
    });
    const write = (id: number) => house.run('export-write', { exportId: id });
    async function begun(line: string): Promise<number> {
      await house.asks(line);
      return (await database().prisma.export.findFirstOrThrow({ orderBy: { id: 'desc' } })).id;
    }

    test('a program that stops half-way leaves nothing of its file to the one that goes on', async () => {
      const id = await begun('alla');
      const stopping = new AbortController();
      stopping.abort();
      await house.run('export-write', { exportId: id }, stopping.signal);
      await expect(house.asks(`fil #${id}`)).rejects.toMatchObject({ code: 'export_writing' });
      await database().pool.query('insert into export_part values ($1, 0, $2), ($1, 1, $2)', [
        id,
        Buffer.from('half of it'),
      ]);
      await write(id);
      const before = await house.file(id);
      await write(id);
      expect(await house.file(id)).toEqual(before);
      expect(before.toString()).not.toContain('half of it');
    });

    test('it is tried again, then given up and told', async () => {
      const id = await begun('alla');
      await database().prisma.$executeRaw`update export set template = template || '{"encoding": "none"}'`;
      for (let tries = 1; tries < 5; tries++) await expect(write(id)).rejects.toThrow();
      await write(id);
      const [shown] = await house.draw();
      expect(shown).toContain('Det finns ingen fil');
      await expect(house.asks(`fil #${id}`)).rejects.toMatchObject({ code: 'export_failed' });
      expect(await database().prisma.exportPart.count()).toBe(0);
    });

    test('a file is gone after a day, and its message says so', async () => {
      const id = await begun('alla');
      await write(id);
      house.pass(day - 1);
      await house.run('purge');
      expect(await house.file(id)).not.toHaveLength(0);
      house.pass(1);
      await expect(house.asks(`fil #${id}`)).rejects.toMatchObject({ code: 'export_gone' });
      await house.run('export-hand', { exportId: id });
      expect(house.handed).toEqual([]);
      await house.run('purge');
      expect(await database().prisma.exportPart.count()).toBe(0);
      const [shown] = await house.draw();
      expect(shown).toContain('Filen är borttagen');
      expect(shown).not.toContain('[Hämta filen]');
    });

    test('exports go after 90 days, but for the last of its kind that names nobody, which the next one goes on from', async () => {
      const ids = [];
      for (const line of ['Till Flex HRM', 'Till Flex HRM', 'alla', 'användare:14', 'alla anna']) {
        ids.push(await begun(line));
        await write(ids.at(-1) ?? 0);
        house.pass(minute);
      }
      house.pass(91 * day);
      await house.run('purge');
      const left = await database().prisma.export.findMany({ orderBy: { id: 'asc' } });
      expect(left.map(({ id }) => id)).toEqual(ids.slice(1, 3));
    });

    test('A6 a form that is submitted twice exports once', async () => {
      const [press = ''] = await house.presses.keep([{ line: 'export form', acting: true }], {
        personId: null,
      });
      const values = { template: 'export:toFlex', what: 'all', name: 'flex' };
      await house.submits(values, { press });
      await expect(house.submits(values, { press })).rejects.toMatchObject({ code: 'press_spent' });
      const made = await database().prisma.export.findMany();
      expect(made.map(({ fileName, templateKey }) => [fileName, templateKey])).toEqual([
        ['flex.csv', 'export:toFlex'],
      ]);
    });

    test.each([
      [{ filter: 'avdelnin:IT' }, 'filter', 'filter_unknown_key'],
      [{ filter: 'avdelning:"IT' }, 'filter', 'unbalanced_quote'],
      [{ filter: 'avdelning:Rymden' }, 'filter', 'filter_unknown_value'],
      [{ filter: 'aktiv:ja', what: 'new' }, 'filter', 'export_since_passing'],
      [{ name: 'a/b.csv' }, 'name', 'export_name_unfit'],
      [{ template: 'own:99' }, 'template', 'template_unnamed'],
    ])('a form that says %j is refused at its field', async (values, field, code) => {
      const submitted = house.submits({ template: 'export:toFlex', what: 'all', ...values });
      await expect(submitted).rejects.toMatchObject({ field, code });
      expect(await database().prisma.export.count()).toBe(0);
    });

    test('the form is what no words ask for, and offers every export template', async () => {
      await own('Vår');
      expect(await house.asks('')).toBe('form: Exportera');
      expect(await house.asks('formulär Vår')).toBe('form: Exportera');
      await expect(house.asks('fil')).rejects.toMatchObject({ code: 'export_no_number' });
    });
  });
});
