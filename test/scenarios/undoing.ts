import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, enterLog } from './harness/staff.ts';

/** Imports that are undone. */
export const undoing = [
  scenario(
    'a template, an export, the file edited and imported, its log, and the import undone by its button',
    async ({ lena, erik, anna }, { store, opens }) => {
      await employ(lena, 30);
      await lena.types('/vc mallar skapa export');
      await lena.seesForm('Ny exportmall');
      const fields = 'Användar-id\nAnställningsnummer\nE-post Visma Connect';
      expect(await lena.fills({ Namn: 'Till cheferna', 'Fält, i ordning': fields })).toEqual({});
      await lena.sees('Exportmall: Till cheferna');
      await lena.types('/vc exportera Till cheferna användare:14 användare:15 som lista');
      await lena.sees('Klart. 2 användare');
      const file = (await lena.gets('lista.csv')).bytes.toString();
      const address = (user: string) =>
        store.value(`select connect_email from "user" where user_id = '${user}'`);
      const before = await address('14');
      const edited = file.replace(/^14;0014;.*$/m, '14;0014;anna.ny@company.se');
      await lena.drops({
        name: 'lista.csv',
        bytes: Buffer.from(edited.replace(/^15;0015;.*$/m, '15;0015;bjorn.ny@company.se')),
      });
      await lena.presses('Bekräfta', await lena.sees('2 rader: 2 adresser sparas'));
      const done = await lena.sees('Klart: 2 sparade.');
      await store.query(`update "user" set connection = 'verified' where user_id = '15'`);

      await lena.presses('Ångra', done);
      const preview = await lena.sees('Återställning #4 av #3: förhandsvisning');
      expect(preview.text).toContain('2 användare: 1 får tillbaka sin tidigare adress, 1 ändras inte.');
      expect(preview.text).toContain('1 verifierad sedan dess');
      expect(preview.text).toContain('Import #3: lista.csv');
      expect(await address('14')).toBe('anna.ny@company.se');
      await lena.presses('Bekräfta', preview);
      const undone = await lena.sees('Klart: 1 tidigare adress tillbaka, 1 inte ändrad.');
      expect(undone.id).toBe(preview.id);
      expect([await address('14'), await address('15')]).toEqual([before, 'bjorn.ny@company.se']);
      const told = await lena.sees('Ångrad: se #4.', { ever: true });
      expect(told.id).toBe(done.id);
      expect(told.buttons).not.toContain('Ångra');

      await lena.presses('Visa logg', undone);
      const page = await opens((await lena.sees('Loggen för import #4')).links[0] ?? '');
      await enterLog(page);
      await page.getByRole('heading', { name: 'Återställning #4 av #3' }).waitFor();
      await page.getByRole('columnheader', { name: 'Adressen före importen' }).waitFor();
      expect(await page.locator('tbody tr').allTextContents()).toEqual([
        expect.stringMatching(/^1Uppdaterad14.*anna\.ny@company\.se/),
        expect.stringMatching(/^2Hoppades över: verifierad sedan dess15/),
      ]);

      await lena.types('/vc importera ångra 3');
      await lena.sees('Import #3 är redan ångrad, av #4.');
      await lena.types('/vc importera avvisade #4');
      await lena.sees('#4 är en återställning');
      await lena.types('/vc logg');
      expect((await lena.sees('Importer, exporter och utskick')).text).toContain('#4 Återställning av #3');
      await anna.types('/vc import undo 1');
      await anna.sees(/behörighet|permission/);

      // Where others read: counts alone, and anybody permitted decides.
      await erik.types('/vc import undo 1', 'hr');
      const read = await lena.sees('Återställning #5 av #1: förhandsvisning', { in: 'hr', mine: false });
      expect(read.text).toContain('De 30 användare som importen skapade finns kvar.');
      expect(read.text).not.toMatch(/\.csv|@/);
      await lena.presses('Avbryt', read);
      await lena.sees('Återställningen är avbruten.', { in: 'hr', mine: false });
      expect(await address('14')).toBe(before);
    },
  ),
];
