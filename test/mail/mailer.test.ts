import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMailer, type Mail, type Mailer, SendFailure } from '../../src/mail/mailer.ts';
import { stopsAfterAll } from '../support/lifetime.ts';
import { type Smtp, startSmtp } from '../support/smtp.ts';

const { keep } = stopsAfterAll();
const mail: Mail = { to: 'anna@company.se', subject: 'Hej', text: 'Text', html: '<p>HTML</p>' };
const base = { from: 'no-reply@company.se', organisation: 'Företaget' };
let smtp: Smtp;
let mailer: Mailer;

beforeAll(async () => {
  smtp = keep(await startSmtp());
});

beforeEach(() => {
  smtp.behaves();
  mailer = createMailer({ ...base, url: smtp.url, replyTo: 'HR <hr@company.se>' });
});

afterEach(() => mailer.close());

const failure = (sending: Promise<unknown>): Promise<SendFailure> =>
  sending.then(
    () => {
      throw new Error('The mail was taken');
    },
    (error: SendFailure) => error,
  );

describe('a mail', () => {
  test('comes from the organisation by name, says that a program wrote it, and whom to answer', async () => {
    await mailer.send({ ...mail, to: 'one@company.se' });
    const { from, fromName, headers } = await smtp.mailTo('one@company.se');
    expect([fromName, from]).toEqual(['Företaget', 'no-reply@company.se']);
    expect(headers).toMatchObject({ 'auto-submitted': 'auto-generated' });
    expect(headers['reply-to']).toContain('hr@company.se');
    expect(headers['message-id']).toMatch(/^<.+@company\.se>$/);
    expect(headers['x-mailer']).toBeUndefined();
  });

  test('carries a name of its own where MAIL_FROM brings one', async () => {
    const own = createMailer({
      url: smtp.url,
      from: '"HR, Företaget" <hr@company.se>',
      organisation: 'Annat',
    });
    await own.send({ ...mail, to: 'two@company.se' });
    own.close();
    expect((await smtp.mailTo('two@company.se')).fromName).toBe('HR, Företaget');
  });

  test('reaches an address with å, ä, ö in its domain', async () => {
    await mailer.send({ ...mail, to: 'Anna@företag.se' });
    expect((await smtp.mailTo('anna@företag.se')).headers.to).toBe('Anna@xn--fretag-wxa.se');
  });

  test('no header can be smuggled in', async () => {
    const sly = createMailer({
      url: smtp.url,
      from: 'no-reply@company.se',
      organisation: 'X\r\nBcc: evil@evil.se\r\n\r\nbody',
    });
    await sly.send({ ...mail, to: 'three@company.se', subject: 'Hej\r\nBcc: evil@evil.se\r\nX-Evil: 1' });
    sly.close();
    const got = await smtp.mailTo('three@company.se');
    expect(got.to).toEqual(['three@company.se']);
    expect(got.headers).not.toHaveProperty('bcc');
    expect(got.headers).not.toHaveProperty('x-evil');
    expect(smtp.to('evil@evil.se')).toEqual([]);
  });

  test('no second recipient can be smuggled in', async () => {
    const before = smtp.mails.length;
    const to = 'four@company.se, evil@evil.se';
    await failure(mailer.send({ ...mail, to })).catch(() => undefined);
    await failure(mailer.send({ ...mail, to: 'four@company.se>\r\nRCPT TO:<evil@evil.se' })).catch(
      () => undefined,
    );
    expect(smtp.to('evil@evil.se')).toEqual([]);
    expect(smtp.mails.slice(before).flatMap((got) => got.to)).not.toContain('evil@evil.se');
  });
});

describe('V6 what the mail server refuses', () => {
  test.each<[string, (words: string) => void, string, string]>([
    ['a recipient', (words) => smtp.refusesRecipient(/./, words), 'recipient', '550 5.1.1 No such user'],
    ['a recipient, plainly', (words) => smtp.refusesRecipient(/./, words), 'recipient', '550 Nobody here'],
    ['us, at the recipient', (words) => smtp.refusesRecipient(/./, words), 'us', '550 5.7.1 Relaying denied'],
    ['our sender', (words) => smtp.refusesSender(words), 'us', '550 5.7.1 Sender not allowed'],
    ['our sign-in', (words) => smtp.refusesLogin(words), 'us', '535 5.7.8 Authentication failed'],
    ['our content', (words) => smtp.refusesContent(words), 'us', '554 5.7.1 Rejected by policy'],
    ['for now', (words) => smtp.refusesRecipient(/./, words), 'temporary', '451 4.7.1 Greylisted'],
  ])('%s', async (_, refuse, kind, words) => {
    refuse(words);
    const error = await failure(mailer.send(mail));
    expect(error).toBeInstanceOf(SendFailure);
    expect(error.kind).toBe(kind);
    expect(error.words).toContain(words);
  });

  test('a server that is down is waited for', async () => {
    await smtp.goesDown();
    const error = await failure(mailer.send(mail));
    await smtp.comesBack();
    expect(error.kind).toBe('temporary');
  });

  test('A5 a failure names neither the recipient nor the password', async () => {
    smtp.refusesLogin();
    const error = await failure(mailer.send(mail));
    expect(`${error.message} ${error.stack}`).not.toContain('anna@company.se');
    expect(`${error.message} ${error.stack} ${error.words}`).not.toContain(smtp.password);
  });
});

test('OAuth2: SMTP_URL brings the sign-in, and the token is fetched and used', async () => {
  const asked: string[] = [];
  const tokens = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => asked.push(chunk.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ access_token: 'fresh-token', expires_in: 3600 }));
    });
  });
  await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
  const signIns: unknown[] = [];
  const server = new SMTPServer({
    authMethods: ['XOAUTH2'],
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 1,
    onAuth({ method, username, accessToken }, _session, done) {
      signIns.push({ method, username, accessToken });
      done(null, { user: username });
    },
    onData: (stream, _session, done) => stream.on('end', () => done()).resume(),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const port = (listening: { address(): unknown }) => (listening.address() as AddressInfo).port;
  const accessUrl = encodeURIComponent(`http://127.0.0.1:${port(tokens)}/token`);
  const url = `smtp://bot%40company.se@127.0.0.1:${port(server.server)}/?type=OAuth2&clientId=id&clientSecret=secret&refreshToken=refresh&accessUrl=${accessUrl}`;
  const signing = createMailer({ ...base, url });
  try {
    await signing.send(mail);
    expect(asked.join('')).toContain('refresh_token=refresh');
    expect(signIns).toEqual([{ method: 'XOAUTH2', username: 'bot@company.se', accessToken: 'fresh-token' }]);
  } finally {
    signing.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await new Promise((resolve) => tokens.close(resolve));
  }
});
