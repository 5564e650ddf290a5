import { expect } from 'vitest';
import { until } from '../support/until.ts';
import { scenario } from './harness/conversation.ts';
import { employ, verifyLink } from './harness/staff.ts';

/** What an employee gets who writes anything to the bot: how their own login stands, and what to do next. */
export const employees = [
  scenario(
    'employees in every state: Anna writes Swedish, Åsa English',
    async ({ lena, anna, asa }, { mail, opens, store }) => {
      const both = ['14', '28'];
      const are = (change: string) =>
        store.query(`update "user" set ${change} where user_id = any($1)`, [both]);
      const employed = (change: string) =>
        store.query(`update employment set ${change} where number = any($1)`, [both.map((id) => `00${id}`)]);
      // A mail can be read before the program has written down that it was sent, which also ends an earlier bounce.
      const writtenDown = () =>
        until(
          () =>
            store.value<boolean>(
              `select count(*) = 0 from verification v where used_at is null and revoked_at is null
                and coalesce(sent_at, '-infinity') < (
                  select max(created_at) from verification_link where verification_id = v.id)`,
            ),
          { what: 'every mail written down as sent' },
        );
      const ask = async (sv: string, en: string) => {
        await Promise.all([
          anna.writes('Jag kommer inte in i Flex, vad ska jag göra?'),
          asa.writes("I can't log in, please help"),
        ]);
        return Promise.all([anna.sees(sv), asa.sees(en)]);
      };

      await ask('Jag hittar ingen användare', "can't find a user");
      await employ(lena, 30);
      await store.query(
        `update "user" set email = 'asa.oberg@company.se', email_key = 'asa.oberg@company.se' where user_id = '28'`,
      );
      await are(`connection = 'none', connect_email = null, connect_address = null`);
      await ask('Vi har ingen e-postadress till dig ännu', 'We have no email address for you yet');
      await are(
        `connection = 'unverified', connect_email = email, connect_address = email_key, active = false`,
      );
      await ask('inaktiverad', 'deactivated');
      await are('active = true');
      await employed('starts_on = current_date + 30');
      await ask('har inte börjat ännu', 'has not started yet');
      await employed('starts_on = null, ends_on = current_date - 30');
      await ask('har upphört', 'has ended');
      await employed('ends_on = null');

      const [inSwedish] = await ask('a…@company.se, är inte bekräftad', 'a…@company.se, is not confirmed');
      expect(inSwedish.buttons).toEqual(['Skicka en länk till mig']);
      await Promise.all([anna.presses('Skicka en länk till mig'), asa.presses('Send me a link')]);
      await anna.sees('En ny länk är på väg till a…@company.se');
      await asa.sees('A new link is on its way to a…@company.se');
      await Promise.all([mail.mailTo('anna@company.se'), mail.mailTo('asa.oberg@company.se')]);
      await writtenDown();
      await ask('Vi mejlade en länk till a…@company.se i dag', 'We emailed a link to a…@company.se today');
      await store.query('update verification_link set expires_at = now()');
      const [, inEnglish] = await ask('har gått ut', 'has expired');
      expect(inEnglish.buttons).toEqual(['Send me a new link']);
      await anna.presses('Skicka en ny länk till mig');
      await anna.sees('En ny länk är på väg till a…@company.se');
      const link = verifyLink(await mail.mailTo('anna@company.se', { count: 2 }));
      await writtenDown();

      await are(`bounced_at = now(), bounced_words = '550 5.1.1 No such user'`);
      await ask('kom tillbaka', 'came back');
      await are('bounced_at = null, disowned_at = now()');
      await ask('svarade att adressen inte är rätt', 'answered that the address is not right');
      await are('disowned_at = null');
      await store.query(`insert into allowed_domain (entry) values ('company.com')`);
      await ask('får inte användas för inloggning', 'cannot be used to log in');
      await store.query('delete from allowed_domain');

      const page = await opens(link);
      await page.getByRole('button', { name: 'Bekräfta' }).click();
      await page.getByRole('heading', { name: 'Klart!' }).waitFor();
      const login = page.getByRole('link', { name: 'Öppna inloggningssidan' });
      expect(await login.getAttribute('href')).toBe('https://login.company.se/');
      await are(`connection = 'connected', connected_at = now()`);
      const sentences = [
        'Logga in med a…@company.se, inte med ditt användar-id',
        'Log in with a…@company.se',
      ];
      const [connected] = await ask(...(sentences as [string, string]));
      expect(connected.buttons).toEqual(['Öppna inloggningssidan']);
      expect(connected.links).toContain('https://login.company.se/');
    },
    { env: { CONNECT_LOGIN_URL: 'https://login.company.se/' } },
  ),

  scenario('who gets nothing of others, and nothing without permission', async ({ lena, anna, asa }) => {
    // Nobody else's login, whatever is written, and no command that needs a permission.
    await asa.writes('Vad har anna@company.se för status? /vc user 14');
    await asa.sees('Jag hittar ingen användare');
    await asa.types('/vc help');
    await asa.sees('Jag hittar ingen användare');
    await anna.types('/vc user 14', 'hr');
    await anna.sees('Det här får bara den som har behörighet göra', { in: 'hr', mine: true });
    await anna.types('/vc whoami', 'hr');
    await anna.sees('Medarbetare', { in: 'hr', mine: true });
    await lena.types('/vc läge', 'secret');
    await lena.sees('Det finns inga användare ännu', { in: 'secret', mine: true });
  }),

  scenario('a guest, and a channel shared with others, get nothing', async ({ lena, guest }) => {
    await guest.types('/vc help', 'hr');
    await guest.sees('Jag svarar bara den som arbetar här', { in: 'hr', mine: true });
    await lena.types('/vc status', 'shared');
    await lena.sees('delas med en annan organisation', { in: 'shared', mine: true });
  }),

  scenario(
    'whoever does not work here gets nothing where nobody else is either',
    async ({ guest, stranger, robot }) => {
      await guest.writes('Hej, jag kan inte logga in');
      await guest.sees('Jag svarar bara den som arbetar här');
      await stranger.types('/vc users', 'shared');
      await stranger.sees('delas med en annan organisation', { in: 'shared', mine: true });
      await stranger.writes('status?');
      await stranger.sees('I only answer people who work here');
      await robot.types('/vc status', 'hr');
      await robot.sees(/Jag svarar bara|I only answer/, { in: 'hr', mine: true });
    },
    { needs: ['strangers alone with the bot', 'bots that ask'] },
  ),
];
