import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Reach } from '../../../src/core/access.ts';
import { fold } from '../../../src/rules/text.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { everything } from './house.ts';
import { openPreviewer } from './previewer.ts';

const head = 'Användar-id;Anställningsnummer;E-post Visma Connect';
const names = ['anna', 'bo', 'cia', 'dag', 'eva', 'finn', 'gun', 'hans', 'ida', 'jan'];

eachStore('what a preview points out', (database) => {
  let previewOf: Awaited<ReturnType<typeof openPreviewer>>['preview'];
  let goesOn: Awaited<ReturnType<typeof openPreviewer>>['goesOn'];

  beforeEach(async () => {
    ({ preview: previewOf, goesOn } = await openPreviewer(database()));
    for (const userId of names)
      await addUser(database(), { userId, connect: null, employments: [{ number: `0${userId}` }] });
  });

  /** Reads a file with these addresses, one for each of the users. */
  async function preview(addresses: Record<string, string>, reach: Reach = everything) {
    const rows = names.map((name) => `${name};0${name};${addresses[name] ?? `${name}@foretaget.se`}`);
    return previewOf([head, ...rows], reach);
  }

  test('slips in domains, with their rows, to whoever dropped the file', async () => {
    const { caller } = await preview({
      cia: 'cia@gmial.com',
      gun: 'gun@foretaget.es',
      ida: 'ida@foretagt.se',
    });
    expect(caller).toContain('3 rader har en adress som ser felskriven ut efter @.');
    expect(caller).toContain(
      'Rad 4 (cia@gmial.com: gmail.com?), 8 (gun@foretaget.es: foretaget.se?) och 10 (ida@foretagt.se: foretaget.se?).',
    );
  });

  test('A3 a place is told how many there are, and no more', async () => {
    const { place } = await preview({ cia: 'cia@gmial.com', dag: 'dåg@foretaget.se' });
    expect(place).toContain('1 rad har en adress som ser felskriven ut efter @.');
    expect(place).not.toMatch(/@\w|gmial|gmail|cia|[Rr]ad 4/);
  });

  test('U8 no example is of somebody with protected identity, for whoever may not know of them', async () => {
    await database().prisma.user.updateMany({ where: { userKey: 'cia' }, data: { protectedIdentity: true } });
    const slips = { cia: 'cia@gmial.com', gun: 'gun@gmial.com' };
    const { caller } = await preview(slips, { companies: 'all', protected: false });
    expect(caller).toContain('1 rad har en adress som ser felskriven ut');
    expect(caller).toContain('Rad 8 (gun@gmial.com: gmail.com?).');
    expect(caller).not.toContain('cia@');
    expect((await preview(slips)).caller).toContain('Rad 4 (cia@gmial.com: gmail.com?) och 8');
  });

  test('D1 an allowed domain is no slip, however near to others; what is not allowed is told what may be meant', async () => {
    const { prisma } = database();
    await prisma.allowedDomain.createMany({ data: [{ entry: 'foretaget.se' }, { entry: 'foretaget.es' }] });
    expect((await preview({ gun: 'gun@foretaget.es' })).caller).not.toContain('felskriven');
    await prisma.allowedDomain.deleteMany({ where: { entry: 'foretaget.es' } });
    const { caller } = await preview({ gun: 'gun@foretaget.es' });
    expect(caller).toContain('1 med otillåten domän: rad 8 (gun@foretaget.es: foretaget.se?)');
    expect(caller).not.toContain('felskriven');
  });

  test('a domain in which somebody has proved an address is no slip', async () => {
    await addUser(database(), { connect: 'zoe@foretaget.es', connection: 'connected' });
    expect((await preview({ gun: 'gun@foretaget.es' })).caller).not.toContain('felskriven');
  });

  test('what stands around addresses is named, and the address read', async () => {
    const { caller } = await preview({ anna: 'mailto:anna@foretaget.se', bo: 'Bo Ek <bo@foretaget.se>' });
    expect(caller).toContain('10 adresser sparas');
    expect(caller).toContain('2 rader har något runt adressen, till exempel ett namn eller mailto:.');
    expect(caller).toContain('Rad 2 (mailto:anna@foretaget.se) och 3 (Bo Ek <bo@foretaget.se>).');
  });

  test('I4 faulty addresses with what may be meant, and two people with one address', async () => {
    const { caller } = await preview({
      anna: 'åsa.öst@foretaget.se',
      bo: 'bo@foretaget,se',
      cia: 'samma@foretaget.se',
      dag: 'dag',
      jan: 'Samma@foretaget.se',
    });
    expect(caller).toContain(
      '3 med ogiltig e-postadress: rad 2 (åsa.öst@foretaget.se: asa.ost@foretaget.se?), 3 (bo@foretaget,se: bo@foretaget.se?) och 5 (dag)',
    );
    expect(caller).toContain(
      '2 med en adress som flera har i filen: rad 4 (samma@foretaget.se) och 11 (Samma@foretaget.se)',
    );
  });

  test('I4 rows that are rejected for something else, each with what shows it', async () => {
    await addUser(database(), { connect: 'upptagen@foretaget.se' });
    const { caller, place } = await previewOf([
      head,
      'okänd;0okänd;okand@foretaget.se',
      'bo;0anna;bo@foretaget.se',
      ';0cia;cia@foretaget.se',
      'dag;0dag;dag@foretaget.se;mer',
      'eva;0eva;upptagen@foretaget.se',
      'finn;0finn;finn@foretaget.se',
      'finn;0finn;f.ek@foretaget.se',
    ]);
    for (const line of [
      '1 med okänt användar-id: rad 2 (okänd)',
      '1 där användar-id och nummer inte hör ihop: rad 3 (bo / 0anna)',
      '1 där användar-id, nummer eller företag saknas: rad 4',
      '1 med fel antal kolumner eller en för lång cell: rad 5',
      '1 med en adress som någon annan har: rad 6 (upptagen@foretaget.se)',
      '2 där användaren har flera adresser i filen: rad 7 (finn@foretaget.se) och 8 (f.ek@foretaget.se)',
    ])
      expect(caller).toContain(line);
    expect(place).toContain('1 med okänt användar-id');
    // Its last line tells in which row the names of columns stand.
    expect(place.replace('Rubriker på rad 1.', '')).not.toMatch(/rad \d|okänd\b|@/i);
  });

  test('U8 no example of rows that may be about anybody, for whoever may not know of protected people', async () => {
    const rows = [head, 'okänd;0okänd;okand@foretaget.se', 'bo;0anna;bo@foretaget.se', 'dag;0dag;dag'];
    const { caller } = await previewOf(rows, { companies: 'all', protected: false });
    expect(caller).toContain('1 med okänt användar-id\n');
    expect(caller).toContain('1 där användar-id och nummer inte hör ihop\n');
    expect(caller).toContain('1 med ogiltig e-postadress: rad 4 (dag)');
  });

  test('a User-ID that looks like an address is not mended', async () => {
    const { caller } = await previewOf([head, 'åsa@foretaget.se;1;a@foretaget.se']);
    expect(caller).toContain('1 med okänt användar-id: rad 2 (åsa@foretaget.se)\n');
  });

  test('nothing is pointed out in a file that is as it should be', async () => {
    const { caller } = await preview({ cia: 'cia@gmail.com', gun: 'gun@foretaget.de' });
    expect(caller).not.toMatch(/felskriven|runt adressen|[Rr]ad \d+ \(/);
  });

  test('numbers that a spreadsheet has changed, each by what it did', async () => {
    const { caller } = await previewOf([
      head,
      '1,98503E+11;0anna;a@foretaget.se',
      'bo;2026-05-01;b@foretaget.se',
      'cia;01-maj;c@foretaget.se',
    ]);
    expect(caller).toContain('1 rad har ett nummer som Excel har avrundat, så de sista siffrorna är borta.');
    expect(caller).toContain('Rad 2 (1,98503E+11).');
    expect(caller).toContain('2 rader har ett nummer som Excel har gjort om till ett datum.');
    expect(caller).toContain('Rad 3 (2026-05-01) och 4 (01-maj).');
  });

  test('a personal identity number in place of an employment number is pointed out, and shown and kept nowhere', async () => {
    const { caller, place } = await previewOf([
      head,
      'anna;811218-9876;a@foretaget.se',
      'bo;198112189876;b@foretaget',
      'cia;0cia;c@foretaget.se;19811218-9876;x',
      'dag;701063-2391;d@foretaget.se',
    ]);
    expect(caller).toContain(
      '3 rader har något som ser ut som ett personnummer där anställningsnumret ska stå.',
    );
    expect(caller).toContain('Rad 2 (811218-****), 3 (19811218****) och 5 (701063-****).');
    expect(place).toContain('3 rader har något som ser ut som ett personnummer');
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const logs = createImportLogs(database());
    const log = await logs.log(id, { limit: 10 }, everything);
    const rejected = await logs.rejectedFile(id, everything, 'sv');
    const handedOut = rejected ? await text(rejected.bytes()) : '';
    expect(handedOut).toContain('701063-****;d@foretaget.se;');
    expect(handedOut).toContain('ser ut som ett personnummer');
    const blocks = await database().prisma.importBlock.findMany();
    const kept = JSON.stringify([log, blocks, caller, place]) + handedOut;
    expect(kept).not.toMatch(/9876|2391/);
  });

  describe('a personal identity number as User-ID', () => {
    const logs = () => createImportLogs(database());
    const latest = () => database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const handedOut = async (reach = everything) => {
      const file = await logs().rejectedFile((await latest()).id, reach, 'sv');
      return file ? text(file.bytes()) : '';
    };
    /** Somebody whose User-ID is one. */
    const addPersonal = (userId: string, number: string, company = 'X') =>
      addUser(database(), { userId, connect: null, employments: [{ company, number }] });

    test('is pointed out, and shown and kept nowhere', async () => {
      const { caller, place } = await previewOf([
        head,
        '19121212-1212;0014;a@foretaget.se',
        '1212121212;0015;b@foretaget.se',
        'cia;19850312-1234;c@foretaget.se',
      ]);
      expect(caller).toContain('2 rader har något som ser ut som ett personnummer som användar-id.');
      expect(caller).toContain('Rad 2 (19121212-****) och 3 (121212****).');
      expect(caller).toContain('Rad 4 (19850312-****).');
      const log = await logs().log((await latest()).id, { limit: 10 }, everything);
      const blocks = await database().prisma.importBlock.findMany();
      const file = await handedOut();
      expect(file).toContain('19121212-****;0014;a@foretaget.se;');
      expect(JSON.stringify([log, blocks, caller, place]) + file).not.toMatch(/1212-1212|1212121212|1234/);
    });

    test('finds its user, in full, and again as the rejected rows have it', async () => {
      await addPersonal('19121212-1212', '0014');
      await addPersonal('19121212-1213', '0015');
      const rows = [head, '19121212-1212;0014;a@foretaget', 'bo;0bo;b@foretaget.se'];
      expect((await previewOf(rows)).caller).toContain('1 med ogiltig e-postadress');
      const [line = ''] = (await handedOut()).split('\n').filter((one) => one.includes('****'));
      expect(line).toContain('19121212-****;0014;');
      const again = await previewOf([head, `${line.split(';', 2).join(';')};a@foretaget.se`]);
      expect(again.caller).toContain('1 adress sparas');
      const { prisma } = database();
      const [chunk] = await prisma.importChunk.findMany({ where: { importId: (await latest()).id } });
      expect(chunk?.userKey).toEqual(['19121212-1212']);
    });

    test('is asked for in full where nobody, or more than one, is meant by what is left of it', async () => {
      await addPersonal('19121212-1212', '0014');
      await addPersonal('19121212-1213', '0014', 'Y');
      const whole = 'Användar-id;Anställningsnummer;Företag;E-post Visma Connect';
      const { caller } = await previewOf([
        whole,
        '19121212-****;0014;X;a@foretaget.se',
        '19121212-****;0016;X;b@foretaget.se',
        'zoe;811218-****;X;c@foretaget.se',
      ]);
      expect(caller).toContain('3 där användar-id, nummer eller företag saknas');
      expect(caller).toContain('3 rader har ett personnummer där de sista siffrorna är utbytta mot ****.');
    });

    test('U8 of somebody with protected identity, the log and its rejected rows say nothing to others', async () => {
      await addPersonal('19121212-1212', '0014');
      await previewOf([head, '19121212-1212;0014;a@foretaget', 'bo;0bo;b@foretaget']);
      await database().prisma.user.updateMany({
        where: { userKey: '19121212-1212' },
        data: { protectedIdentity: true },
      });
      const reach = { companies: 'all', protected: false } as const;
      const log = await logs().log((await latest()).id, { limit: 10 }, reach);
      expect(log?.rows.map(({ values }) => values.userId)).toEqual(['bo']);
      expect(log?.counts.rejected).toBe(1);
      expect(await handedOut(reach)).not.toContain('1212');
    });

    test('is found in the log by whoever searches for it', async () => {
      await previewOf([head, '19121212-1212;0014;a@foretaget.se', 'bo;0bo;b@foretaget.se']);
      const { id } = await latest();
      const log = await logs().log(id, { limit: 10, search: '19121212-1212' }, everything);
      expect(log?.rows.map(({ row }) => row)).toEqual([2]);
    });
  });

  test('a date that cannot be read rejects who would be saved in full, and is told of where addresses alone are', async () => {
    const dated = (user: string, from: string) => `${user};0${user};X;${user}@foretaget.se;${from}`;
    const whole = 'Användar-id;Anställningsnummer;Företag;E-post Visma Connect;Anställd från';
    const strangers = ['zoe;1;X;z@foretaget.se;2027-13-45', 'zed;2;X;y@foretaget.se;2027-01-31'];
    const { caller } = await previewOf([whole, ...strangers]);
    expect(caller).toContain('1 ny användare');
    expect(caller).toContain('1 med ett datum som inte går att läsa: rad 2 (2027-13-45)');
    expect(caller).not.toContain('sparas inte');
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const rejected = await createImportLogs(database()).rejectedFile(id, everything, 'sv');
    const handedOut = rejected ? await text(rejected.bytes()) : '';
    expect(handedOut).toContain(
      'Anställd från eller Anställd till går inte att läsa som ett datum. Skriv det som 2027-01-31.',
    );
    expect(handedOut).not.toContain('sparas inte');
    const known = await previewOf([whole, dated('anna', '2027-13-45'), dated('bo', '2027-01-31')]);
    expect(known.caller).toContain('2 adresser sparas');
    expect(known.caller).toContain('1 rad har celler som inte går att läsa. De cellerna sparas inte.');
  });

  test('a new company that may be a slip in another’s name is asked about, of whom anybody may know', async () => {
    const company = (userId: string, name: string, protectedIdentity = false) =>
      addUser(database(), {
        userId,
        connect: null,
        protected: protectedIdentity,
        employments: [{ company: name, number: userId }],
      });
    await company('l1', 'Nordlager');
    await company('l2', 'Hemlager', true);
    const whole = 'Användar-id;Anställningsnummer;Företag';
    const one = await previewOf([whole, 'n1;n1;Nordlagret']);
    expect(one.caller).toContain('1 nytt företag: Nordlagret. Menade du Nordlager?');
    expect(one.place).toContain('1 nytt företag: Nordlagret. Menade du Nordlager?');
    const two = await previewOf([whole, 'n1;n1;Nordlagr', 'n2;n2;Hemlagret']);
    expect(two.caller).toContain('2 nya företag: Nordlagr (menade du Nordlager?) och Hemlagret.');
    const elsewhere = { companies: ['nordlagret'], protected: true };
    expect((await previewOf([whole, 'n1;n1;Nordlagret'], elsewhere)).caller).not.toContain('Menade du');
  });

  test('rows that stand in one cell are told so, and no more', async () => {
    const { caller } = await previewOf([head, 'anna;0anna;a@foretaget.se', '"bo,0bo,b@foretaget.se"']);
    expect(caller).toContain('1 rad har allt i en enda cell: raderna är satta inom citattecken');
    expect(caller).toContain('Rad 3 (bo,0bo,b@foretaget.se).');
  });

  describe('one column sorted alone', () => {
    const given = ['Örjan', 'Anna', 'Zoë', 'Bo', 'Nils', 'Cia', 'Maja'];
    const last = ['Åkesson', 'Ek', 'Lind', 'Berg', 'Holm'];
    const staff = Array.from({ length: 35 }, (_, i) => {
      const name = `${given[i % 7]} ${last[i % 5]}`;
      return {
        userId: `s${i}`,
        name,
        address: `${fold(name).normalize('NFD').replace(/\p{M}/gu, '').replace(' ', '.')}.${i}@foretaget.se`,
      };
    });
    const sorted = <T extends 'name' | 'address'>(of: T) => {
      const cells = staff.map((one) => one[of]).sort();
      return staff.map((one, i) => ({ ...one, [of]: cells[i] ?? '' }));
    };
    const named = (rows: typeof staff) => [
      'Användar-id;Anställningsnummer;Namn;E-post Visma Connect',
      ...rows.map(({ userId, name, address }) => `${userId};0${userId};${name};${address}`),
    ];
    const bare = (rows: typeof staff) => [
      head,
      ...rows.map(({ userId, address }) => `${userId};0${userId};${address}`),
    ];
    const stored = async () => {
      for (const { userId, name } of staff)
        await addUser(database(), { userId, name, connect: null, employments: [{ number: `0${userId}` }] });
    };

    test('stops the preview, with the rows, and nobody’s name', async () => {
      const { caller, place } = await previewOf(named(sorted('address')));
      expect(caller).toMatch(
        /Namn och adresser hör inte ihop på \d+ av 35 jämförda rader: .* Se till exempel rad \d+, \d+ och \d+\./,
      );
      expect(caller).toContain('Troligen är en kolumn sorterad för sig.');
      expect(place + caller.replace('file.csv', '')).not.toMatch(/@|Örjan|orjan|Åkesson/);
      expect(await database().prisma.import.findFirst({ orderBy: { id: 'desc' } })).toMatchObject({
        state: 'failed',
        fault: { code: 'import_sorted_alone' },
      });
    });

    test('stops it also where reading was cut short before it was looked for', async () => {
      await previewOf(named(sorted('address')));
      await goesOn();
      expect(await database().prisma.import.findFirst()).toMatchObject({ state: 'failed' });
    });

    test('is known by the names in the register, where the file has none', async () => {
      await stored();
      expect((await previewOf(bare(sorted('address')))).caller).toContain(
        'Användar-id och adresser hör inte ihop',
      );
      expect((await previewOf(bare(staff))).caller).toContain('35 adresser sparas');
    });

    test('is known by the names in the register, where it is the names', async () => {
      await stored();
      const withoutAddress = sorted('name').map((one) => ({ ...one, address: '' }));
      expect((await previewOf(named(withoutAddress))).caller).toContain('Användar-id och namn hör inte ihop');
      expect((await previewOf(named(staff))).caller).toContain('35 adresser sparas');
    });

    test('is not seen in addresses that are user numbers', async () => {
      await stored();
      const numbered = staff.map((one, i) => ({ ...one, address: `u${35 - i}@foretaget.se` }));
      expect((await previewOf(named(numbered))).caller).toContain('35 adresser sparas');
    });
  });
});
