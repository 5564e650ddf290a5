import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** What becomes of mail that the server does not take, and of messages that the chat does not. */
export const sending = [
  scenario(
    'one user: the server refuses the address, refuses us, is down for a while',
    async ({ lena, erik }, { mail, store }) => {
      const [, bjorn, cecilia] = await employ(lena, 30);
      mail.refusesRecipient('anna@company.se', '550 5.1.1 <anna@company.se>: User unknown');
      await lena.types('/vc verify anna@company.se');
      const bounced = await lena.sees('Mejlet kom tillbaka');
      expect(bounced.text).toContain('550 5.1.1');
      expect(bounced.buttons).toEqual(['Ange en annan adress']);
      await erik.types('/vc user 14');
      await erik.sees(/The email bounced on .*550 5\.1\.1[\s\S]*Next: enter the right address/);
      // To an address that has bounced, nothing is sent before somebody has looked at it.
      await lena.types('/vc verify user:14');
      await lena.seesForm('Verifiera konto');
      await lena.closesForm();

      mail.refusesSender('550 5.7.1 Sender not allowed');
      await lena.types(`/vc verify ${bjorn?.connectEmail}`);
      const refused = await lena.sees('Mejlet kunde inte skickas');
      expect(refused.text).toMatch(/Sender not allowed[\s\S]*Det beror inte på adressen/);
      mail.behaves();
      await lena.presses('Skicka igen', refused);
      await mail.mailTo(bjorn?.connectEmail ?? '');
      await lena.sees('Mejlet skickades');

      await mail.goesDown();
      await lena.types(`/vc verify ${cecilia?.connectEmail}`);
      const waiting = await lena.sees('Mejlservern tar inte emot mejlet just nu');
      expect(waiting.text).toMatch(/Nästa försök: .*kl\. \d\d\.\d\d/);
      await mail.comesBack();
      await store.hurries();
      const sent = await lena.sees('Mejlet skickades');
      expect(sent.id).toBe(waiting.id);
      expect(verifyLink(await mail.mailTo(cecilia?.connectEmail ?? ''))).toBeTruthy();
    },
  ),

  scenario(
    'a campaign: one address refused, then we are, then the server is down',
    async ({ lena, erik }, { mail, store }) => {
      await employ(lena, 60);
      mail.refusesRecipient('anna@company.se');
      await lena.types('/vc massverifiera avdelning:"Ekonomi & Lön"', 'hr');
      await lena.presses('Bekräfta');
      const first = await lena.sees('Klart. 11 av 12 mejl skickades, 1 gick inte att skicka.', {
        in: 'hr',
        mine: false,
      });
      expect(first.text).not.toContain('@');

      mail.refusesSender('550 5.7.1 <vc-bot@company.se>: Sender address rejected');
      await erik.types('/vc bulk-verify department:IT', 'hr');
      await erik.presses('Confirm');
      const paused = await lena.sees('Utskick #3 är pausat', { in: 'hr', mine: false });
      expect(paused.text).toContain('550 5.7.1');
      expect(paused.text).not.toContain('@');
      expect(paused.buttons.slice(0, 2)).toEqual(['Återuppta', 'Avbryt utskicket']);
      mail.behaves();
      await lena.presses('Återuppta', paused);
      const done = await lena.sees('Alla 12 mejl skickades', { in: 'hr', mine: false });
      expect(done.id).toBe(paused.id);

      await mail.goesDown();
      await lena.types('/vc massverifiera avdelning:Produktion');
      await lena.presses('Bekräfta');
      const delayed = await lena.sees(/\d+ väntar på ett nytt försök/);
      await mail.comesBack();
      await store.query('update campaign_recipient set not_before = null');
      await store.hurries();
      const late = await lena.sees(/Klart\. Alla 12 mejl skickades/, { deadline: 40_000 });
      expect(late.id).toBe(delayed.id);
      expect(Math.max(...mail.counts().values())).toBe(1);
    },
  ),

  scenario(
    'a channel that the bot is not in: the preview says so, and the summary goes to the caller',
    async ({ lena, asa }) => {
      await employ(lena, 30);
      await lena.types('/vc massverifiera avdelning:IT', 'random');
      const preview = await lena.sees('Jag får inte skriva i den här kanalen', { in: 'random', mine: true });
      await lena.presses('Bekräfta', preview);
      await lena.sees('Läget visas i vår direktkonversation', { in: 'random', mine: true });
      await lena.sees('Alla 6 mejl skickades', { in: 'bot' });
      expect(asa.reads('random')).toEqual([]);
      await asa.types('/vc whoami', 'random');
      await asa.sees('Medarbetare', { in: 'random', mine: true });
    },
    { needs: ['commands where the bot is not'] },
  ),
];
