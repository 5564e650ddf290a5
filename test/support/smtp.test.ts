import nodemailer from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Smtp, startSmtp } from './smtp.ts';

let smtp: Smtp;
beforeEach(async () => {
  smtp = await startSmtp();
});
afterEach(() => smtp.stop());

const send = (to: string, url = smtp.url) =>
  nodemailer.createTransport(url).sendMail({
    from: 'Företaget <hr@company.se>',
    to,
    subject: 'Bekräfta å ä ö',
    text: 'Hej',
    html: '<p><a href="http://localhost/verify/x?a=1&amp;b=2"><b>Bekräfta</b> &amp; gå vidare</a></p>',
    headers: { 'X-Campaign': '7' },
  });

test('a mail is read as its reader sees it', async () => {
  await send('Anna@company.se');
  expect(await smtp.mailTo('anna@company.se')).toMatchObject({
    from: 'hr@company.se',
    fromName: 'Företaget',
    to: ['anna@company.se'],
    subject: 'Bekräfta å ä ö',
    links: [{ label: 'Bekräfta & gå vidare', url: 'http://localhost/verify/x?a=1&b=2' }],
    headers: { 'x-campaign': '7' },
  });
  expect([...smtp.counts()]).toEqual([['anna@company.se', 1]]);
  await expect(smtp.mailTo('erik@company.se', { deadline: 50 })).rejects.toThrow('anna@company.se: Bekräfta');
});

test('it refuses a recipient, a sender, a login and a content, each in its own words', async () => {
  smtp.refusesRecipient('anna@company.se');
  await expect(send('anna@company.se')).rejects.toThrow('550 5.1.1 No such user');
  await send('erik@company.se');
  smtp.refusesRecipient(/./, '451 4.3.0 Try again later', 1);
  await expect(send('erik@company.se')).rejects.toThrow('451 4.3.0 Try again later');
  await send('erik@company.se');
  smtp.refusesSender();
  await expect(send('erik@company.se')).rejects.toThrow('550 5.7.1 Sender not allowed');
  smtp.behaves();
  smtp.refusesLogin();
  await expect(send('erik@company.se')).rejects.toThrow('535 5.7.8 Authentication failed');
  smtp.behaves();
  smtp.refusesContent();
  await expect(send('erik@company.se')).rejects.toThrow('554 5.7.1 Rejected by policy');
  expect([...smtp.counts()]).toEqual([['erik@company.se', 2]]);
});

test('it goes down and comes back on the same port', async () => {
  await smtp.goesDown();
  await expect(send('anna@company.se')).rejects.toThrow('ECONNREFUSED');
  await smtp.comesBack();
  await send('anna@company.se');
  expect(smtp.mails).toHaveLength(1);
});
