import type { Button, Example, FactsView, FormView, MessageView, Option, Tone } from '../core/view.ts';
import { type AccountTrouble, troubleLines } from '../rules/account.ts';
import { skipReasons, skipTexts } from '../rules/campaign.ts';
import { type Language, type Say, speaker } from '../rules/language.ts';
import { quote } from '../rules/line.ts';
import { formatTime } from '../rules/say.ts';
import type { Started, VerificationReport } from '../services/verifications/index.ts';
import { accountButton, userKey } from './user/parts/actions.ts';

/** How one verification stands, for the administrator who asked for it: a message that changes as it goes on. */
export function verificationStatus(report: VerificationReport, language: Language): FactsView<Button> {
  const say = speaker(language);
  const { status, lines = [], actions = [] } = standing(report, language, say);
  return {
    kind: 'facts',
    title: say(`Verifiering av ${report.name}`, `Verification of ${report.name}`),
    status,
    facts: [
      { label: say('Användar-id', 'User-ID'), value: report.userId },
      { label: say('E-post Visma Connect', 'Email Visma Connect'), value: report.address },
    ],
    lines,
    actions: report.followed ? [] : actions,
  };
}

interface Standing {
  status: { tone: Tone; text: string };
  /** What is known besides, and what to do next. */
  lines?: string[];
  actions?: Button[];
}

function standing(report: VerificationReport, language: Language, say: Say): Standing {
  if (report.usedAt) return answered(report, report.usedAt, language, say);
  if (report.revokedAt) return revoked(report, say);
  if (report.failedWords !== null) return failed(report, report.failedWords, say);
  if (report.retryAt) {
    const time = formatTime(report.retryAt, language, report.now);
    return {
      status: {
        tone: 'warning',
        text: say(
          'Mejlservern tar inte emot mejlet just nu.',
          'The mail server is not accepting the email right now.',
        ),
      },
      lines: [say(`Nästa försök: ${time}.`, `Next try: ${time}.`)],
    };
  }
  return report.sentAt ? sent(report, report.sentAt, language, say) : { status: onItsWay(say) };
}

const onItsWay = (say: Say) =>
  ({ tone: 'plain', text: say('Mejlet är på väg.', 'The email is on its way.') }) as const;

function answered(report: VerificationReport, usedAt: Date, language: Language, say: Say): Standing {
  const time = formatTime(usedAt, language, report.now);
  const { account, connected } = report;
  if (account && account !== 'coming') return withoutAccount(report, account, time, language);
  if (connected) {
    const text = say(
      `Klart: adressen bekräftades ${time} och användaren är kopplad.`,
      `Done: the address was confirmed on ${time}, and the user is connected.`,
    );
    return { status: { tone: 'good', text } };
  }
  const coming = account ? say(' Kontot skapas.', ' The account is being created.') : '';
  const text = say(`Adressen bekräftades ${time}.`, `The address was confirmed on ${time}.`);
  return { status: { tone: 'good', text: text + coming } };
}

/** V4: the address is proved, and the account is not there. */
function withoutAccount(
  { userId, now }: VerificationReport,
  trouble: AccountTrouble,
  time: string,
  language: Language,
): Standing {
  const say = speaker(language);
  const status = trouble.retryAt
    ? ({
        tone: 'warning',
        text: say(
          `Adressen bekräftades ${time}, men kontot kan inte skapas ännu.`,
          `The address was confirmed on ${time}, but the account cannot be created yet.`,
        ),
      } as const)
    : ({
        tone: 'fault',
        text: say(
          `Adressen bekräftades ${time}, men kontot kunde inte skapas.`,
          `The address was confirmed on ${time}, but the account could not be created.`,
        ),
      } as const);
  return { status, lines: troubleLines(trouble, language, now), actions: [accountButton(userId, say)] };
}

