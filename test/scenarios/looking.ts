import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** Looking things up, and what a user's card does. */
export const looking = [
  scenario('help, status, users with pages, in both languages', async ({ lena, erik, anna }) => {
    await lena.types('/vc help');
    const help = await lena.sees('Det här kan jag göra');
    for (const verb of ['verifiera', 'massverifiera', 'användare', 'visa', 'domäner', 'läge', 'vemärjag'])
      expect(help.text).toContain(`/vc ${verb}`);
    await erik.types('/vc help bulk-verify', 'hr');
    await erik.sees('/vc bulk-verify department:"Ekonomi & Lön"', { in: 'hr', mine: true });
    await lena.types('/vc hjälp massverifiera');
    await lena.sees('/vc massverifiera avdelning:"Ekonomi & Lön"');
    await lena.types('/vc status');
    await lena.sees('Det finns inga användare ännu');
    await lena.types('/vc log');
    await lena.sees('Det finns inga importer, exporter eller utskick ännu');

    await employ(lena, 30);
    await lena.types('/vc läge', 'hr');
    const status = await lena.sees('0 av 30 är kopplade');
    expect(status.text).toMatch(/^X\s(?:· )?ingen adress: 1 · overifierad: 19 · väntar: 0/m);
    await erik.types('/vc users department:IT');
    const users = await erik.sees('6 users');
    await erik.presses('Show', users);
    await erik.sees('Not connected to Visma Connect');
    await lena.types('/vc användare');
    const first = await lena.sees('30 användare');
    expect(first.text).toContain('Sida 1 av 3');
    await lena.presses('Nästa', first);
    const second = await lena.sees('Sida 2 av 3');
    expect(second.id).toBe(first.id);
    await lena.presses('Föregående', second);
    await lena.sees('Sida 1 av 3');
    await lena.types('/vc användare status:ingen');
    await lena.sees('1 användare');
    await lena.types('/vc vemärjag');
    await lena.sees('Administratör');
    await anna.types('/vc status', 'hr');
    await anna.sees('Det här får bara den som har behörighet göra', { mine: true });
    await lena.types('/vc logg');
    const log = await lena.sees('Importer, exporter och utskick');
    expect(log.text).toContain('#1 Import: anställda.csv');
    await lena.presses('Visa logg', log);
    await lena.sees('Loggen för import #1');
    await lena.types('/vc logg #7');
    await lena.sees('ingen import eller export och inget utskick #7');
  }),

  scenario(
    "a user's card: verify, remove the address, delete the connection",
    async ({ lena, erik }, { mail, opens }) => {
      await employ(lena, 30);
      await lena.types('/vc visa anna svensson', 'hr');
      const card = await lena.sees('Anna Svensson', { in: 'hr', mine: true });
      expect(card.text).toContain('Inte kopplad till Visma Connect (overifierad)');
      expect(card.text).toContain('X, nr 0014, Ekonomi & Lön, Stockholm');
      expect(card.buttons).toEqual(['Verifiera konto', 'Ta bort adressen']);
      await lena.presses('Verifiera konto', card);
      const link = verifyLink(await mail.mailTo('anna@company.se'));
      await lena.sees('Mejlet skickades', { in: 'bot' });
      await erik.types('/vc user 14');
      const theirs = await erik.sees('Anna Svensson');
      expect(theirs.text).toContain('Next: the person confirms');
      await erik.presses('Remove address', theirs);
      const removed = await erik.sees('Done. The address is removed.');
      expect(removed.text).toContain('no address');
      const page = await opens(link);
      await page.getByRole('heading', { name: 'Länken gäller inte längre' }).waitFor();
      await lena.sees('Adressen har ändrats sedan mejlet skickades', { in: 'bot' });

      await lena.types('/vc visa 15');
      await lena.presses('Verifiera konto', await lena.sees('Björn Svensson'));
      const bjorn = 'bjorn.svensson.1@company.se';
      await page.goto(verifyLink(await mail.mailTo(bjorn)));
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      await lena.types('/vc visa bjorn.svensson.1@company.se');
      const connected = await lena.sees('Kopplad till Visma Connect sedan');
      expect(connected.buttons).toEqual(['Ta bort koppling']);
      await lena.presses('Ta bort koppling', connected);
      const deleted = await lena.sees('Kopplingen är borttagen. Visma Connect-kontot finns kvar.');
      expect(deleted.text).toContain(bjorn);
      expect(deleted.text).toContain('(overifierad)');
    },
  ),

  scenario('allowed domains: the first, one more, off again', async ({ lena, erik }) => {
    await employ(lena, 30);
    await lena.types('/vc domäner');
    await lena.sees('Alla domäner är tillåtna');
    await lena.types('/vc domäner tillåt company.se');
    const first = await lena.sees('Ska bara company.se vara tillåten?');
    expect(first.text).toContain('Inga sparade adresser berörs');
    await lena.presses('Bekräfta', first);
    await lena.sees('Klart. company.se är tillåten.');
    await erik.types('/vc domains allow *.företaget.se');
    await erik.sees('Done. *.företaget.se is allowed.');
    await lena.types('/vc verify anna@evilcompany.se');
    await lena.seesForm('Verifiera konto');
    expect(await lena.fills({ Användare: 'Björn', 'Bekräfta e-post': 'anna@evilcompany.se' })).toEqual({
      'E-post': expect.stringContaining('evilcompany.se är inte en tillåten domän'),
    });
    await lena.closesForm();
    await erik.types('/vc domains');
    const list = await erik.sees('Allowed domains');
    await erik.types('/vc domains disallow company.se');
    const question = await erik.sees('Remove company.se?');
    expect(question.text).toContain('29 saved addresses will no longer be allowed');
    await erik.presses('Confirm', question);
    await erik.sees('company.se is off the list');
    expect(list.text).toContain('*.företaget.se');
    await lena.types('/vc verifiera anna@company.se');
    await lena.sees('company.se är inte en tillåten domän');
  }),
];
