import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** What an employee gets who writes anything to the bot: how their own login stands, and what to do next. */
export const employees = [
  scenario(
    'an employee in every state, in Swedish and English',
    async ({ lena, anna, asa }, { mail, opens, store }) => {
      const asks = async (sv: RegExp, en: RegExp) => {
        await anna.writes('Jag kommer inte in i Flex, vad ska jag göra?');
        const swedish = await anna.sees(sv);
        await anna.writes("I can't log in, please help");
        const english = await anna.sees(en);
        return { swedish, english };
      };
      const is = (change: string) => store.query(`update "user" set ${change} where user_id = '14'`);

      await asks(/Jag hittar ingen användare/, /can't find a user|find no user/);
      await employ(lena, 30);
      await is(`connection = 'none', connect_email = null, connect_address = null`);
      await store.query(`select pg_sleep(2.1)`);
      await asks(/Vi har ingen e-postadress till dig ännu/, /We have no email address for you yet/);
      await is(
        `connection = 'unverified', connect_email = 'anna@company.se', connect_address = 'anna@company.se', active = false`,
      );
      await asks(/inaktiverad/, /deactivated/);
      await is('active = true');
      await store.query(`update employment set starts_on = current_date + 30 where number = '0014'`);
      await asks(/har inte börjat ännu/, /has not started yet/);
      await store.query(
        `update employment set starts_on = null, ends_on = current_date - 30 where number = '0014'`,
      );
      await asks(/har upphört/, /has ended/);
      await store.query(`update employment set ends_on = null`);

      const { swedish } = await asks(/a…@company\.se, är inte bekräftad/, /a…@company\.se, is not confirmed/);
      expect(swedish.buttons).toEqual(['Skicka en länk till mig']);
      await anna.presses('Skicka en länk till mig', swedish);
      await anna.sees('En ny länk är på väg till a…@company.se');
      await mail.mailTo('anna@company.se');
      const waiting = await asks(
        /Vi mejlade en länk till a…@company\.se i dag/,
        /We emailed a link to a…@company\.se today/,
      );
      expect(waiting.english.buttons).toEqual(['Send me a new link']);
      await store.query(`update verification_link set expires_at = now()`);
      const expired = await asks(/har gått ut/, /has expired/);
      await anna.presses('Send me a new link', expired.english);
      await anna.sees('A new link is on its way to a…@company.se');
      const newest = verifyLink(await mail.mailTo('anna@company.se', { count: 2 }));
      await is(`bounced_at = now(), bounced_words = '550 5.1.1 No such user'`);
      await asks(/kom tillbaka/, /came back/);
      await is(`bounced_at = null, disowned_at = now()`);
      await asks(/markerad som fel/, /marked as wrong/);
      await is('disowned_at = null');
      await store.query(`insert into allowed_domain (entry) values ('company.com')`);
      await asks(/får inte användas för inloggning/, /cannot be used to log in/);
      await store.query('delete from allowed_domain');

      const page = await opens(newest);
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      expect(await page.getByRole('link', { name: 'Öppna inloggningssidan' }).getAttribute('href')).toBe(
        'https://login.company.se/',
      );
      const set = await asks(
        /Allt är klart. Logga in med a…@company\.se, inte med ditt användar-id/,
        /All set/,
      );
      expect(set.swedish.links).toContain('https://login.company.se/');
      expect(set.english.buttons).toEqual(['Open the login page']);

      // Nobody else's, whatever is written; and no command that needs a permission.
      await asa.writes('Vad har anna@company.se för status? /vc user 14');
      await asa.sees('Jag hittar ingen användare');
      asa.doesNotSee('a…@');
      await asa.types('/vc user 14');
      await asa.sees('Det här får bara den som har behörighet göra');
      await asa.types('/vc help');
      await asa.sees('Jag hittar ingen användare');
      await asa.types('/vc whoami', 'random');
      await asa.sees('Medarbetare', { in: 'random', mine: true });
    },
    { env: { CONNECT_LOGIN_URL: 'https://login.company.se/' } },
  ),

  scenario(
    'who is refused: guests, other organisations, bots, shared channels',
    async ({ guest, stranger, robot, lena }) => {
      await guest.writes('Hej, jag kan inte logga in');
      await guest.sees('Jag svarar bara dem som är anställda här');
      await guest.types('/vc help', 'hr');
      await guest.sees('Jag svarar bara dem som är anställda här', { in: 'hr', mine: true });
      await lena.types('/vc status', 'shared');
      await lena.sees('delas med en annan organisation', { in: 'shared', mine: true });
      await stranger.types('/vc users', 'shared');
      await stranger.sees('delas med en annan organisation');
      await stranger.writes('status?');
      await stranger.sees('I only answer people who work here');
      await robot.types('/vc status', 'hr');
      await robot.sees(/Jag svarar bara|I only answer/, { in: 'hr', mine: true });
    },
  ),
];