function sent(report: VerificationReport, sentAt: Date, language: Language, say: Say): Standing {
  const at = (date: Date) => formatTime(date, language, report.now);
  const { expiresAt, openedAt, userId } = report;
  if (expiresAt && expiresAt <= report.now) {
    return {
      status: {
        tone: 'warning',
        text: say('Länken har gått ut utan svar.', 'The link has expired without an answer.'),
      },
      actions: [sendButton(userId, say('Skicka verifieringsmejl', 'Send verification email'))],
    };
  }
  return {
    status: {
      tone: 'plain',
      text: say(
        `Mejlet skickades ${at(sentAt)}. Nu väntar vi på att adressen bekräftas.`,
        `The email was sent on ${at(sentAt)}. Waiting for the address to be confirmed.`,
      ),
    },
    lines: [
      ...(openedAt
        ? [
            say(
              `Länken öppnades ${at(openedAt)}, kanske av ett skyddsfilter.`,
              `The link was opened on ${at(openedAt)}, perhaps by a security filter.`,
            ),
          ]
        : []),
      ...(expiresAt
        ? [say(`Länken gäller till ${at(expiresAt)}.`, `The link is valid until ${at(expiresAt)}.`)]
        : []),
    ],
  };
}

/** V6: the server's words stand apart, as it said them; U7 and D1 have sentences of their own. */
function failed({ bounced, userId }: VerificationReport, words: string, say: Say): Standing {
  const hindrance = skipReasons.find((reason) => reason === words);
  if (hindrance) {
    const { sv, en } = skipTexts[hindrance];
    const text = say('Mejlet skickades inte.', 'The email was not sent.');
    return { status: { tone: 'fault', text }, lines: [say(sv, en)] };
  }
  const said = say(`Mejlservern svarade: ${words}`, `The mail server answered: ${words}`);
  if (bounced) {
    return {
      status: {
        tone: 'fault',
        text: say(
          'Mejlet kom tillbaka: adressen tar inte emot det.',
          'The email came back: the address does not accept it.',
        ),
      },
      lines: [said, say('Nästa steg: ange rätt adress.', 'Next: enter the right address.')],
      actions: [addressButton(userId, say)],
    };
  }
  return {
    status: { tone: 'fault', text: say('Mejlet kunde inte skickas.', 'The email could not be sent.') },
    lines: [
      said,
      say(
        'Det beror inte på adressen. Visa svaret för den som sköter mejlservern, och skicka sedan igen.',
        'It has nothing to do with the address. Show the answer to whoever looks after the mail server, then send again.',
      ),
    ],
    actions: [sendButton(userId, say('Skicka igen', 'Send again'))],
  };
}

function revoked({ revokedWhy, userId }: VerificationReport, say: Say): Standing {
  if (revokedWhy === 'disowned') {
    return {
      status: {
        tone: 'warning',
        text: say(
          'Den som fick mejlet svarade ”Det är inte jag”.',
          'Whoever got the email answered "This isn\'t me".',
        ),
      },
      lines: [
        say(
          'Länken är avstängd och adressen markerad som fel. Nästa steg: ange rätt adress.',
          'The link is switched off and the address marked wrong. Next: enter the right address.',
        ),
      ],
      actions: [addressButton(userId, say)],
    };
  }
  const reasons = {
    replaced: say('En nyare verifiering har ersatt den här.', 'A newer verification has replaced this one.'),
    address_changed: say(
      'Adressen har ändrats sedan mejlet skickades.',
      'The address has changed since the email was sent.',
    ),
    deactivated: say('Användaren har inaktiverats.', 'The user has been deactivated.'),
    deleted: say('Kopplingen har tagits bort.', 'The connection has been deleted.'),
    domain: say('Adressens domän är inte längre tillåten.', "The address's domain is no longer allowed."),
  };
  const reason = revokedWhy ? reasons[revokedWhy] : '';
  const ended = say('Länken gäller inte längre.', 'The link no longer works.');
  return { status: { tone: 'plain', text: [reason, ended].filter(Boolean).join(' ') } };
}

function sendButton(userId: string, label: string): Button {
  return { label, line: `verify ${userKey(userId)}`, acting: true, style: 'primary' };
}

function addressButton(userId: string, say: Say): Button {
  const label = say('Ange en annan adress', 'Enter another address');
  const line = `verify ${userKey(userId)} new-address`;
  return { label, line, acting: false, style: 'primary', opensForm: true };
}

/** The answer in a channel, for the caller alone; what happens next is told in the direct conversation. */
export function verificationBegun({ name, address }: Started, language: Language): MessageView {
  return {
    kind: 'note',
    tone: 'good',
    text: speaker(language)(
      `Mejlet är på väg till ${address} (${name}). Du kan följa det i vår direktkonversation.`,
      `The email is on its way to ${address} (${name}). You can follow it in our direct conversation.`,
    ),
  };
}

