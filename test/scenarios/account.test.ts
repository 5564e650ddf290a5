import { expect, test } from 'vitest';
import { error, list, startScripted } from '../identity/scripted.ts';
import { stopsAfterAll } from '../support/lifetime.ts';
import { inWorld, patience } from './harness/run.ts';
import { slackSurface } from './harness/slack.ts';
import { verifyLink } from './harness/staff.ts';

const { keep } = stopsAfterAll();

test('V4 an address is confirmed, the identity provider refuses us, and once that is mended the user is connected', {
  timeout: patience,
}, async () => {
  const provider = keep(await startScripted());
  provider.plays(error(401, 'The token has expired'));
  const env = { CONNECT_SCIM_URL: provider.url, CONNECT_SCIM_TOKEN: 'scim-secret' };
  await inWorld(slackSurface().open({ env }), async ({ people: { lena, anna }, place }) => {
    await place.store.query(`
      insert into "user" (user_id, user_key, name, name_key, email, email_key, connect_email, connect_address, connection)
      values ('14', '14', 'Anna Svensson', 'anna svensson', 'anna@company.se', 'anna@company.se', 'anna@company.se',
        'anna@company.se', 'unverified')`);
    await lena.types('/vc verify anna@company.se');
    const link = verifyLink(await place.mail.mailTo('anna@company.se'));
    const followed = await lena.sees('Mejlet skickades', { in: 'bot' });
    const page = await fetch(link, { method: 'POST', body: new URLSearchParams({ answer: 'confirm' }) });
    expect(await page.text()).toContain('ditt konto skapas nu');

    const refused = await lena.sees('men kontot kan inte skapas ännu', { in: 'bot' });
    expect(refused.id).toBe(followed.id);
    expect(refused.text).toContain('Visma Connect svarade: 401 The token has expired');
    expect(refused.text).toContain('Det beror inte på personen.');
    expect(place.program.logs()).toContainEqual(
      expect.objectContaining({ level: 50, msg: expect.stringContaining('CONNECT_SCIM_TOKEN') }),
    );
    await anna.writes('Jag kan inte logga in');
    await anna.sees('det dröjer med ditt konto');

    provider.plays(list(), { status: 201, body: { id: 'account-1', userName: 'anna@company.se' } });
    await lena.presses('Försök igen', refused);
    const connected = await lena.sees('användaren är kopplad', { in: 'bot' });
    expect(connected.id).toBe(followed.id);
    expect(await place.store.value('select account_id from "user" where user_id = $1', ['14'])).toBe(
      'account-1',
    );
    await anna.writes('Jag kan inte logga in');
    await anna.sees('Allt är klart.');
  });
});
