import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** Verifying many: the preview, the one progress message, the summary. */
export const bulkVerifying = [
  scenario(
    'a department in Swedish, in a channel: preview, copy, confirm, progress, summary, connected since',
    async ({ lena, erik, anna }, { mail, opens, store }) => {
      await employ(lena, 60);
      await store.query(
        `update "user" set connection = 'connected', connected_at = now() where user_id = '44'`,
      );
      await store.query(`update "user" set active = false where user_id = '24'`);
      // One of them has a protected identity: the mail reaches them, and no channel counts them (U8).
      await store.query(
        `update "user" set protected_identity = true where id = (
           select min(u.id) from "user" u join employment e on e.user_id = u.id
           where e.company = 'X' and e.department = 'Ekonomi & Lön'
           and u.active and u.connection = 'unverified' and u.email <> 'anna@company.se')`,
      );
      await lena.types('/vc massverifiera företag:X avdelning:"Ekonomi & Lön"', 'hr');
      const preview = await lena.sees('Utskick #2: förhandsvisning', { in: 'hr', mine: true });
      expect(preview.text).toMatch(/\d+ personer får mejlet/);
      expect(preview.text).toContain('1 redan kopplad');
      expect(preview.text).toContain('1 inaktiverad');
      expect(preview.text).toContain('Inget är skickat ännu');
      expect(preview.text).toContain('företag:X avdelning:"Ekonomi & Lön"');
      const count = Number(/(\d+) personer/.exec(preview.text)?.[1]);

      await lena.presses('Skicka en kopia till mig', preview);
      await lena.sees('En kopia är skickad till l…@company.se');
      const copy = await mail.mailTo('lena@company.se');
      expect(copy.text).toContain('Det här är en kopia');
      expect(copy.raw).not.toContain('/verify/');

      // Impatient people press twice.
      const answers = await Promise.allSettled([
        lena.presses('Bekräfta', preview),
        lena.presses('Bekräfta', preview),
      ]);
      expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
      await lena.sees('Det är redan gjort', { ever: true });
      const told = count - 1;
      const summary = await erik.sees(`Alla ${told} mejl skickades`, { in: 'hr', mine: false });
      expect(summary.text).toContain(`0 av ${told} har kopplats sedan dess`);
      expect(erik.reads('hr').filter(({ text }) => text.includes('Utskick #2'))).toHaveLength(1);
      expect([...mail.counts().values()].filter((n) => n > 1)).toEqual([]);
      expect(mail.mails).toHaveLength(count + 1);
      for (const reader of [erik, anna]) reader.doesNotSee(/@company\.se|Svensson/, 'hr');

      const page = await opens(verifyLink(await mail.mailTo('anna@company.se')));
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      await store.hurries();
      const grown = await erik.sees(`1 av ${told} har kopplats sedan dess`, { in: 'hr', mine: false });
      expect(grown.id).toBe(summary.id);

      await lena.presses('Visa logg', grown);
      const link = await lena.sees('Loggen för utskick #2', { in: 'hr', mine: true });
      expect(link.buttons).toEqual(['Öppna loggen']);
      await anna.presses('Visa logg', grown);
      await anna.sees('Det här får bara den som har behörighet göra', { in: 'hr', mine: true });
    },
  ),

  scenario(
    'cancelled half-way, by a slow mail server; two that overlap send nobody two',
    async ({ lena, erik, anna }, { mail }) => {
      await employ(lena, 300);
      mail.holdsAfter(20);
      await erik.types('/vc bulk-verify all', 'hr');
      const preview = await erik.sees('Campaign #2: preview');
      expect(preview.text).toContain('285 people will get the email. 15 skipped:');
      expect(preview.text).toContain('15 without address');
      await lena.types('/vc massverifiera alla');
      const other = await lena.sees('Utskick #3: förhandsvisning');
      await erik.presses('Confirm', preview);
      await mail.arrived(20);
      const progress = await lena.sees(/Utskick #2 pågår/, { in: 'hr', mine: false, ever: true });
      expect(progress.buttons).toEqual(['Avbryt utskicket']);
      await anna.presses('Avbryt utskicket', progress);
      await anna.sees('Det här får bara den som har behörighet göra');
      await lena.presses('Avbryt utskicket', progress);
      const summary = await lena.sees(/Avbrutet\. (\d+) av 285 mejl hann skickas/, { in: 'hr', mine: false });
      expect(summary.id).toBe(progress.id);
      mail.goesOn();
      await lena.sees(/Avbrutet\. (\d+) av 285 mejl hann skickas\.(?! \d+ är redan)/, {
        in: 'hr',
        mine: false,
      });
      const sent = mail.mails.length;
      expect(sent).toBeLessThan(285);
      expect(lena.reads('hr').find(({ id }) => id === progress.id)?.text).toContain(`${sent} av 285`);

      // The other one was previewed before: it sends to the rest alone.
      await lena.presses('Bekräfta', other);
      await lena.sees(/Klart/, { in: 'bot' });
      expect(mail.mails).toHaveLength(285);
      expect(Math.max(...mail.counts().values())).toBe(1);
    },
  ),

  scenario(
    'a preview that is confirmed late, by somebody else, or by nobody who may',
    async ({ lena, erik, anna }, { mail, store }) => {
      await employ(lena, 30);
      await lena.types('/vc massverifiera avdelning:IT');
      const late = await lena.sees('Utskick #2: förhandsvisning');
      await store.query(`update campaign set created_at = created_at - interval '16 minutes'`);
      await lena.presses('Bekräfta', late);
      await lena.sees('Förhandsvisningen är äldre än 15 minuter');
      await lena.types('/vc massverifiera avdelning:IT');
      await lena.sees('Utskick #3: förhandsvisning');
      await anna.types('/vc bulk-verify confirm #3');
      await anna.sees('Det här får bara den som har behörighet göra');
      expect(mail.mails).toHaveLength(0);
      await erik.types('/vc bulk-verify confirm #3');
      await erik.sees('The progress is shown in our direct conversation', { in: 'bot' });
      await erik.sees(/Done\. All \d+ emails were sent/, { in: 'bot' });
      await lena.sees(/Klart\. Alla \d+ mejl skickades/, { in: 'bot' });
      await lena.presses('Bekräfta');
      await lena.sees('Utskick #3 är redan klart');
      await lena.types('/vc massverifiera avdelning:IT');
      await lena.sees('Det finns ingen att skicka till');
      await erik.types('/vc bulk-verify company:x department:"Ekonomi & Lön"');
      const unwanted = await erik.sees('Filter: company:X department:"Ekonomi & Lön"');
      expect(unwanted.buttons).toEqual(['Confirm', 'Send me a copy', 'Cancel']);
      await erik.presses('Cancel', unwanted);
      const cancelled = await erik.sees('is cancelled. Nothing was sent.');
      expect(cancelled.id).toBe(unwanted.id);
    },
  ),
];
