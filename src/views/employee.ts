import type { Button, Example, Link, NoteView, Tone } from '../core/view.ts';
import { type Language, type Say, speaker } from '../rules/language.ts';
import { relativeDay } from '../rules/say.ts';
import type { OwnLogin } from '../services/verifications/index.ts';

/** Whom employees ask, and where they log in. */
export interface Counter {
  /** HELP_CONTACT. */
  contact: string | undefined;
  /** CONNECT_LOGIN_URL. */
  loginUrl: string | undefined;
}

interface Reader {
  counter: Counter;
  language: Language;
  say: Say;
  now: Date;
}

/** How the reader's own login stands, and what to do next, with a button that does it. */
export function ownLoginView(
  login: OwnLogin,
  counter: Counter,
  language: Language,
  now: Date,
): NoteView<Button> {
  return note(loginText(login, { counter, language, say: speaker(language), now }));
}

/** After the reader asked for a link: it is on its way, or how the login stands instead. */
export function ownLinkView(
  { sent, login }: { sent: boolean; login: OwnLogin },
  counter: Counter,
  language: Language,
  now: Date,
): NoteView<Button> {
  if (!sent || !('address' in login)) return ownLoginView(login, counter, language, now);
  const text = speaker(language)(
    `En ny länk är på väg till ${login.address}. Den gäller i fem dagar. Titta även i skräpposten.`,
    `A new link is on its way to ${login.address}. It is valid for five days. Check junk mail too.`,
  );
  return note({ tone: 'good', text });
}

interface LoginText {
  tone: Tone;
  text: string;
  lines?: string[];
  actions?: (Button | Link)[];
}

const note = (text: LoginText): NoteView<Button> => ({ kind: 'note', ...text });

function loginText(login: OwnLogin, reader: Reader): LoginText {
  switch (login.state) {
    case 'connected':
    case 'verified':
      return allSet(login, reader);
    case 'bounced':
    case 'expired':
    case 'waiting':
    case 'unverified':
      return toConfirm(login, reader);
    default:
      return { tone: 'plain', text: stuckText(login, reader.say), lines: [askHr(reader)] };
  }
}

type Stuck = Exclude<
  OwnLogin,
  { state: 'connected' | 'verified' | 'bounced' | 'expired' | 'waiting' | 'unverified' }
>;

/** Where the reader cannot go on alone. */
function stuckText(login: Stuck, say: Say): string {
  switch (login.state) {
    case 'unknown':
      return say(
        'Jag hittar ingen användare i Flex HRM med den e-postadress som du har här i chatten.',
        "I can't find a user in Flex HRM with the email address that you have in this chat.",
      );
    case 'several':
      return say(
        'Flera användare i Flex HRM har den e-postadress som du har här i chatten, så jag vet inte vilken som är du.',
        'Several users in Flex HRM have the email address that you have in this chat, so I cannot tell which one is you.',
      );
    case 'deactivated':
      return say(
        'Din användare i Flex HRM är inaktiverad, så det går inte att logga in.',
        'Your user in Flex HRM is deactivated, so you cannot log in.',
      );
    case 'not_yet':
      return say(
        'Din anställning har inte börjat ännu. Du kan bekräfta din e-postadress från kl. 09.00 dagen före din första arbetsdag.',
        'Your employment has not started yet. You can confirm your email address from 09:00 on the day before your first day of work.',
      );
    case 'ended':
      return say(
        'Din anställning har upphört, så det går inte längre att logga in.',
        'Your employment has ended, so you can no longer log in.',
      );
    case 'no_address':
      return say('Vi har ingen e-postadress till dig ännu.', 'We have no email address for you yet.');
    case 'wrong':
      return say(
        `Någon som fick mejlet till ${login.address} svarade att adressen inte är rätt. Vi behöver en annan adress till dig.`,
        `Somebody who got the email to ${login.address} answered that the address is not right. We need another address for you.`,
      );
    case 'domain':
      return say(
        `Adressen som vi har till dig, ${login.address}, får inte användas för inloggning. Vi behöver en annan.`,
        `The address that we have for you, ${login.address}, cannot be used to log in. We need another one.`,
      );
  }
}

function allSet(login: Extract<OwnLogin, { state: 'connected' | 'verified' }>, reader: Reader): LoginText {
  const { say, counter } = reader;
  const actions: Link[] = counter.loginUrl
    ? [
        {
          label: say('Öppna inloggningssidan', 'Open the login page'),
          url: counter.loginUrl,
          style: 'primary',
        },
      ]
    : [];
  if (login.state === 'verified') return verified(login, actions, reader);
  return {
    tone: 'good',
    text: say(
      `Allt är klart. Logga in med ${login.address}, inte med ditt användar-id.`,
      `All set. Log in with ${login.address}, not with your User-ID.`,
    ),
    lines: [
      say(
        'Inget lösenord ännu, eller glömt det? Välj ”Glömt ditt lösenord?” på inloggningssidan.',
        'No password yet, or forgotten it? Choose "Forgot your password?" on the login page.',
      ),
      askHr(reader),
    ],
    actions,
  };
}

