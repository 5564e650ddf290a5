import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, enterLog } from './harness/staff.ts';

const bom = '\ufeff';

/** Users as files, and what comes of them on the way back. */
export const exporting = [
  scenario(
    'a template, an export by it, the file edited and dropped again, and both in the log',
    async ({ lena, erik, anna }, { store, opens }) => {
      await employ(lena, 30);
      const formula = '=SUM(1;2)';
      await store.query(`update "user" set name = '${formula}', name_key = '=sum(1;2)' where user_id = '15'`);
      await lena.types('/vc mallar skapa export');
      await lena.seesForm('Ny exportmall');
      const fields = 'Användar-id\nAnställningsnummer\nNamn\nE-post Visma Connect';
      expect(await lena.fills({ Namn: 'Till kollegorna', 'Fält, i ordning': fields })).toEqual({});
      await lena.sees('Exportmall: Till kollegorna');

      await lena.types('/vc exportera Till kollegorna användare:14 användare:15 som kollegor');
      const done = await lena.sees('Klart. 2 användare');
      expect(done.text).toContain('Export #2: kollegor.csv');
      const file = await lena.gets('kollegor.csv');
      const [header, first = '', second = '', end] = file.bytes.toString().split('\r\n');
      expect(header).toBe(`${bom}Användar-id;Anställningsnummer;Namn;E-post Visma Connect`);
      expect(first).toMatch(/^14;0014;Anna Svensson;/);
      expect(second).toMatch(/^15;0015;"'=SUM\(1;2\)";/);
      expect(end).toBe('');

      await lena.drops({
        name: 'kollegor.csv',
        bytes: Buffer.from([header, '14;0014;Anna Svensson;anna.ny@company.se', second, ''].join('\r\n')),
      });
      const preview = await lena.sees('2 rader: 1 adress sparas, 1 är oförändrad');
      expect(preview.text).toContain('Filen kommer från export #2: 2 av 2 rader.');
      expect(preview.text).not.toMatch(/nollor|exporten/);
      await lena.presses('Bekräfta', preview);
      await lena.sees('Klart: 1 sparad, 1 oförändrad.');
      expect(await store.value(`select name from "user" where user_id = '15'`)).toBe(formula);

      await lena.drops({
        name: 'ändrad.csv',
        bytes: Buffer.from([header, '14;14;Anna Svensson;anna.ny@company.se', '15;15;Bo;', ''].join('\r\n')),
      });
      const mended = await lena.sees('Förhandsvisning av import #4');
      expect(mended.text).toContain('Allt är redan på plats.');
      expect(mended.text).toContain('Filen kommer från export #2: 2 av 2 rader.');
      expect(mended.text).toContain(
        '2 rader har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
      );

      await lena.types('/vc logg');
      const log = await lena.sees('Importer, exporter och utskick');
      expect(log.text).toContain('#2 Export: kollegor.csv');
      expect(log.text).toContain('klar: 2 användare');
      await lena.types('/vc logg visa #2');
      const page = await opens((await lena.sees('Sidan med filen från export #2')).links[0] ?? '');
      await enterLog(page);
      await page.getByRole('heading', { name: 'Export #2: kollegor.csv' }).waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'Ladda ner filen' }).click(),
      ]);
      expect(download.suggestedFilename()).toBe('kollegor.csv');

      await lena.presses('Hämta filen', done);
      expect((await lena.gets('kollegor.csv')).bytes.equals(file.bytes)).toBe(true);
      await erik.types('/vc export file #2');
      await erik.gets('kollegor.csv');
      await anna.types('/vc exportera alla');
      await anna.sees('Det här får bara den som har behörighet göra');
    },
  ),

  scenario(
    'where others read: counts alone, the file to whoever asked; by a form, to Flex HRM and what is new since',
    async ({ lena, erik, anna }, { store }) => {
      await employ(lena, 30);
      await erik.types('/vc export "Connect e-mail" department:IT as it-list.csv', 'hr');
      const told = await lena.sees('Export #2', { in: 'hr', mine: false });
      await erik.gets('it-list.csv');
      const summary = await lena.sees('Filen skickas bara till den som bad om den', {
        in: 'hr',
        mine: false,
      });
      expect(summary.id).toBe(told.id);
      expect(summary.text).toContain('6 användare');
      expect(summary.text).not.toMatch(/it-list|Svensson|@/);
      anna.doesNotSee('it-list');

      await lena.types('/vc exportera');
      await lena.seesForm('Exportera');
      expect(Object.keys(await lena.fills({ Filter: 'avdelnin:IT', 'Filens namn': 'a/b' }))).toEqual([
        'Filter',
      ]);
      expect(
        await lena.fills({ Filter: 'avdelning:IT', 'Filens namn': 'flex.csv', Mall: 'Till Flex HRM' }),
      ).toEqual({});
      await lena.sees('Klart. 6 användare');
      const file = await lena.gets('flex.csv');
      expect(file.bytes.toString().split('\r\n')[0]).toBe(
        'Användar-id\tAnställningsnummer\tE-post Visma Connect',
      );

      await lena.types('/vc exportera Till Flex HRM sedan-sist som nya.csv');
      await lena.sees('Det finns ingen att exportera');
      await store.query(
        `update "user" set connection = 'verified', verified_at = now() where user_id in ('14', '15')`,
      );
      await lena.types('/vc exportera Till Flex HRM sedan sist som nya.csv');
      const first = await lena.sees('Klart. 2 användare');
      expect(first.text).toContain('samma sak har inte exporterats förut');
      expect((await lena.gets('nya.csv')).bytes.toString().split('\r\n')).toHaveLength(4);
      await store.query(`update export set read_at = read_at + interval '1 minute'`);
      await lena.types('/vc exportera Till Flex HRM sedan-sist');
      await lena.sees('sedan förra exporten');
    },
  ),
];
