import { expect } from 'vitest';
import { overflows, violationsOf } from '../support/browser.ts';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** Verifying one user: `/vc verify`, the mail, the page behind its link, and the message that follows it. */
export const verifying = [
  scenario(
    'an address is typed in a channel; a scanner looks, then its owner confirms',
    async ({ lena, erik }, { mail, opens, store }) => {
      await employ(lena, 30);
      await lena.types('/vc verify anna@company.se', 'hr');
      const begun = await lena.sees('Mejlet är på väg till anna@company.se (Anna Svensson)', {
        in: 'hr',
        mine: true,
      });
      expect(begun.mine).toBe(true);
      const followed = await lena.sees(/Verifiering av Anna Svensson[\s\S]*Mejlet skickades/, { in: 'bot' });
      erik.doesNotSee('Anna');

      const letter = await mail.mailTo('anna@company.se');
      expect(letter).toMatchObject({
        from: 'vc-bot@company.se',
        fromName: 'Company',
        subject: 'Company: bekräfta din e-postadress för Flex HRM',
      });
      const link = verifyLink(letter);
      expect(letter.text).toContain(link);
      expect(letter.text).toContain('Hej Anna!');
      expect(letter.html).toContain('lang="sv"');
      expect(letter.links.map(({ label }) => label)).toEqual([
        'Bekräfta min e-postadress',
        'hr@company.se',
        'Det är inte jag',
      ]);

      await fetch(link, { method: 'HEAD' });
      await Promise.all([fetch(link), fetch(link)]);
      const opened = await lena.sees('kanske av ett skyddsfilter', { in: 'bot' });
      expect(opened.id).toBe(followed.id);
      expect(await store.value('select connection from "user" where user_id = $1', ['14'])).toBe('pending');

      const page = await opens(link, { phone: true });
      const text = await page.locator('body').textContent();
      expect(text).toContain('Company');
      expect(text).toContain('Är a…@company.se din adress?');
      expect(text).not.toContain('anna');
      expect(await page.getByRole('button').allInnerTexts()).toEqual(['Bekräfta', 'Det är inte jag']);
      expect(await violationsOf(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      expect(await page.locator('body').textContent()).toContain('Glömt ditt lösenord?');

      const done = await lena.sees('Klart: adressen bekräftades', { in: 'bot' });
      expect(done.id).toBe(followed.id);
      expect(done.text).toContain('användaren är kopplad');
      await page.goto(link);
      await page.getByRole('heading', { name: 'Adressen är redan bekräftad' }).waitFor();
      await lena.types('/vc verifiera anna@company.se');
      await lena.sees('Användaren är redan kopplad till Visma Connect. Inget mejl behövs.');
    },
  ),

  scenario(
    "this isn't me: the link is revoked and the administrator told, who enters another address",
    async ({ lena, erik }, { mail, opens, store }) => {
      await employ(lena, 30);
      await store.query(`update "user" set language = 'en' where user_id = '14'`);
      await erik.types('/vc verify user:14');
      await erik.sees('The email was sent');
      const letter = await mail.mailTo('anna@company.se');
      expect(letter.subject).toBe('Company: confirm your email address for Flex HRM');
      expect(letter.text).toContain('Hi Anna,');
      const link = verifyLink(letter);

      const page = await opens(link, { locale: 'sv-SE' });
      expect(await page.getByRole('button').allInnerTexts()).toEqual(['Confirm', "This isn't me"]);
      await page.getByRole('button', { name: "This isn't me" }).click();
      await page.getByRole('heading', { name: 'Thank you for telling us' }).waitFor();
      await erik.sees('Whoever got the email answered "This isn\'t me"', { in: 'bot' });
      await page.goto(link);
      await page.getByRole('heading', { name: 'This link is switched off' }).waitFor();
      expect(await page.locator('body').textContent()).toContain('no more links are sent here');
      expect(await page.getByRole('button').count()).toBe(0);

      await erik.presses('Enter another address');
      const form = await erik.seesForm('Verify account');
      expect(form.fields).toEqual(['User', 'Email', 'Confirm email']);
      expect(form.text).toContain('Anna Svensson, 14');
      expect(
        await erik.fills({ Email: 'anna.svensson@company.se', 'Confirm email': 'anna.svensson@company.se' }),
      ).toEqual({});
      await mail.mailTo('anna.svensson@company.se');
      await erik.sees(/sent[\s\S]*anna\.svensson@company\.se/);
      expect(mail.to('anna@company.se')).toHaveLength(1);
    },
  ),

  scenario(
    'a link that is too old, used or replaced offers a new one, to the same address',
    async ({ lena }, { mail, opens, store }) => {
      const [, bjorn] = await employ(lena, 30);
      const address = bjorn?.connectEmail ?? '';
      await lena.types(`/vc verify ${address}`);
      const old = verifyLink(await mail.mailTo(address));
      await store.query(`update verification_link set expires_at = now() - interval '1 minute'`);
      const page = await opens(old);
      await page.getByRole('heading', { name: 'Länken har gått ut' }).waitFor();
      await page.getByRole('button', { name: 'Skicka en ny länk' }).click();
      await page.getByRole('heading', { name: 'Titta i din inkorg' }).waitFor();
      const fresh = verifyLink(await mail.mailTo(address, { count: 2 }));
      expect(fresh).not.toBe(old);
      await lena.sees('Mejlet skickades', { ever: true });

      // Replaced: the administrator sends once more.
      await lena.types(`/vc verify user:${bjorn?.userId}`);
      await lena.sees('En nyare verifiering har ersatt den här');
      const newest = verifyLink(await mail.mailTo(address, { count: 3 }));
      await page.goto(fresh);
      await page.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
      // The fourth within the hour is not sent, and the page says nothing of it.
      await page.getByRole('button', { name: 'Skicka en ny länk' }).click();
      await page.getByRole('heading', { name: 'Titta i din inkorg' }).waitFor();

      await page.goto(newest);
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      await lena.sees('Klart: adressen bekräftades');
      expect(mail.to(address)).toHaveLength(3);

      // Nobody learns from an invented link whether it ever was one.
      await page.goto(newest.replace(/.{8}$/, 'AAAAAAAA'));
      await page.getByRole('heading', { name: 'Länken har gått ut' }).waitFor();
      await page.getByRole('button', { name: 'Skicka en ny länk' }).click();
      await page.getByRole('heading', { name: 'Titta i din inkorg' }).waitFor();
      expect(mail.mails).toHaveLength(3);
    },
  ),

  scenario(
    'an address that nobody holds, or none: the form, with faults at its fields',
    async ({ lena, erik }, { mail }) => {
      await employ(lena, 30);
      await lena.types('/vc verify ny.adress@company.se', 'hr');
      const form = await lena.seesForm('Verifiera konto');
      expect(form.fields).toEqual(['Användare', 'E-post', 'Bekräfta e-post']);
      expect(form.text).toContain('E-post: ny.adress@company.se');
      expect(await lena.searches('Användare', 'ann')).toContain('Anna Svensson, 14, X');
      expect(await lena.searches('Användare', '0015')).toEqual(['Björn Svensson, 15, X']);
      expect(await lena.searches('Användare', 'finns inte')).toEqual([]);
      const fills = (email: string, again = email) =>
        lena.fills({ Användare: 'Björn', 'E-post': email, 'Bekräfta e-post': again });
      expect(await fills('ny.adress@company.se', 'ny.adres@company.se')).toEqual({
        'Bekräfta e-post': 'Adresserna stämmer inte överens. Skriv samma adress i båda fälten.',
      });
      expect(await fills('björn@company.se')).toEqual({
        'E-post': expect.stringContaining('inte å, ä eller ö'),
      });
      expect(await fills('björn')).toEqual({ 'E-post': expect.stringContaining('saknar @') });
      expect(await fills('anna@company.se')).toEqual({
        'E-post': 'Adressen används av en annan användare. Varje person behöver en egen.',
      });
      expect(await fills('bjorn@företaget.se')).toEqual({});
      await mail.mailTo('bjorn@företaget.se');
      await lena.sees('bjorn@företaget.se', { in: 'hr', mine: true });
      await lena.sees(/Mejlet skickades[\s\S]*bjorn@företaget\.se/, { in: 'bot' });

      await erik.types('/vc verify');
      const empty = await erik.seesForm('Verify account');
      expect(empty.text).toContain('Confirm email: ');
      await erik.closesForm();
    },
  ),
];
