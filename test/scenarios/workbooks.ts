import { strToU8, unzipSync, zipSync } from 'fflate';
import { expect } from 'vitest';
import { workbook } from '../support/workbook.ts';
import { scenario } from './harness/conversation.ts';
import { employ, enterLog } from './harness/staff.ts';

/** A workbook of the bot with its one sheet changed. */
function changed(bytes: Uint8Array, change: (xml: string) => string): Buffer {
  const parts = unzipSync(bytes);
  const sheet = 'xl/worksheets/sheet1.xml';
  const xml = Buffer.from(parts[sheet] ?? []).toString();
  expect(change(xml)).not.toBe(xml);
  return Buffer.from(zipSync({ ...parts, [sheet]: strToU8(change(xml)) }));
}

/** A manager writes another address for a user. */
const writes = (bytes: Uint8Array, userId: string, address: string) =>
  changed(bytes, (xml) =>
    xml.replace(
      new RegExp(`(<row r="\\d+"><c [^>]*><is><t[^>]*>${userId}<.*?>)[^<>]+@company.se`),
      `$1${address}`,
    ),
  );

/** A manager adds somebody, at the end. */
const adds = (bytes: Uint8Array, userId: string, address: string) =>
  changed(bytes, (xml) => {
    const last = Number(/.*<row r="(\d+)"/.exec(xml)?.[1]) + 1;
    const cells = [
      ['A', userId],
      ['B', userId.padStart(4, '0')],
      ['F', address],
    ] as const;
    const written = cells.map(
      ([column, cell]) => `<c r="${column}${last}" t="inlineStr"><is><t>${cell}</t></is></c>`,
    );
    return xml.replace('</sheetData>', `<row r="${last}">${written.join('')}</row></sheetData>`);
  });

const header = ['Användar-id', 'Anställningsnummer', 'E-post Visma Connect'];

