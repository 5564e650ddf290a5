import { Fragment, h } from 'preact';
import { render } from 'preact-render-to-string';
import { contactHref } from '../rules/contact.ts';
import type { Language } from '../rules/language.ts';
import { formatTime } from '../rules/say.ts';
import { clean } from '../rules/text.ts';
import { Action, letter, Paragraph, Reference } from './letter.tsx';
import type { Letterhead } from './letterhead.ts';
import type { Mail } from './mailer.ts';

export interface VerificationMail {
  to: string;
  /** The user's name, as stored: "Anna Svensson" or "Svensson, Anna". */
  name: string;
  /** The user's; null: the organisation's. */
  language: Language | null;
  letterhead: Letterhead;
  /** V1: the page behind the personal link; null: a copy to look at, whose links lead nowhere. */
  link: string | null;
  expiresAt: Date;
  now: Date;
}

/** The verification message, as text and as HTML. Nothing in it is loaded from anywhere, so opening it tells nobody. */
export function verificationMail({ to, name, link, ...mail }: VerificationMail): Mail {
  const language = mail.language ?? mail.letterhead.language;
  const { subject, text, html } = link === null ? draw(mail, language, null) : frameOf(mail, language);
  const greeting = greetingOf(name, language);
  const own = { greeting, link: link ?? '' };
  const markup = { greeting: asMarkup(greeting), link: asMarkup(own.link) };
  return { to, subject, text: fill(text, own), html: fill(html, markup) };
}

/** What everybody's mail says, with marks where what is a person's own will stand: private characters, which nobody writes. */
type Frame = Omit<Mail, 'to'>;

const marks = { greeting: '\ue000', link: '\ue001' };

const fill = (frame: string, own: typeof marks): string =>
  frame.replace(/[\ue000\ue001]/g, (mark) => (mark === marks.link ? own.link : own.greeting));

const asMarkup = (words: string): string => render(h(Fragment, null, words));

type Circumstances = Pick<VerificationMail, 'letterhead' | 'expiresAt' | 'now'>;

const frames = new Map<Language, Circumstances & { frame: Frame }>();
const minuteOf = (date: Date) => Math.floor(date.getTime() / 60_000);

/** Drawing costs as much as a tenth of sending: the frame is kept for all who are sent to in the same minute. */
function frameOf({ letterhead, expiresAt, now }: Circumstances, language: Language): Frame {
  const last = frames.get(language);
  const fits =
    last?.letterhead === letterhead &&
    minuteOf(last.expiresAt) === minuteOf(expiresAt) &&
    minuteOf(last.now) === minuteOf(now);
  if (fits) return last.frame;
  const frame = draw({ letterhead, expiresAt, now }, language, marks.link);
  frames.set(language, { letterhead, expiresAt, now, frame });
  return frame;
}

function draw(mail: Circumstances, language: Language, link: string | null): Frame {
  const words = wordsOf(mail, language);
  return {
    subject: words.subject,
    text: textOf(words, mail.letterhead, link),
    html: htmlOf(words, mail.letterhead, link, language),
  };
}

function greetingOf(name: string, language: Language): string {
  const first = firstName(name);
  if (language === 'sv') return first ? `Hej ${first}!` : 'Hej!';
  return first ? `Hi ${first},` : 'Hello,';
}

interface Words {
  subject: string;
  copy: string;
  why: string;
  confirm: string;
  until: string;
  password: string;
  unsure: string;
  notMe: string;
  notMeWhy: string;
  instead: string;
  inert: string;
}

function wordsOf({ letterhead, expiresAt, now }: Circumstances, language: Language): Words {
  const { organisation, contact } = letterhead;
  const until = formatTime(expiresAt, language, now);
  if (language === 'sv') {
    return {
      subject: `${organisation}: bekräfta din e-postadress för Flex HRM`,
      copy: 'Det här är en kopia. Så här ser mejlet ut för den som får det, men länkarna i kopian leder ingenstans.',
      why: 'Du loggar in i Flex HRM med din e-postadress. Bekräfta att adressen är din:',
      confirm: 'Bekräfta min e-postadress',
      until: `Länken gäller till ${until}.`,
      password: 'Vi ber dig aldrig om ditt lösenord.',
      unsure: contact ? 'Osäker? Kontakta' : 'Osäker? Fråga HR.',
      notMe: 'Det är inte jag',
      notMeWhy: 'Har du fått det här av misstag?',
      instead: 'Fungerar inte knappen? Kopiera adressen till webbläsaren:',
      inert: '(länken finns bara i det riktiga mejlet)',
    };
  }
  return {
    subject: `${organisation}: confirm your email address for Flex HRM`,
    copy: 'This is a copy. The email looks like this to whoever gets it, but the links in the copy lead nowhere.',
    why: 'You log in to Flex HRM with your email address. Confirm that the address is yours:',
    confirm: 'Confirm my email address',
    until: `The link is valid until ${until}.`,
    password: 'We never ask for your password.',
    unsure: contact ? 'Unsure? Contact' : 'Unsure? Ask HR.',
    notMe: "This isn't me",
    notMeWhy: 'Did you get this by mistake?',
    instead: 'If the button does not work, copy this address to your browser:',
    inert: '(the link is only in the real email)',
  };
}

function textOf(words: Words, { organisation, contact }: Letterhead, link: string | null): string {
  const shown = link ?? words.inert;
  return [
    ...(link === null ? [words.copy] : []),
    marks.greeting,
    `${words.why}\n${shown}`,
    `${words.until} ${words.password}`,
    contact ? `${words.unsure} ${contact}.` : words.unsure,
    `${words.notMeWhy} ${words.notMe}:\n${shown}`,
    organisation,
  ].join('\n\n');
}

function htmlOf(
  words: Words,
  { organisation, contact }: Letterhead,
  link: string | null,
  language: Language,
): string {
  return letter(
    language,
    words.subject,
    <>
      {link === null && <Paragraph quiet>{words.copy}</Paragraph>}
      <Paragraph>{marks.greeting}</Paragraph>
      <Paragraph>{words.why}</Paragraph>
      <Action href={link}>{words.confirm}</Action>
      <Paragraph>
        {words.until} {words.password}
      </Paragraph>
      <Paragraph>
        {words.unsure}
        {contact && <> {contactLink(contact)}.</>}
      </Paragraph>
      <Paragraph>
        {words.notMeWhy} <Reference href={link}>{words.notMe}</Reference>
      </Paragraph>
      <Paragraph>{organisation}</Paragraph>
      <Paragraph quiet>
        {words.instead} {link ?? words.inert}
      </Paragraph>
    </>,
  );
}

/** Whom to ask, as something to press where it is an address or a page. */
function contactLink(contact: string) {
  const href = contactHref(contact);
  return href ? <Reference href={href}>{contact}</Reference> : contact;
}

/** "Anna Svensson" and "Svensson, Anna" → "Anna". */
function firstName(name: string): string {
  const [last = '', given = ''] = clean(name).split(/\s*,\s*/);
  return (given || last).split(' ')[0] ?? '';
}