/** V4: the account comes after the proof, and where it is late that is never the reader's fault. */
function verified(
  { address, account }: Extract<OwnLogin, { state: 'verified' }>,
  actions: Link[],
  reader: Reader,
): LoginText {
  const { say } = reader;
  switch (account) {
    case 'coming':
      return {
        tone: 'plain',
        text: say(
          `Adressen ${address} är bekräftad och ditt konto skapas. Försök logga in om några minuter.`,
          `The address ${address} is confirmed and your account is being created. Try to log in in a few minutes.`,
        ),
        actions,
      };
    case 'delayed':
      return {
        tone: 'plain',
        text: say(
          `Adressen ${address} är bekräftad, men det dröjer med ditt konto. Du behöver inte göra något. Försök logga in senare.`,
          `The address ${address} is confirmed, but your account is taking longer than usual. There is nothing you need to do. Try to log in later.`,
        ),
        lines: [askHr(reader)],
      };
    case 'failed':
      return {
        tone: 'warning',
        text: say(
          `Adressen ${address} är bekräftad, men ditt konto har inte kunnat skapas ännu. Det beror inte på dig, och de som sköter inloggningen vet om det.`,
          `The address ${address} is confirmed, but your account could not be created yet. It has nothing to do with you, and those who look after logins know about it.`,
        ),
        lines: [askHr(reader)],
      };
  }
}

type ToConfirm = Extract<OwnLogin, { state: 'bounced' | 'expired' | 'waiting' | 'unverified' }>;

function toConfirm(login: ToConfirm, reader: Reader): LoginText {
  const { say, language, now } = reader;
  const { address, at } = login;
  const day = at ? relativeDay(at, language, now) : '';
  const label = at
    ? say('Skicka en ny länk till mig', 'Send me a new link')
    : say('Skicka en länk till mig', 'Send me a link');
  const send: Button = { label, line: 'verify me', acting: true, style: 'primary' };
  const lines = [askHr(reader)];
  switch (login.state) {
    case 'bounced':
      return {
        tone: 'warning',
        text: say(`Mejlet till ${address} kom tillbaka ${day}.`, `The email to ${address} came back ${day}.`),
        lines: [
          say(
            'Stämmer adressen? Inkorgen kan ha varit full: be då om en ny länk. Annars behöver vi en annan adress.',
            'Is the address right? The mailbox may have been full: then ask for a new link. Otherwise we need another address.',
          ),
          ...lines,
        ],
        actions: [send],
      };
    case 'expired':
      return {
        tone: 'plain',
        text: say(
          `Länken som vi mejlade till ${address}${at ? ` ${day}` : ''} har gått ut.`,
          `The link that we emailed to ${address}${at ? ` ${day}` : ''} has expired.`,
        ),
        lines,
        actions: [send],
      };
    case 'waiting':
      if (at === null) return { tone: 'plain', text: underWay(address, say), lines };
      return {
        tone: 'plain',
        text: say(
          `Vi mejlade en länk till ${address} ${day}. Titta även i skräpposten.`,
          `We emailed a link to ${address} ${day}. Check junk mail too.`,
        ),
        lines,
        actions: [send],
      };
    case 'unverified':
      return {
        tone: 'plain',
        text: say(
          `Adressen som vi har till dig, ${address}, är inte bekräftad. Jag mejlar gärna en länk att bekräfta den med.`,
          `The address that we have for you, ${address}, is not confirmed. I can email you a link to confirm it.`,
        ),
        lines,
        actions: [send],
      };
  }
}

const underWay = (address: string, say: Say): string =>
  say(
    `Ett mejl med en länk är på väg till ${address}. Titta även i skräpposten.`,
    `An email with a link is on its way to ${address}. Check junk mail too.`,
  );

/** Whom to ask; the address or page is for people to press where the chat makes it so. */
function askHr({ counter: { contact }, say }: Pick<Reader, 'counter' | 'say'>): string {
  const whom = contact ?? 'HR';
  return say(`Frågor? Kontakta ${whom}.`, `Questions? Contact ${whom}.`);
}

const now = new Date('2026-11-21T13:02:00Z');
const tuesday = new Date('2026-11-17T09:00:00Z');
const counter: Counter = { contact: 'hr@company.se', loginUrl: 'https://login.company.se/' };
const address = 'a…@company.se';
const example =
  (login: OwnLogin): Example =>
  (language) =>
    ownLoginView(login, counter, language, now);

export const examples: Record<string, Example> = {
  connected: example({ state: 'connected', address }),
  'verified, account not there yet': example({ state: 'verified', address, account: 'coming' }),
  'verified, account delayed': example({ state: 'verified', address, account: 'delayed' }),
  'verified, account could not be created': example({ state: 'verified', address, account: 'failed' }),
  'waiting since Tuesday': example({ state: 'waiting', address, at: tuesday }),
  'mail on its way': example({ state: 'waiting', address, at: null }),
  'link expired': example({ state: 'expired', address, at: tuesday }),
  'mail came back': example({ state: 'bounced', address, at: tuesday }),
  'not verified': example({ state: 'unverified', address, at: null }),
  'no address': example({ state: 'no_address' }),
  'wrong address': example({ state: 'wrong', address }),
  'address not allowed': example({ state: 'domain', address }),
  deactivated: example({ state: 'deactivated' }),
  'not employed yet': example({ state: 'not_yet' }),
  'not employed any more': example({ state: 'ended' }),
  'no user found': example({ state: 'unknown' }),
  'several users': example({ state: 'several' }),
  'new link sent': (language) =>
    ownLinkView({ sent: true, login: { state: 'waiting', address, at: tuesday } }, counter, language, now),
};
