import { expect, test } from 'vitest';
import type { Letterhead } from '../../src/mail/letterhead.ts';
import { linkAddress } from '../../src/mail/letterhead.ts';
import { type VerificationMail, verificationMail } from '../../src/mail/verification-mail.tsx';

const letterhead: Letterhead = {
  organisation: 'Företaget',
  contact: 'hr@company.se',
  language: 'sv',
  publicUrl: 'https://bot.company.se',
};
const link = 'https://bot.company.se/verify/TOKEN';

const mail = (changes: Partial<VerificationMail> = {}) =>
  verificationMail({
    to: 'anna@company.se',
    name: 'Anna Svensson',
    language: null,
    letterhead,
    link,
    expiresAt: new Date('2026-11-23T13:02:00Z'),
    now: new Date('2026-11-18T13:02:00Z'),
    ...changes,
  });

test('V1 the mail in Swedish says who writes, why, until when, whom to ask and how to say no', () => {
  const { to, subject, text } = mail();
  expect([to, subject]).toEqual(['anna@company.se', 'Företaget: bekräfta din e-postadress för Flex HRM']);
  expect(text).toBe(
    [
      'Hej Anna!',
      `Du loggar in i Flex HRM med din e-postadress. Bekräfta att adressen är din:\n${link}`,
      'Länken gäller till den 23 november kl. 14.02. Vi ber dig aldrig om ditt lösenord.',
      'Osäker? Kontakta hr@company.se.',
      `Har du fått det här av misstag? Det är inte jag:\n${link}`,
      'Företaget',
    ].join('\n\n'),
  );
});

test('V1 the mail in English', () => {
  const { subject, text } = mail({ language: 'en' });
  expect(subject).toBe('Företaget: confirm your email address for Flex HRM');
  expect(text).toContain('Hi Anna,');
  expect(text).toContain('The link is valid until 23 November, 14:02. We never ask for your password.');
  expect(text).toContain('Unsure? Contact hr@company.se.');
});

test.each([
  ['sv', 'Bekräfta min e-postadress', 'Det är inte jag'],
  ['en', 'Confirm my email address', "This isn't me"],
] as const)('V1 the HTML (%s) says the same, with both links', (language, confirm, notMe) => {
  const { html } = mail({ language });
  expect(html).toMatch(new RegExp(`<html lang="${language}">`));
  const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)<\/a>/g)].map((found) =>
    found.slice(1),
  );
  expect(links).toEqual([
    [link, confirm],
    ['mailto:hr@company.se', 'hr@company.se'],
    [link, notMe],
  ]);
});

test('opening the mail tells nobody: nothing is loaded from anywhere', () => {
  const { html } = mail();
  expect(html).not.toMatch(/<img|<link|<script|src=|url\(|@import/i);
});

test('B2 a copy looks the same, says so, and leads nowhere', () => {
  const copy = mail({ link: null });
  expect(copy.subject).toBe(mail().subject);
  expect(copy.html).not.toContain('/verify/');
  expect(copy.text).not.toContain('/verify/');
  expect(copy.html).toContain('Bekräfta min e-postadress');
  expect(copy.text).toContain('Det här är en kopia.');
  expect(copy.html.match(/<a /g)).toHaveLength(1);
});

test('A7 names are text, never markup', () => {
  const { html } = mail({
    name: '<b>Anna</b> & Co',
    letterhead: { ...letterhead, organisation: '"X" <script>', contact: '<i>HR</i>' },
  });
  expect(html).not.toMatch(/<b>|<script>|<i>/);
  expect(html).toContain('Hej &lt;b>Anna&lt;/b>!');
});

test('V1 mails made one after the other keep to their own person, language and moment', () => {
  const said = ({ text, html }: { text: string; html: string }) =>
    [/(?:Hej|Hi) \w+/, /(?:till den|until) [^<]*?[.:]\d\d/, /verify\/\w+/].flatMap((sought) =>
      [text, html].map((where) => sought.exec(where)?.[0]),
    );
  const later = { expiresAt: new Date('2026-11-23T13:03:00Z'), now: new Date('2026-11-18T13:03:00Z') };
  const bo = { name: 'Bo Ek', link: 'https://bot.company.se/verify/BO' };
  const twice = (words: string[]) => words.flatMap((word) => [word, word]);
  expect(said(mail())).toEqual(twice(['Hej Anna', 'till den 23 november kl. 14.02', 'verify/TOKEN']));
  expect(said(mail(bo))).toEqual(twice(['Hej Bo', 'till den 23 november kl. 14.02', 'verify/BO']));
  expect(said(mail({ ...bo, ...later, language: 'en' }))).toEqual(
    twice(['Hi Bo', 'until 23 November, 14:03', 'verify/BO']),
  );
  expect(said(mail(later))).toEqual(twice(['Hej Anna', 'till den 23 november kl. 14.03', 'verify/TOKEN']));
});

test.each([
  ['Anna Svensson', 'Hej Anna!'],
  ['Svensson, Anna Maria', 'Hej Anna!'],
  ['Anna', 'Hej Anna!'],
  ['  Anna   Svensson', 'Hej Anna!'],
  ['', 'Hej!'],
  [',', 'Hej!'],
])('%j is greeted with "%s"', (name, greeting) => {
  expect(mail({ name }).text.split('\n')[0]).toBe(greeting);
});

test.each([
  [undefined, 'Osäker? Fråga HR.'],
  ['HR, tfn 08-123 45', 'Osäker? Kontakta HR, tfn 08-123 45.'],
  ['https://intra.company.se/hr', 'Osäker? Kontakta https://intra.company.se/hr.'],
])('whom to ask: %s', (contact, sentence) => {
  expect(mail({ letterhead: { ...letterhead, contact } }).text).toContain(sentence);
});

test("a link's address stands below PUBLIC_URL", () => {
  expect(linkAddress({ ...letterhead, publicUrl: 'https://company.se/bot' }, 'T')).toBe(
    'https://company.se/bot/verify/T',
  );
});
