import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { plain } from '../../../src/core/plain.ts';
import { refuse } from '../../../src/errors.ts';
import { matching } from '../../../src/rules/template-match.ts';
import { exportTemplates } from '../../../src/rules/templates.ts';
import type { ImportStatus } from '../../../src/services/imports/index.ts';
import { createImportLogs } from '../../../src/services/imports/log.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import { eachStore } from '../../support/database.ts';
import { channel, createPlatform, directWith } from '../../support/platform.ts';
import { addUser } from '../../support/users.ts';
import { type GivenWorkbook, workbook } from '../../support/workbook.ts';
import { addPerson, everything, openHouse } from './house.ts';

const decide = { personId: 0, reach: everything };
const header = ['Användar-id', 'Anställningsnummer', 'E-post Visma Connect', 'Egen anteckning'];

eachStore('workbooks that are dropped', (database) => {
  let house: ReturnType<typeof openHouse>;
  let files: Map<string, Buffer>;
  let lena: number;

  beforeEach(async () => {
    const { prisma, place } = database();
    for (const table of ['press', 'live_message', 'import', 'person', '"user"', 'template'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    files = new Map();
    lena = await addPerson(database());
    house = openHouse({ database: database(), dataDir: place.dataDir, platform: createPlatform(), download });
    for (const number of ['0014', '0015', '0016'])
      await addUser(database(), {
        userId: number.slice(2),
        connect: null,
        employments: [{ company: 'X', number }],
      });
  });

  async function download(source: unknown) {
    const file = files.get((source as { file: string }).file);
    if (file === undefined) throw refuse('file_gone');
    return (async function* () {
      yield file;
    })();
  }

  async function dropped(given: GivenWorkbook | Buffer, place = directWith('lena')): Promise<ImportStatus> {
    const file = `${files.size}`;
    files.set(file, Buffer.isBuffer(given) ? given : workbook(given));
    await house.imports.begin(
      { name: 'adresser.xlsx', source: { file } },
      { personId: lena, place, language: 'sv', reach: everything },
    );
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    return readAgain(id);
  }

  async function readAgain(importId: number): Promise<ImportStatus> {
    await house.run('import-read', { importId });
    return statusOf(importId);
  }

  async function statusOf(id: number): Promise<ImportStatus> {
    const status = await house.imports.status(id);
    if (!status) throw new Error('it is gone');
    return status;
  }

  const shown = (status: ImportStatus, audience: 'caller' | 'place' = 'caller') =>
    plain(importMessage(status, { language: 'sv', audience }), 'sv').replaceAll('\u00a0', ' ');

  function buttonsOf(status: ImportStatus, audience: 'caller' | 'place'): string[] {
    const view = importMessage(status, { language: 'sv', audience });
    return 'actions' in view ? (view.actions ?? []).map(({ label }) => label) : [];
  }

  const info = { name: 'Instruktion', rows: [['Fyll i adresserna på nästa blad']] };
  const rows = [
    header,
    ['14', '0014', 'anna@x.se', 'hej'],
    [15, 15, 'bo@x.se'],
    ['16', '0016', '<c t="e"><f>NA()</f><v>#N/A</v></c>'],
  ];

  test('I1 I5 a workbook is previewed: its sheet, what is ignored, and what is wrong at each row', async () => {
    const status = await dropped({ sheets: [info, { name: 'Adresser', rows }, { name: 'Mer', rows }] });
    const text = shown(status);
    expect(text).toContain('3 rader: 1 adress sparas, 2 har fel.');
    expect(text).toContain('Excel-arbetsbok, bladet ”Adresser”. Rubriker på rad 1.');
    expect(text).toContain('Det första bladet, ”Instruktion”, har inga rubriker som passar.');
    expect(text).toContain('Blad som inte läses: Instruktion och Mer.');
    expect(text).toContain('Kolumner som ignoreras: Egen anteckning.');
    expect(text).toContain('1 rad har celler som visar ett formelfel');
    expect(buttonsOf(status, 'caller')).toContain('Läs bladet Mer i stället');
    expect(buttonsOf(status, 'caller')).not.toContain('Läs bladet Instruktion i stället');
    const log = await createImportLogs(database()).log(status.id, { limit: 10 }, everything);
    expect(log?.rows.map(({ row, verdict }) => [row, verdict.reason])).toEqual([
      [2, undefined],
      [3, 'id_mismatch'],
      [4, 'invalid_email'],
    ]);
  });

  test('formulas that nobody has worked out, and those gone wrong, are named with their rows', async () => {
    const unsaved = '<c><f>LOWER("ANNA@X.SE")</f><v></v></c>';
    const wrong = '<c t="e"><f>NA()</f><v>#N/A</v></c>';
    const text = shown(
      await dropped({
        sheets: [{ name: 'Adresser', rows: [header, ['14', '0014', unsaved], ['16', '0016', wrong]] }],
      }),
    );
    expect(text).toContain('2 har fel');
    expect(text).toMatch(/1 rad har formler som inte är uträknade\. .* Rad 2\./);
    expect(text).toMatch(/1 rad har celler som visar ett formelfel.* Rad 3 \(#N\/A\)\./);
    expect(text).toContain('2 med ogiltig e-postadress: rad 2 och 3 (#N/A)');
  });

  test('A3 what sheets are called is for whoever dropped it', async () => {
    const status = await dropped(
      { sheets: [info, { name: 'Anna Berg', rows }, { name: 'Mer', rows }] },
      channel,
    );
    expect(shown(status, 'place')).toContain('Excel-arbetsbok. Rubriker på rad 1.');
    expect(shown(status, 'place')).toContain('2 andra blad läses inte.');
    expect(buttonsOf(status, 'place').join()).not.toContain('bladet');
    expect(shown(status, 'place')).not.toMatch(/Anna Berg|Instruktion|bladet/);
  });

  test('I7 the rejected rows come back as a workbook that says why, and nothing lies about afterwards', async () => {
    const { id } = await dropped({ sheets: [{ name: 'Adresser', rows }] });
    await house.imports.confirm(id, decide);
    await house.run('import-apply', { importId: id });
    expect((await statusOf(id)).counts).toMatchObject({ u: 1 });
    const file = await createImportLogs(database()).rejectedFile(id, everything, 'sv');
    expect(file?.name).toBe('adresser-avvisade.xlsx');
    const parts: Buffer[] = [];
    for await (const part of file?.bytes() ?? []) parts.push(part as Buffer);
    const sheet = Buffer.from(unzipSync(Buffer.concat(parts))['xl/worksheets/sheet1.xml'] ?? []).toString();
    expect(sheet).toContain('Anställningsnummer: cellen är ett tal, så inledande nollor kan ha försvunnit.');
    const again = await dropped(Buffer.concat(parts));
    expect(shown(again)).toContain('2 rader: 2 har fel.');
    expect(await readdir(join(database().place.dataDir, 'incoming'))).toEqual([]);
  });

  test('I2 another sheet is read when somebody asks for it; one that cannot be read leaves the preview and says why', async () => {
    const other = [header, ['14', '0014', 'annan@x.se']];
    const sheets = [{ name: 'Adresser', rows }, { name: 'Andra bladet', rows: other }, info];
    const { id } = await dropped({ sheets });
    await house.imports.chooseSheet(id, 'andra bladet', decide);
    expect(shown(await readAgain(id))).toContain('1 rad: 1 adress sparas.');
    await house.imports.chooseSheet(id, 'Instruktion', decide);
    const unfit = await readAgain(id);
    expect(unfit).toMatchObject({ state: 'previewed', rowCount: 1 });
    expect(shown(unfit)).toContain('känner inte igen någon rubrik');
    await house.imports.confirm(id, decide);
    await house.run('import-apply', { importId: id });
    const user = await database().prisma.user.findFirstOrThrow({ where: { userId: '14' } });
    expect(user.connectEmail).toBe('annan@x.se');
  });

  test('I2 another sheet is read by the template that it needs, also where reading it was broken off', async () => {
    const people = [
      ['Användar-id', 'Anställningsnummer', 'Namn', 'Företag', 'E-post Visma Connect'],
      ['201', '0201', 'Ny Person', 'X', 'ny@x.se'],
    ];
    const sheets = [
      { name: 'Adresser', rows },
      { name: 'Nya', rows: people },
    ];
    const { id, template } = await dropped({ sheets });
    expect(template?.key).toBe('connectEmail');
    await house.imports.chooseSheet(id, 'Nya', decide);
    const killed = new AbortController();
    const dying = database().prisma.$extends({
      query: {
        import: {
          async updateMany({ args, query }) {
            if (!args.data.stagedAt) return query(args);
            killed.abort();
            throw new Error('the process was killed');
          },
        },
      },
    });
    const { place, ...rest } = database();
    const other = openHouse({
      database: { ...rest, prisma: dying as unknown as typeof rest.prisma },
      dataDir: place.dataDir,
      platform: createPlatform(),
      download,
    });
    await other.run('import-read', { importId: id }, killed);
    expect(await statusOf(id)).toMatchObject({ state: 'reading' });
    const status = await readAgain(id);
    expect(status).toMatchObject({ state: 'previewed', template: { key: 'employees' } });
    expect(shown(status)).toContain('1 användare skapas');
  });

  test('a CSV file has no sheets, and which one is meant has to be said', async () => {
    const csv = await dropped(
      Buffer.from('Användar-id;Anställningsnummer;E-post Visma Connect\n14;0014;a@x.se\n'),
    );
    await expect(house.imports.chooseSheet(csv.id, 'Mer', decide)).rejects.toThrow('is no workbook');
    const { id } = await dropped({ sheets: [{ name: 'Adresser', rows }] });
    await expect(house.imports.chooseSheet(id, '', decide)).rejects.toThrow('Which sheet?');
  });

  test('a sheet that is not there is refused at once, with those that are; the example names one that can be read', async () => {
    const { id } = await dropped({ sheets: [{ name: 'Adresser', rows }, info, { name: 'Mer', rows }] });
    const chooses = (sheet: string) => expect(house.imports.chooseSheet(id, sheet, decide)).rejects;
    await chooses('Personal 2024').toThrow(
      'no sheet called "Personal 2024". There are these: Adresser, Instruktion and Mer.',
    );
    await chooses('').toThrow(`\`/vc import sheet #${id} Mer\``);
    expect(await statusOf(id)).toMatchObject({ state: 'previewed' });
  });

  test('numbers that would make users without their leading zeros are said', async () => {
    const employees = [
      ['Användar-id', 'Anställningsnummer', 'Namn', 'Företag', 'Anställd från'],
      [201, 201, 'Ny Person', 'X', '<c s="0"><v>46354</v></c>'],
    ];
    const status = await dropped({
      sheets: [{ rows: employees }],
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
    });
    expect(shown(status)).toContain('1 rad har ett id eller nummer som är ett tal i arbetsboken');
    await house.imports.confirm(status.id, decide);
    await house.run('import-apply', { importId: status.id });
    const user = await database().prisma.user.findFirstOrThrow({
      where: { userId: '201' },
      include: { employments: true },
    });
    expect(user.employments[0]?.startsOn?.toISOString()).toContain('2026-11-28');
  });

  test('I2 a template of one’s own by position reads a sheet without column names', async () => {
    await createTemplates({ database: database() }).add(
      {
        ...matching({ ...exportTemplates.toFlex, delimiter: ';', encoding: 'Windows-1252' }),
        name: { sv: 'Bar', en: 'Bar' },
        header: false,
      },
      {},
    );
    const status = await dropped({
      sheets: [
        {
          rows: [
            ['14', '0014', 'a@x.se'],
            ['15', '0015', 'b@x.se'],
          ],
        },
      ],
    });
    expect(status).toMatchObject({ state: 'previewed', guessed: true, template: { name: { sv: 'Bar' } } });
    expect(status.counts).toMatchObject({ u: 2 });
  });
});
