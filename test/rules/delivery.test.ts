import { describe, expect, test } from 'vitest';
import { classifyRefusal, type RefusalKind, type SendError } from '../../src/rules/delivery.ts';

const reply = (command: string, response: string): SendError => ({
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
  code: command.startsWith('AUTH') ? 'EAUTH' : command === 'DATA' ? 'EMESSAGE' : 'EENVELOPE',
  message: `Can't send mail: ${response}`,
});

describe('V6 replies about the recipient', () => {
  test.each([
    [
      'Postfix',
      'RCPT TO',
      '550 5.1.1 <anna@x.se>: Recipient address rejected: User unknown in local recipient table',
    ],
    [
      'Postfix, virtual',
      'RCPT TO',
      '550 5.1.1 <anna@x.se>: Recipient address rejected: User unknown in virtual mailbox table',
    ],
    [
      'Postfix, no such domain',
      'RCPT TO',
      '550 5.1.2 <anna@x.se>: Recipient address rejected: Domain not found',
    ],
    ['Postfix, full', 'RCPT TO', '552 5.2.2 <anna@x.se>: Recipient address rejected: Mailbox is full'],
    ['Exim', 'RCPT TO', '550 No such user here'],
    ['Exim, route', 'RCPT TO', '550 Unrouteable address'],
    [
      'Exchange Online',
      'RCPT TO',
      '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    ],
    [
      'Exchange Online at the edge',
      'RCPT TO',
      '550 5.4.1 Recipient address rejected: Access denied. [AM0PR02.eurprd02.prod.outlook.com]',
    ],
    ['Outlook.com', 'RCPT TO', '550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).'],
    [
      'Gmail',
      'RCPT TO',
      "550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550-5.1.1 double-checking the recipient's email address for typos or\r\n550 5.1.1 unnecessary spaces. a1-20020a5d.12 - gsmtp",
    ],
    [
      'Gmail, inactive',
      'RCPT TO',
      '550 5.2.1 The email account that you tried to reach is inactive. a1 - gsmtp',
    ],
    [
      'Gmail, full',
      'RCPT TO',
      "552 5.2.2 The recipient's inbox is out of storage space and inactive. a1 - gsmtp",
    ],
    ['Cisco', 'RCPT TO', '550 #5.1.0 Address rejected.'],
    [
      'Yahoo, at the end',
      'DATA',
      "554 delivery error: dd This user doesn't have a yahoo.com account (anna@yahoo.com) [0] - mta1",
    ],
    ['sendmail', 'RCPT TO', '550 5.1.1 <anna@x.se>... User unknown'],
    ['a plain 550', 'RCPT TO', '550 Requested action not taken: mailbox unavailable'],
    ['a plain 553', 'RCPT TO', '553 Invalid mailbox'],
    ['a later status code', 'DATA', '554 5.1.1 bounced by destination server'],
  ])('%s', (_, command, response) =>
    expect(classifyRefusal(reply(command, response)).kind).toBe('recipient'),
  );
});

describe('V6 replies about us', () => {
  test.each([
    [
      'sign-in, Gmail',
      'AUTH PLAIN',
      '535-5.7.8 Username and Password not accepted. For more information, go to\n535 5.7.8 https://support.google.com/mail/?p=BadCredentials - gsmtp',
    ],
    [
      'sign-in, Exchange Online',
      'AUTH LOGIN',
      '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.',
    ],
    ['not signed in', 'MAIL FROM', '530 5.7.57 Client not authenticated to send mail.'],
    ['not signed in, plain', 'MAIL FROM', '530 Authentication required'],
    ['sender, Postfix', 'MAIL FROM', '553 5.7.1 <hr@x.se>: Sender address rejected: not owned by user bot'],
    ['sender’s domain', 'MAIL FROM', '550 5.1.8 <hr@x.se>: Sender address rejected: Domain not found'],
    ['sender at RCPT', 'RCPT TO', '550 5.1.8 <hr@x.se>: Sender address rejected: Domain not found'],
    ['a plain 550 to the sender', 'MAIL FROM', '550 mailbox unavailable'],
    ['relay, Postfix', 'RCPT TO', '554 5.7.1 <anna@x.se>: Relay access denied'],
    ['relay, Exchange', 'RCPT TO', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
    ['relay, plain', 'RCPT TO', '550 relay not permitted'],
    [
      'sender not verified, Exim',
      'RCPT TO',
      '550-Verification failed for <hr@x.se>\r\n550-No Such User Here\r\n550 Sender verify failed',
    ],
    [
      'blocklist',
      'RCPT TO',
      '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
    ],
    ['blocklist, plain', 'RCPT TO', '550 Blocked - see https://www.spamcop.net/bl.shtml?192.0.2.1'],
    ['blocklist, at the greeting', 'CONN', '554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked'],
    ['SPF, plain', 'RCPT TO', '550 SPF check failed'],
    [
      'DMARC, Gmail',
      'DATA',
      "550-5.7.26 Unauthenticated email from x.se is not accepted due to domain's DMARC policy. - gsmtp",
    ],
    [
      'spam, Gmail',
      'DATA',
      '550-5.7.1 Gmail has detected that this message is likely unsolicited mail. - gsmtp',
    ],
    ['spam, plain', 'DATA', '554 Message rejected as spam'],
    [
      'send as',
      'DATA',
      '554 5.2.252 SendAsDenied; bot@x.se not allowed to send as hr@x.se; STOREDRV.Submission.Exception',
    ],
    [
      'daily limit, Gmail',
      'DATA',
      '550 5.4.5 Daily user sending limit exceeded. For more information go to https://support.google.com - gsmtp',
    ],
    [
      'daily limit, Exchange Online',
      'DATA',
      '550 5.1.90 Your message can’t be sent because you’ve reached your daily limit for message recipients.',
    ],
    ['sender at the end', 'DATA', '550 5.1.0 Sender denied'],
    ['a megabyte of words', 'DATA', `554 ${'user '.repeat(200_000)}`],
    ['too big', 'DATA', '552 5.3.4 Message size exceeds fixed limit'],
    ['too big, plain', 'DATA', '552 Message too large'],
    ['order of commands', 'MAIL FROM', '503 5.5.1 Error: send HELO first'],
    ['STARTTLS', 'STARTTLS', '502 5.5.1 Command not implemented'],
    ['an unknown 554 at the end', 'DATA', '554 Transaction failed'],
  ])('%s', (_, command, response) => expect(classifyRefusal(reply(command, response)).kind).toBe('us'));
});

describe('V6 replies that pass', () => {
  test.each([
    [
      'greylisting, Postfix',
      'RCPT TO',
      '450 4.2.0 <anna@x.se>: Recipient address rejected: Greylisted, see https://postgrey.schweikert.ch',
    ],
    ['greylisting, policy code', 'RCPT TO', '451 4.7.1 Please try again later'],
    ['throttled, Exchange Online', 'DATA', '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded'],
    ['throttled, Gmail', 'MAIL FROM', '421-4.7.0 Try again later, closing connection. (MAIL) - gsmtp'],
    ['sign-in throttled', 'AUTH PLAIN', '454 4.7.0 Too many login attempts, please try again later. - gsmtp'],
    ['full for now', 'RCPT TO', '452 4.2.2 The email account that you tried to reach is over quota. - gsmtp'],
    ['shutting down', 'CONN', '421 4.3.2 Service shutting down'],
  ])('%s', (_, command, response) =>
    expect(classifyRefusal(reply(command, response)).kind).toBe('temporary'),
  );
});

describe('V6 failures without a reply', () => {
  test.each<[SendError, RefusalKind]>([
    [{ code: 'ECONNECTION', message: 'Connection closed unexpectedly', command: 'CONN' }, 'temporary'],
    [{ code: 'ETIMEDOUT', message: 'Connection timeout', command: 'CONN' }, 'temporary'],
    [{ code: 'ESOCKET', message: 'connect ECONNREFUSED 127.0.0.1:25' }, 'temporary'],
    [{ code: 'EDNS', message: 'getaddrinfo ENOTFOUND smtp.x.se' }, 'temporary'],
    [{ code: 'ETLS', message: 'Connection closed unexpectedly' }, 'temporary'],
    [{ message: 'something unforeseen' }, 'temporary'],
    [{ code: 'ESOCKET', message: 'self-signed certificate' }, 'us'],
    [{ code: 'ESOCKET', message: "Hostname/IP does not match certificate's altnames" }, 'us'],
    [{ code: 'EAUTH', message: 'Missing credentials for "PLAIN"' }, 'us'],
    [{ code: 'EMESSAGE', message: 'Message size larger than allowed 1000' }, 'us'],
    [{ code: 'EENVELOPE', message: 'Invalid sender "hr@"', command: 'API' }, 'us'],
    [{ code: 'EENVELOPE', message: 'No recipients defined', command: 'API' }, 'recipient'],
    [{ code: 'EENVELOPE', message: 'Invalid recipient "anna"', command: 'API' }, 'recipient'],
  ])('%j: %s', (error, kind) => expect(classifyRefusal(error).kind).toBe(kind));
});

describe('V6 the server’s words', () => {
  test('several lines become one, without their codes', () => {
    const { words } = classifyRefusal(
      reply(
        'RCPT TO',
        '550-5.1.1 The account does not exist. Please try\r\n550-5.1.1 double-checking\r\n550 5.1.1 the address. - gsmtp',
      ),
    );
    expect(words).toBe(
      '550-5.1.1 The account does not exist. Please try double-checking the address. - gsmtp',
    );
  });

  test('nothing invisible, and no more than 300 characters', () => {
    expect(classifyRefusal(reply('RCPT TO', '550 no\u0000 \u001b[31m\u202ehere')).words).toBe(
      '550 no [31mhere',
    );
    const { words } = classifyRefusal(reply('RCPT TO', `550 ${'x'.repeat(1000)}`));
    expect(words).toHaveLength(300);
    expect(words.endsWith('x…')).toBe(true);
  });

  test('without a reply, the library’s', () => {
    expect(classifyRefusal({ code: 'ETIMEDOUT', message: 'Connection timeout' }).words).toBe(
      'Connection timeout',
    );
  });
});
