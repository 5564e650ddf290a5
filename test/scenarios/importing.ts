import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { expect } from 'vitest';
import { connectFile, hrExport } from '../support/files.ts';
import { scenario } from './harness/conversation.ts';
import { employ, enterLog } from './harness/staff.ts';

/** Files that are dropped: the HR system's export, and the addresses that colleagues filled in. */
export const importing = [
  scenario(
    'from an empty store: the HR export in the direct conversation, previewed, confirmed, summed up',
    async ({ lena }, { store }) => {
      const file = hrExport(1000);
      await lena.drops(file);
      const preview = await lena.sees('Förhandsvisning av import #1: anställda.csv');
      expect(preview.text).toContain('Inget är sparat ännu');
      expect(preview.text).toContain('Windows-1252');
      expect(preview.text).toContain('semikolon');
      expect(preview.text).toContain('Lönegrupp och Närmaste chef');
      expect(await store.value('select count(*)::int from "user"')).toBe(0);
      await lena.presses('Bekräfta och skapa 1 000 användare'.replace('1 000', '1\u00a0000'), preview);
      const summary = await lena.sees('Klart:');
      expect(summary.id).toBe(preview.id);
      expect(await store.value('select count(*)::int from "user"')).toBe(1000);
      expect(await store.value('select count(*)::int from employment')).toBe(1040);
      expect(await store.value(`select count(*)::int from "user" where connect_address is null`)).toBe(50);
      expect(await store.value(`select name from "user" where user_id = '18'`)).toBe('Åsa Svensson');
      await lena.types('/vc läge');
      await lena.sees('0 av 1\u00a0000 är kopplade');

      await lena.drops({ ...file, name: 'igen.csv' });
      const known = await lena.sees('redan på plats');
      expect(known.text).toContain('av Lena Berg');
    },
  ),

  scenario(
    'the HR export in a channel: counts only, and the dropper is told who can read it',
    async ({ erik, anna, lena }, { store }) => {
      await erik.drops(hrExport(200), 'hr');
      const preview = await lena.sees('Förhandsvisning av import #1', { in: 'hr', mine: false });
      expect(preview.text).not.toMatch(/anställda|Lönegrupp|@|Svensson/);
      await erik.sees('Everybody in this channel can read the file', { in: 'hr', mine: true });
      await anna.presses('Bekräfta', preview);
      await anna.sees('Det här får bara den som har behörighet göra');
      await Promise.all([lena.presses('Bekräfta', preview), erik.presses('Bekräfta', preview)]);
      const summary = await erik.sees('Klart:', { in: 'hr', mine: false });
      expect(summary.id).toBe(preview.id);
      expect(await store.value('select count(*)::int from "user"')).toBe(200);
      await anna.drops(hrExport(10), 'hr');
      anna.doesNotSee('import #2');
    },
    { needs: ['files in channels'] },
  ),

  scenario(
    'the HR export again: who is missing from it is shown apart, and deactivated by a confirmation of its own',
    async ({ lena }, { store }) => {
      await lena.drops(hrExport(40));
      await lena.presses('Bekräfta', await lena.sees('Förhandsvisning av import #1'));
      await lena.sees('Klart:');
      await lena.drops({ ...hrExport(30), name: 'december.csv' });
      const read = await lena.sees('Förhandsvisning av import #2: december.csv');
      expect(read.text).toContain('Är det hela listan från HR-systemet?');
      await lena.presses('Läs som Anställda i stället', read);
      const again = await lena.sees('Mall: Anställda.');
      expect(again.text).toContain('Allt är redan på plats.');
      expect(again.text).toContain('10 aktiva användare i filens företag saknas i filen.');
      await lena.presses('Visa vilka som saknas', again);
      const list = await lena.sees('10 aktiva användare saknas i filen');
      expect(list.text).toContain('Import #2 ändrar dem inte.');
      const active = () => store.value('select count(*)::int from "user" where active');
      expect(await active()).toBe(40);
      await lena.presses('Inaktivera 10 användare', list);
      await lena.sees('10 användare är inaktiverade.');
      expect(await active()).toBe(30);
      await lena.types('/vc importera saknade #2');
      const past = await lena.sees('10 användare saknades i filen till import #2');
      expect(past.text).toContain('10 användare som saknades i filen inaktiverades.');
    },
  ),

  scenario(
    "the colleagues' file: preview, confirm, log page, rejected rows corrected and dropped again, verification",
    async ({ lena }, { opens, mail, store }) => {
      const { rows } = hrExport(300);
      await lena.drops(hrExport(300));
      await lena.presses('Bekräfta', await lena.sees('Förhandsvisning av import #1'));
      await lena.sees('Klart:');
      await store.query(
        `update "user" set connect_email = null, connect_address = null, connection = 'none' where user_id <> '14'`,
      );

      const filled = rows.map((row) => ({
        ...row,
        connectEmail: row.connectEmail || `${row.userId}@company.se`,
      }));
      const wrong = filled.map((row, index) => {
        if (index === 3) return { ...row, connectEmail: 'david.svensson@company' };
        if (index === 5) return { ...row, userId: '99999' };
        if (index === 7) return { ...row, connectEmail: 'anna@company.se' };
        if (index === 9) return { ...row, number: '0001' };
        return row;
      });
      await lena.drops({ name: 'adresser.csv', bytes: connectFile(wrong) });
      const preview = await lena.sees('Förhandsvisning av import #2: adresser.csv');
      expect(preview.text).toContain('312 rader: 295 adresser sparas, 13 är oförändrade, 4 har fel.');
      expect(preview.text).toContain('UTF-8 med BOM');
      await lena.presses('Bekräfta', preview);
      const summary = await lena.sees('Klart: 295 sparade, 13 oförändrade, 4 avvisade.');
      await lena.presses('Visa logg', summary);
      const link = await lena.sees('Loggen för import #2');
      const page = await opens(link.links[0] ?? '');
      await enterLog(page);
      await page.getByRole('heading', { name: 'Import #2: adresser.csv' }).waitFor();
      const rowsShown = page.locator('tbody tr');
      expect(await rowsShown.count()).toBe(100);
      await page.getByRole('link', { name: 'Nästa' }).click();
      await page.getByText('Här visas rad 102 till 201').waitFor();
      await page.getByRole('link', { name: /^Avvisad/ }).click();
      await page.getByText('4 rader').waitFor();
      await page.waitForLoadState();
      expect(await rowsShown.allTextContents()).toEqual([
        expect.stringMatching(/^5Avvisad.*inte giltig.*david\.svensson@company$/),
        expect.stringMatching(/^7Avvisad.*ingen användare.*99999/),
        expect.stringMatching(/^9Avvisad.*samma adress i filen.*anna@company\.se$/),
        expect.stringMatching(/^11Avvisad.*hör inte ihop.*0001/),
      ]);
      await page.getByRole('searchbox', { name: 'Sök' }).fill('99999');
      await page.getByRole('button', { name: 'Visa' }).click();
      await page.getByText('1 rad').waitFor();

      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Ladda ner de avvisade raderna' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('adresser-avvisade.csv');
      const rejected = await readFile(await download.path());
      const text = rejected.toString();
      expect(text.split('\r\n')[0]).toBe('\ufeffAnvändar-id;Anställningsnummer;E-post Visma Connect;Fel');
      const corrected = text
        .replace('david.svensson@company;', 'david.svensson@company.se;')
        .replace('99999;', '19;')
        .replace('anna@company.se;', 'orjan@company.se;')
        .replace('23;0001;', '23;0023;');
      await lena.drops({ name: download.suggestedFilename(), bytes: Buffer.from(corrected) });
      const again = await lena.sees('4 rader: 4 adresser sparas');
      await lena.presses('Bekräfta', again);
      const done = await lena.sees('Klart: 4 sparade.');
      expect(done.text).not.toContain('1 med');

      await lena.presses('Skicka verifieringsmejl', done);
      const sending = await lena.sees('4 personer får mejlet');
      expect(sending.text).toContain('Urval: import:3');
      await lena.presses('Bekräfta', sending);
      await lena.sees('Alla 4 mejl skickades');
      await mail.mailTo('orjan@company.se');
      expect(mail.mails).toHaveLength(4);
      // A personal link is used up, and nobody else's page.
      const other = await opens(link.links[0] ?? '');
      await other.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
    },
  ),

  scenario(
    'the rejected rows as a file in chat, by its button and by its line: corrected, and dropped again',
    async ({ lena, erik, anna }) => {
      await employ(lena, 30);
      const head = 'Användar-id;Anställningsnummer;E-post Visma Connect';
      const rows = ['14;0014;anna.ny@company.se', '15;0015;fel@company', '99;0099;ingen@company.se'];
      await lena.drops({
        name: 'adresser.csv',
        bytes: iconv.encode([head, ...rows, ''].join('\r\n'), 'windows-1252'),
      });
      await lena.presses('Bekräfta', await lena.sees('1 adress sparas, 2 har fel.'));
      const summary = await lena.sees('Klart: 1 sparad, 2 avvisade.');
      await lena.presses('Hämta avvisade rader', summary);
      const file = await lena.gets('adresser-avvisade.csv');
      expect(iconv.decode(file.bytes, 'windows-1252').split('\r\n')).toEqual([
        `${head};Fel`,
        expect.stringMatching(/^15;0015;fel@company;E-postadressen är inte giltig/),
        expect.stringMatching(/^99;0099;ingen@company\.se;Det finns ingen användare/),
        '',
      ]);

      await erik.types('/vc import rejected #2');
      const english = await erik.gets('adresser-rejected.csv');
      expect(english.bytes.toString()).toContain('The email address is not valid');
      // Where others read, it goes to whoever asked alone, and nobody reads what is in it.
      await erik.types('/vc importera avvisade 2', 'hr');
      await erik.gets('adresser-avvisade.csv');
      anna.doesNotSee('fel@company');
      anna.doesNotSee('adresser');

      await anna.types('/vc importera avvisade #2');
      await anna.sees('Det här får bara den som har behörighet göra');
      await lena.types('/vc importera avvisade #1');
      await lena.sees('Inga rader i import #1 är avvisade.');
      await lena.types('/vc importera avvisade #99');
      await lena.sees('Det finns ingen import #99');
      await lena.types('/vc importera avvisade');
      await lena.sees('Vilken import?');

      const corrected = iconv
        .decode(file.bytes, 'windows-1252')
        .replace('fel@company;', 'ratt@company.se;')
        .replace('99;0099;', '16;0016;');
      await lena.drops({ name: file.name, bytes: iconv.encode(corrected, 'windows-1252') });
      await lena.presses('Bekräfta', await lena.sees('2 rader: 2 adresser sparas'));
      const done = await lena.sees('Klart: 2 sparade.');
      expect(done.buttons).not.toContain('Hämta avvisade rader');
    },
  ),

  scenario('likely slips are pointed out in the preview, and at their rows', async ({ lena }, { opens }) => {
    await employ(lena, 30);
    const rows = [
      'Användar-id;Anställningsnummer;E-post Visma Connect',
      '14;0014;anna.ny@gmial.com',
      '15;0015;mailto:bjorn@company.se',
      '16;0016;cecilia@company.es',
      '17;0017;dåvid@company.se',
    ];
    await lena.drops({ name: 'adresser.csv', bytes: Buffer.from(`${rows.join('\r\n')}\r\n`) });
    const preview = await lena.sees('4 rader: 3 adresser sparas, 1 har fel.');
    expect(preview.text).toContain('2 rader har en adress som ser felskriven ut efter @.');
    expect(preview.text).toContain('anna.ny@gmial.com: gmail.com?');
    expect(preview.text).toContain('cecilia@company.es: company.se?');
    expect(preview.text).toContain('1 rad har något runt adressen');
    expect(preview.text).toContain('dåvid@company.se: david@company.se?');
    await lena.presses('Visa logg', preview);
    const page = await opens((await lena.sees('Loggen för import')).links[0] ?? '');
    await enterLog(page);
    await page.getByText('Inget är sparat ännu').waitFor();
    expect(await page.locator('tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/^2Uppdaterad.*Menas gmail\.com\?/),
      expect.stringMatching(/^3Uppdaterad.*Bara adressen läses/),
      expect.stringMatching(/^4Uppdaterad.*Menas company\.se\?/),
      expect.stringMatching(/^5Avvisad.*Menas david@company\.se\?/),
    ]);
    await lena.presses('Avbryt', preview);
    await lena.sees('Importen är avbruten');
  }),

  scenario('slips that look like data are called by their names', async ({ lena }, { opens, store }) => {
    await employ(lena, 30);
    const head = 'Användar-id;Anställningsnummer;Namn;E-post Visma Connect';
    const drops = (name: string, rows: readonly string[]) =>
      lena.drops({ name, bytes: Buffer.from(`${[head, ...rows].join('\r\n')}\r\n`) });
    await drops('nummer.csv', [
      '1,98503E+11;0014;;a@company.se',
      '15;2026-05-01;;b@company.se',
      '16;811218-9876;;c@company.se',
      '"17,0017,,d@company.se"',
      '19121212-1213;0018;;e@company.se',
    ]);
    const preview = await lena.sees('5 rader: 5 har fel.');
    expect(preview.text).toContain('1 rad har ett nummer som Excel har avrundat');
    expect(preview.text).toContain('1 rad har ett nummer som Excel har gjort om till ett datum');
    expect(preview.text).toContain('1 rad har något som ser ut som ett personnummer');
    expect(preview.text).toContain('1 rad har allt i en enda cell');
    expect(preview.text).toContain('811218-****');
    expect(preview.text).toContain('19121212-****');
    await lena.presses('Visa logg', preview);
    const page = await opens((await lena.sees('Loggen för import')).links[0] ?? '');
    await enterLog(page);
    await page.getByText('Anställningsnummer: det här ser ut som ett personnummer').waitFor();
    await page.getByText('Användar-id: det här ser ut som ett personnummer').waitFor();
    expect(await page.content()).not.toMatch(/9876|1213/);
    await lena.presses('Hämta avvisade rader', preview);
    const rejected = (await lena.gets('nummer-avvisade.csv')).bytes.toString();
    expect(rejected).toContain('811218-****');
    expect(rejected).not.toMatch(/9876|1213/);

    const given = ['Örjan', 'Anna', 'Bo', 'Nils', 'Cia'];
    const people = Array.from({ length: 20 }, (_, i) => ({
      id: `n${i}`,
      name: `${given[i % 5]} ${['Ek', 'Berg', 'Lind', 'Holm'][i % 4]}`,
    }));
    const addresses = people.map(
      ({ name }, i) => `${name.replace(' ', '.').replace('Ö', 'O')}${i}@company.se`,
    );
    await drops(
      'sorterad.csv',
      people.map(({ id, name }, i) => `${id};0${id};${name};${addresses.sort()[i]}`),
    );
    const stopped = await lena.sees('Namn och adresser hör inte ihop på');
    expect(stopped.text).toContain('Troligen är en kolumn sorterad för sig.');
    expect(stopped.text).not.toContain('@');
    expect(stopped.buttons).not.toContain('Bekräfta');
    expect(await store.value(`select count(*)::int from "user" where user_key like 'n%'`)).toBe(0);
  }),

  scenario('files that cannot be read, or hardly', async ({ lena, erik }, { store, opens }) => {
    await employ(lena, 30);
    const latin = (text: string) => iconv.encode(text, 'windows-1252');
    const gets = async (name: string, bytes: Uint8Array | string, answer: string | RegExp) => {
      await lena.drops({ name, bytes: Buffer.from(bytes) });
      return lena.sees(answer, { in: 'bot' });
    };
    const head = 'Användar-id;Anställningsnummer;E-post Visma Connect';
    await gets('tom.csv', '', 'Filen är tom');
    await gets('bara-rubriker.csv', `${head}\n`, 'inga rader under den');
    await gets(
      'bild.csv',
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1, 2, 0, 0xff, 0xfe]),
      /inte text|bild/,
    );
    await gets('adresser.csv', zipOf('[Content_Types].xml'), 'Arbetsboken är skadad');
    await gets('avklippt.csv', `${head}\n14;0014;"anna@comp`, 'tar slut mitt i en cell');
    await gets('en-kolumn.csv', `"${head}"\n"14;0014;anna@company.se"\n`, 'Allt står i en enda kolumn');
    await gets('andra.csv', 'Vara;Pris\nÄpplen;12\n', 'känner inte igen');
    await gets(
      'nästan.csv',
      'Användar-id;Anställningsnumer;E-post Visma Connect\n14;0014;a@company.se\n',
      'heter nästan',
    );
    await gets('saknas.csv', 'Användar-id;Namn\n14;Anna\n', 'saknas i filen');
    await gets('många.csv', `${head}\n${'1;1;\n'.repeat(1_000_001)}`, /fler än 1\s000\s000 rader/);
    const blocks = 'select count(*)::int from import_block where import_id = (select max(id) from import)';
    expect(await store.value(blocks)).toBe(0);

    await store.query(`insert into allowed_domain (entry) values ('company.se')`);
    await store.query(`update "user" set connection = 'connected' where user_id = '16'`);
    const rows = [
      head,
      '14;0014;anna.ny@company.se',
      '15',
      '16;0016;cecilia.ny@company.se',
      '17;0017;david@company.se;för;många',
      '18;0018;samma@company.se',
      '19;0019;samma@company.se',
      '20;0020;bjorn.svensson.1@company.se',
      '21;0021;orjan@evilcompany.se',
      '22;0022;ny@company.se',
      '22;0022;annan@company.se',
      '23;0023;zoë@company.se',
      '24;0024;anna@företaget.se',
      '',
      '25;;',
      '0026;0026;cecilia.26@company.se',
    ];
    const mixed = rows.map((row, index) => row + (index % 2 ? '\r\n' : '\n')).join('');
    const preview = await gets('blandat.csv', latin(mixed), 'Förhandsvisning');
    expect(preview.text).toContain('14 rader: 1 adress sparas, 1 hoppas över, 12 har fel.');
    expect(preview.text).toContain('1 tom rad räknas inte');
    await lena.presses('Visa logg', preview);
    const page = await opens((await lena.sees('Loggen för import')).links[0] ?? '');
    await enterLog(page);
    await page.getByText('Inget är sparat ännu').waitFor();
    const outcomes = await page.locator('tbody tr').allTextContents();
    expect(outcomes.map((text) => text.replace(/(?<=\.)\d.*|(?<=kopplad|Uppdaterad)\d.*/s, ''))).toEqual([
      expect.stringMatching(/^2UppdateradByter ut adressen /),
      expect.stringMatching(/^3.*inte lika många kolumner/),
      expect.stringMatching(/^4Hoppades över: redan kopplad/),
      expect.stringMatching(/^5.*inte lika många kolumner/),
      expect.stringMatching(/^6.*Flera användare har samma adress/),
      expect.stringMatching(/^7.*Flera användare har samma adress/),
      expect.stringMatching(/^8.*används av en annan användare/),
      expect.stringMatching(/^9.*domän är inte tillåten/),
      expect.stringMatching(/^10.*olika adresser i filen/),
      expect.stringMatching(/^11.*olika adresser i filen/),
      expect.stringMatching(/^12.*inte giltig/),
      expect.stringMatching(/^13.*domän är inte tillåten/),
      expect.stringMatching(/^15.*saknas/),
      expect.stringMatching(/^16.*ingen användare/),
    ]);
    await lena.presses('Bekräfta', preview);
    await lena.sees('Klart: 1 sparad, 1 överhoppad, 12 avvisade.');
    expect(await store.value(`select connect_email from "user" where user_id = '14'`)).toBe(
      'anna.ny@company.se',
    );
    expect(await store.value(`select count(*)::int from "user" where connect_email <> email`)).toBe(1);

    await erik.drops({ name: 'cut.csv', bytes: Buffer.from(`${head}\n14;0014;"anna@comp`) });
    await erik.sees('The file ends in the middle of a cell');
    await erik.types('/vc import');
    await erik.sees('Import a file');
  }),
];

/** The beginning of a zip archive whose first file is called so. */
function zipOf(name: string): Buffer {
  const header = Buffer.alloc(30);
  header.write('PK\x03\x04', 'latin1');
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name)]);
}
