import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, enterLog } from './harness/staff.ts';

/** Empty addresses for logging in, filled in with the ordinary ones. */
export const filling = [
  scenario(
    'a fill by a filter: previewed, confirmed, in the log, and verification sent to those just filled in',
    async ({ lena, erik, anna }, { store, mail, opens }) => {
      await employ(lena, 30);
      await store.query(
        `update "user" set connect_email = null, connect_address = null, connection = 'none'`,
      );
      await store.query(`update "user" set email = null, email_key = null where user_id = '15'`);
      await store.query(
        `update "user" set email = 'lon@company.se', email_key = 'lon@company.se' where user_id in ('16', '17')`,
      );
      const four = 'användare:14 användare:15 användare:16 användare:17';
      await lena.types('/vc fyll');
      await lena.sees('Åt vilka?');
      await lena.types(`/vc fyll ${four}`);
      const preview = await lena.sees('Ifyllning #2: förhandsvisning');
      expect(preview.text).toMatch(/4 användare: 1 får sin vanliga .* 1 hoppas över, 2 kan inte fyllas i\./);
      expect(preview.text).toContain('2 med en vanlig e-postadress som flera har');
      const held = `select count(*)::int from "user" where connect_address is not null`;
      expect(await store.value(held)).toBe(0);
      await lena.presses('Bekräfta', preview);
      const done = await lena.sees('Klart: 1 ifylld, 1 överhoppad, 2 avvisade.');
      expect(done.id).toBe(preview.id);
      expect(await store.value(held)).toBe(1);

      await lena.presses('Visa logg', done);
      const page = await opens((await lena.sees('Loggen för import #2')).links[0] ?? '');
      await enterLog(page);
      await page.getByRole('heading', { name: 'Ifyllning #2' }).waitFor();
      expect(await page.locator('tbody tr').allTextContents()).toEqual([
        expect.stringMatching(/^1UppdateradNy adress\.14/),
        expect.stringMatching(/^2Hoppades över: ingen vanlig e-post15/),
        expect.stringMatching(/^3Avvisad.*samma vanliga e-postadress.*16/),
        expect.stringMatching(/^4Avvisad.*samma vanliga e-postadress.*17/),
      ]);

      await lena.presses('Skicka verifieringsmejl', done);
      const sending = await lena.sees('En person får mejlet');
      expect(sending.text).toContain('Urval: import:2');
      await lena.presses('Bekräfta', sending);
      await lena.sees('Klart.');
      expect(mail.mails).toHaveLength(1);

      await lena.types('/vc logg');
      expect((await lena.sees('Importer, exporter och utskick')).text).toContain(
        '#2 Ifyllning: användare:14',
      );

      // Where others read: counts alone, and anybody permitted confirms.
      await erik.types('/vc fill user:18 user:19', 'hr');
      const told = await lena.sees('2 användare: 2 får', { in: 'hr', mine: false });
      expect(told.text).not.toMatch(/användare:1|@/);
      await lena.presses('Bekräfta', told);
      await lena.sees('Klart: 2 ifyllda.', { in: 'hr', mine: false });
      await anna.types('/vc fyll alla');
      await anna.sees('Det här får bara den som har behörighet göra');
    },
  ),
];