/** What the form begins with. */
export interface FormStart {
  user?: Option | undefined;
  address?: string | undefined;
}

/** U4: the form for a new address: whose it is, and the address twice; the second time always by hand. */
export function verificationForm({ user, address }: FormStart, language: Language): FormView {
  const say = speaker(language);
  return {
    kind: 'form',
    title: say('Verifiera konto', 'Verify account'),
    text: say(
      'Adressen sparas och får ett mejl med en länk att bekräfta den med.',
      'The address is saved and gets an email with a link to confirm it.',
    ),
    fields: [
      {
        name: 'user',
        type: 'user',
        label: say('Användare', 'User'),
        placeholder: say('Sök på namn, användar-id eller nummer', 'Search by name, User-ID or number'),
        ...(user ? { value: user } : {}),
      },
      {
        name: 'email',
        type: 'email',
        label: say('E-post', 'Email'),
        ...(address ? { value: address } : {}),
      },
      { name: 'confirm', type: 'email', label: say('Bekräfta e-post', 'Confirm email') },
    ],
    submit: say('Skicka verifieringsmejl', 'Send verification email'),
    cancel: say('Avbryt', 'Cancel'),
    line: lineOf(user, address),
  };
}

/** The line that opens the same form again, where the door must ask with a button first. */
function lineOf(user: Option | undefined, address: string | undefined): string {
  if (user) return `verify ${userKey(user.value)}${address === undefined ? ' new-address' : ''}`;
  return address === undefined ? 'verify' : `verify ${quote(address)}`;
}

const now = new Date('2026-11-21T13:02:00Z');

const waiting: VerificationReport = {
  userId: '14',
  name: 'Anna Svensson',
  address: 'anna.svensson@company.se',
  connected: false,
  account: null,
  sentAt: null,
  expiresAt: null,
  openedAt: null,
  usedAt: null,
  revokedAt: null,
  revokedWhy: null,
  retryAt: null,
  failedWords: null,
  bounced: false,
  followed: false,
  now,
};
const mailed: VerificationReport = {
  ...waiting,
  sentAt: new Date('2026-11-21T13:00:00Z'),
  expiresAt: new Date('2026-11-26T13:00:00Z'),
};

export const examples: Record<string, Example> = {
  'form with an address': (language) => verificationForm({ address: 'anna@company.se' }, language),
  'form for a user': (language) =>
    verificationForm({ user: { value: '14', label: 'Anna Svensson, 14' } }, language),
  begun: (language) =>
    verificationBegun(
      { verificationId: 1, name: 'Anna Svensson', address: 'anna.svensson@company.se' },
      language,
    ),
  'on its way': (language) => verificationStatus(waiting, language),
  sent: (language) => verificationStatus(mailed, language),
  opened: (language) => verificationStatus({ ...mailed, openedAt: now }, language),
  expired: (language) => verificationStatus({ ...mailed, expiresAt: now }, language),
  'server not answering': (language) =>
    verificationStatus({ ...waiting, retryAt: new Date('2026-11-21T13:04:00Z') }, language),
  bounced: (language) =>
    verificationStatus({ ...waiting, failedWords: '550 5.1.1 No such user', bounced: true }, language),
  refused: (language) =>
    verificationStatus({ ...waiting, failedWords: '535 5.7.8 Authentication failed' }, language),
  connected: (language) => verificationStatus({ ...mailed, usedAt: now, connected: true }, language),
  verified: (language) => verificationStatus({ ...mailed, usedAt: now, account: 'coming' }, language),
  'verified, the account is delayed': (language) =>
    verificationStatus(
      {
        ...mailed,

        usedAt: now,
        account: { fault: 'silent', words: '', retryAt: new Date('2026-11-21T13:07:00Z') },
      },
      language,
    ),
  'verified, the account could not be created': (language) =>
    verificationStatus(
      {
        ...mailed,

        usedAt: now,
        account: { fault: 'refused', words: '401 The token has expired', retryAt: null },
      },
      language,
    ),
  "this isn't me": (language) =>
    verificationStatus({ ...mailed, revokedAt: now, revokedWhy: 'disowned' }, language),
  "this isn't me, and another address since": (language) =>
    verificationStatus({ ...mailed, revokedAt: now, revokedWhy: 'disowned', followed: true }, language),
  replaced: (language) => verificationStatus({ ...mailed, revokedAt: now, revokedWhy: 'replaced' }, language),
};