/** Excel workbooks. */
export const workbooks = [
  scenario(
    'a workbook of several sheets: another one is read, confirmed, and its rejected rows come back as a workbook',
    async ({ lena }, { store }) => {
      await employ(lena, 30);
      await lena.drops({
        name: 'adresser.xlsx',
        bytes: workbook({
          sheets: [
            { name: 'Läs mig', rows: [['Fyll i adresserna på nästa blad']] },
            { name: 'Stockholm', rows: [header, ['14', '0014', 'anna.ny@company.se']] },
            {
              name: 'Nya Malmö',
              rows: [header, ['16', '0016', 'cecilia.ny@company.se'], [17, 17, 'david.ny@company.se']],
            },
          ],
        }),
      });
      const preview = await lena.sees('Förhandsvisning av import #2: adresser.xlsx');
      expect(preview.text).toContain('bladet ”Stockholm”');
      expect(preview.text).toContain('Det första bladet, ”Läs mig”, har inga rubriker som passar.');
      await lena.presses('Läs bladet Nya Malmö i stället', preview);
      const other = await lena.sees('2 rader: 1 adress sparas, 1 har fel.');
      expect(other.text).toContain('bladet ”Nya Malmö”');
      await lena.presses('Bekräfta', other);
      const summary = await lena.sees('Klart: 1 sparad, 1 avvisad.');
      expect(await store.value(`select connect_email from "user" where user_id = '16'`)).toBe(
        'cecilia.ny@company.se',
      );
      await lena.presses('Hämta avvisade rader', summary);
      const file = await lena.gets('adresser-avvisade.xlsx');
      await lena.drops({ name: file.name, bytes: file.bytes });
      const again = await lena.sees('1 rad: 1 har fel.');
      await lena.types('/vc importera blad #3');
      await lena.sees('Vilket blad?');
      expect(again.text).toContain('bladet ”Nya Malmö”');
    },
  ),

  scenario('workbooks that cannot be read', async ({ lena }) => {
    const gets = async (name: string, bytes: Buffer, answer: string) => {
      await lena.drops({ name, bytes });
      await lena.sees(answer, { in: 'bot' });
    };
    const good = workbook({ sheets: [{ rows: [header, ['14', '0014', 'a@company.se']] }] });
    await gets('avklippt.xlsx', good.subarray(0, 1000), 'Arbetsboken är skadad eller avklippt.');
    await gets(
      'gammal.xls',
      Buffer.from(`d0cf11e0a1b11ae1${'00'.repeat(600)}`, 'hex'),
      'i det gamla formatet .xls',
    );
    await gets(
      'ark.ods',
      Buffer.from('PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
      'LibreOffice (.ods)',
    );
    await gets('tom.xlsx', workbook({ sheets: [{}] }), 'inget synligt blad med något i');
  }),

  scenario(
    'a workbook for each department, filled in by its manager, and dropped again',
    async ({ lena, anna }, { store }) => {
      await employ(lena, 30);
      await lena.types('/vc exportera alla per avdelning som chefer', 'hr');
      await lena.sees('10 Excel-arbetsböcker, en för varje avdelning, i ett zip-arkiv', { in: 'hr' });
      anna.doesNotSee('chefer.zip');
      const files = unzipSync((await lena.gets('chefer.zip')).bytes);
      expect(Object.keys(files)).toContain('Försäljning; Norden (Y).xlsx');
      expect(Object.keys(files)).toHaveLength(10);
      await lena.types('/vc exportera företag:Y avdelning:"Försäljning; Norden" per avdelning som norden');
      const alone = await lena.gets('norden.xlsx');
      const sheet = Buffer.from(unzipSync(alone.bytes)['xl/worksheets/sheet1.xml'] ?? []).toString();
      expect(sheet).toContain('>0016<');
      expect(sheet).not.toContain('<f>');

      await lena.drops({ name: 'norden.xlsx', bytes: writes(alone.bytes, '16', 'cecilia.ny@company.se') });
      const preview = await lena.sees('2 rader: 1 adress sparas, 1 är oförändrad.');
      expect(preview.text).toContain('bladet ”Försäljning; Norden”');
      await lena.presses('Bekräfta', preview);
      await lena.sees('Klart: 1 sparad');
      expect(await store.value(`select connect_email from "user" where user_id = '16'`)).toBe(
        'cecilia.ny@company.se',
      );
    },
  ),

  scenario(
    "departments' workbooks that come back together: one preview, one confirmation, one log that names the files, one undo",
    async ({ lena }, { store, opens }) => {
      await employ(lena, 30);
      await lena.types('/vc exportera alla per avdelning som chefer');
      const files = unzipSync((await lena.gets('chefer.zip')).bytes);
      const book = (department: string) => files[`${department}.xlsx`] ?? new Uint8Array();
      const address = (user: string) =>
        store.value(`select connect_email from "user" where user_id = '${user}'`);
      const before = [await address('14'), await address('15'), await address('17')];
      const it = adds(book('IT (X)'), '14', 'fel.avdelning@company.se');
      for (const [name, bytes] of [
        ['Ekonomi & Lön (X).xlsx', writes(book('Ekonomi & Lön (X)'), '14', 'anna.ny@company.se')],
        ['IT (X).xlsx', writes(it, '17', 'david.ny@company.se')],
        ['Produktion (X).xlsx', writes(book('Produktion (X)'), '15', 'bjorn.ny@company.se')],
        ['IT (X).xlsx', writes(it, '17', 'david.nyare@company.se')],
      ] as const)
        await lena.drops({ name, bytes });
      const preview = await lena.sees(/Förhandsvisning av import #6: 3 filer/);
      expect(preview.text).toMatch(/3 adresser sparas, \d+ är oförändrade, 1 har fel\./);
      expect(preview.text).toContain('3 av exportens 10 filer läses tillsammans: Ekonomi & Lön (X).xlsx (');
      expect(preview.text).toContain('1 om någon som inte fanns i avdelningens fil');
      expect(preview.text).not.toContain('hela listan');
      expect(preview.text).toContain('den senaste gäller: IT (X).xlsx.');
      const earlier = await lena.sees('Import #3: Ekonomi & Lön (X).xlsx ingår i import #6', { ever: true });
      expect(earlier.buttons).toEqual([]);
      await lena.sees('Import #4: IT (X).xlsx har släppts igen', { ever: true });
      await lena.types('/vc importera bekräfta #3');
      await lena.sees('Filen i import #3 ingår i import #6.');
      await lena.types('/vc importera mall #6 anställda');
      await lena.sees('Import #6 har 3 filer som läses tillsammans');

      await lena.presses('Bekräfta', preview);
      const done = await lena.sees(/Klart: 3 sparade, \d+ oförändrade, 1 avvisad\./);
      const addresses = ['anna.ny@company.se', 'bjorn.ny@company.se', 'david.nyare@company.se'];
      expect([await address('14'), await address('15'), await address('17')]).toEqual(addresses);
      await lena.presses('Visa logg', done);
      const page = await opens((await lena.sees('Loggen för import #6')).links[0] ?? '');
      await enterLog(page);
      await page.getByRole('heading', { name: 'Import #6: 3 filer' }).waitFor();
      await page.getByRole('columnheader', { name: 'Fil', exact: true }).waitFor();
      const rows = await page.locator('tbody tr').allTextContents();
      expect(rows[0]).toMatch(/^Ekonomi & Lön \(X\)\.xlsx2UppdateradByter ut adressen \S+@company\.se\.14/);
      expect(rows.at(-1)).toMatch(/^IT \(X\)\.xlsx\d+Avvisad.*fel\.avdelning@company\.se/);
      await page.getByLabel('Från rad').fill('3');
      await page.getByLabel('I filen').selectOption('Produktion (X).xlsx');
      await page.getByRole('button', { name: 'Visa' }).click();
      await page.getByText('Här visas rad 3 i Produktion (X).xlsx till').waitFor();

      expect(done.buttons).not.toContain('Hämta avvisade rader');
      await lena.types('/vc importera avvisade #6');
      await lena.sees('gäller personer som inte fanns i avdelningens fil från början');
      await lena.presses('Ångra', done);
      await lena.presses('Bekräfta', await lena.sees('Återställning #7 av #6: förhandsvisning'));
      await lena.sees('Klart: 3 tidigare adresser tillbaka');
      expect([await address('14'), await address('15'), await address('17')]).toEqual(before);
    },
  ),
];
