import { type Permission, permissions } from '../core/access.ts';
import type { Button, ConfirmView, FactsView, MessageView, Tone } from '../core/view.ts';
import { troubleLines } from '../rules/account.ts';
import { stateNames } from '../rules/connection.ts';
import { type Language, type Say, speaker } from '../rules/language.ts';
import { quoteAlways } from '../rules/line.ts';
import { formatDay, formatTime } from '../rules/say.ts';
import type { EmploymentRow, UserCard } from '../services/users.ts';

/** What is asked about before it is done. */
type AskedAction = 'remove-address' | 'delete-connection';

/** What can be done from a card, as its lines name it. */
export type CardAction = AskedAction | 'create-account';

/** Who reads a card, and what they may do: they are offered nothing else (A2). */
export interface CardReader {
  language: Language;
  now: Date;
  may(permission: Permission): boolean;
}

type Reader = CardReader & { say: Say };

/** How a line names one user. */
export const userKey = (userId: string): string => `user:${quoteAlways(userId)}`;

/**
 * A user's card: fields, employments, the connection with its warning or green tick, facts, and what to do next.
 * `done`: what has just been done from it.
 */
export function userCard(user: UserCard, reader: CardReader, done?: CardAction): FactsView<Button> {
  const speaking = { ...reader, say: speaker(reader.language) };
  return {
    kind: 'facts',
    title: user.name,
    status: connectionStatus(user, speaking),
    facts: fieldsOf(user, speaking).filter(({ value }) => value !== ''),
    lines: [
      ...(done ? [doneLine(done, speaking.say)] : []),
      ...connectionFacts(user, speaking),
      ...(user.account ? troubleLines(user.account, reader.language, reader.now) : []),
      nextStep(user, speaking.say),
    ],
    actions: actionsOf(user, speaking),
  };
}

/** Asks before what was typed is done; on the card, the button asks the same. */
export function confirmCardAction(
  action: AskedAction,
  user: UserCard,
  language: Language,
): ConfirmView<Button> {
  const say = speaker(language);
  const { ask, ...button } = buttons[action](user, say);
  return {
    kind: 'confirm',
    title: ask.title,
    text: `${user.name}, ${user.userId}. ${ask.text}`,
    counts: [],
    actions: [
      { ...button, label: say('Bekräfta', 'Confirm') },
      { label: say('Avbryt', 'Cancel'), line: `user show ${userKey(user.userId)}`, acting: false },
    ],
  };
}

function doneLine(done: CardAction, say: Say): string {
  switch (done) {
    case 'remove-address':
      return say('Klart. Adressen är borttagen.', 'Done. The address is removed.');
    case 'delete-connection':
      return say(
        'Klart. Kopplingen är borttagen. Visma Connect-kontot finns kvar.',
        'Done. The connection is deleted. The Visma Connect account remains.',
      );
    case 'create-account':
      return say(
        'Ett nytt försök att skapa kontot har börjat.',
        'A new try to create the account has begun.',
      );
  }
}

function fieldsOf(user: UserCard, reader: Reader): { label: string; value: string }[] {
  const { say } = reader;
  const text = (value: string | null) => value ?? '';
  return [
    { label: say('Användar-id', 'User-ID'), value: user.userId },
    { label: say('E-post Visma Connect', 'Email Visma Connect'), value: text(user.connectEmail) },
    { label: say('E-post', 'Email'), value: text(user.email) },
    { label: say('Aktiverad', 'Activated'), value: user.active ? say('Ja', 'Yes') : say('Nej', 'No') },
    ...user.employments.map((employment) => ({
      label: say('Anställning', 'Employment'),
      value: employmentLine(employment, reader),
    })),
    { label: say('Språk', 'Language'), value: languageName(user.language, say) },
    { label: say('Alias användar-id', 'Alias user-ID'), value: text(user.aliasUserId) },
    { label: say('Signatur', 'Signature'), value: text(user.signature) },
    { label: say('Kort-/Tag-id', 'Card-/Tag-ID'), value: text(user.cardTagId) },
    { label: say('Extern referens', 'External reference'), value: text(user.externalReference) },
    {
      label: say('Skyddad identitet', 'Protected identity'),
      value: user.protectedIdentity ? say('Ja', 'Yes') : '',
    },
  ];
}

function languageName(language: Language | null, say: Say): string {
  if (language === null) return '';
  return language === 'sv' ? say('svenska', 'Swedish') : say('engelska', 'English');
}

function employmentLine(employment: EmploymentRow, { language, say, now }: Reader): string {
  const { company, number, department, office, startsOn, endsOn } = employment;
  const day = (date: Date) => formatDay(date, language, now);
  const dates = [
    startsOn && `${say('från', 'from')} ${day(startsOn)}`,
    endsOn && `${say('till och med', 'to')} ${day(endsOn)}`,
  ];
  const period = dates.filter(Boolean).join(' ');
  return [company, `${say('nr', 'no.')} ${number}`, department, office, period].filter(Boolean).join(', ');
}

function connectionStatus(user: UserCard, { language, say, now }: Reader): { tone: Tone; text: string } {
  const state = stateNames[user.connection][language];
  const since = user.connectedAt && formatDay(user.connectedAt, language, now);
  switch (user.connection) {
    case 'connected':
      return {
        tone: 'good',
        text: since
          ? say(`Kopplad till Visma Connect sedan ${since}`, `Connected to Visma Connect since ${since}`)
          : say('Kopplad till Visma Connect', 'Connected to Visma Connect'),
      };
    case 'verified':
      return verifiedStatus(user.account, say);
    default:
      return {
        tone: 'warning',
        text: say(`Inte kopplad till Visma Connect (${state})`, `Not connected to Visma Connect (${state})`),
      };
  }
}

/** V4: the account is on its way, or it is not there. */
function verifiedStatus(trouble: UserCard['account'], say: Say): { tone: Tone; text: string } {
  if (!trouble)
    return {
      tone: 'plain',
      text: say(
        'Adressen är verifierad. Kontot skapas.',
        'The address is verified. The account is being created.',
      ),
    };
  return trouble.retryAt
    ? {
        tone: 'warning',
        text: say(
          'Adressen är verifierad, men kontot kan inte skapas ännu.',
          'The address is verified, but the account cannot be created yet.',
        ),
      }
    : {
        tone: 'fault',
        text: say(
          'Adressen är verifierad, men kontot kunde inte skapas.',
          'The address is verified, but the account could not be created.',
        ),
      };
}

/** U1: what is known beside the state; never called the person's act. */
function connectionFacts(user: UserCard, { language, say, now }: Reader): string[] {
  const facts: string[] = [];
  const add = (at: Date | null, sentence: (time: string) => string) => {
    if (at) facts.push(sentence(formatTime(at, language, now)));
  };
  const words = user.bouncedWords
    ? say(` Mejlservern svarade: ${user.bouncedWords}`, ` The mail server answered: ${user.bouncedWords}`)
    : '';
  add(user.lastSentAt, (time) =>
    say(`Verifieringsmejlet skickades ${time}.`, `The verification email was sent on ${time}.`),
  );
  add(user.openedAt, (time) =>
    say(
      `Länken öppnades ${time}, kanske av ett skyddsfilter.`,
      `The link was opened on ${time}, perhaps by a security filter.`,
    ),
  );
  if (user.expired) facts.push(say('Länken har gått ut.', 'The link has expired.'));
  add(user.bouncedAt, (time) =>
    say(`Mejlet studsade ${time}.${words}`, `The email bounced on ${time}.${words}`),
  );
  add(user.disownedAt, (time) =>
    say(
      `Den som fick mejlet svarade ”Det är inte jag” ${time}.`,
      `Whoever got the email answered "This isn't me" on ${time}.`,
    ),
  );
  return facts;
}

function nextStep(user: UserCard, say: Say): string {
  if (user.connection === 'connected') return nextWhereConnected(user, say);
  if (user.connection === 'verified') return nextWhereVerified(user, say);
  if (user.sendable !== 'ok') return whyNothingIsSent(user.sendable, say);
  if (user.connection === 'none')
    return say('Nästa steg: ange en adress och verifiera den.', 'Next: enter an address and verify it.');
  if (user.bouncedAt || user.disownedAt)
    return say('Nästa steg: ange rätt adress.', 'Next: enter the right address.');
  if (user.connection === 'pending' && !user.expired)
    return say(
      'Nästa steg: personen bekräftar via länken i mejlet.',
      'Next: the person confirms with the link in the email.',
    );
  return say('Nästa steg: skicka ett verifieringsmejl.', 'Next: send a verification email.');
}

function nextWhereVerified({ account }: UserCard, say: Say): string {
  if (!account) return say('Du behöver inte göra något mer.', 'Nothing more is needed from you.');
  if (account.fault === 'hindered')
    return say('Kontot skapas när det är ordnat.', 'The account is created once that is settled.');
  return account.retryAt
    ? say(
        'Nästa steg: vänta på nästa försök, eller försök igen nu.',
        'Next: wait for the next try, or try again now.',
      )
    : say(
        'Nästa steg: försök igen när felet är rättat. Annars görs ett försök om dagen.',
        'Next: try again once it is mended. Otherwise it is tried once a day.',
      );
}

/** U7: deactivating somebody leaves the connection. */
function nextWhereConnected({ active }: UserCard, say: Say): string {
  if (active) return say('Allt är klart.', 'All set.');
  return say(
    'Användaren är inaktiverad, men kopplingen finns kvar. Ta bort den om den inte längre behövs.',
    'The user is deactivated, but the connection remains. Delete it if it is no longer needed.',
  );
}

function whyNothingIsSent(sendable: Exclude<UserCard['sendable'], 'ok'>, say: Say): string {
  switch (sendable) {
    case 'deactivated':
      return say(
        'Användaren är inaktiverad, så inga mejl skickas.',
        'The user is deactivated, so no email is sent.',
      );
    case 'not_yet':
      return say(
        'Anställningen har inte börjat. Mejl kan skickas från kl. 09.00 dagen före den första arbetsdagen.',
        'The employment has not started. Email can be sent from 09:00 on the day before the first day of work.',
      );
    case 'ended':
      return say(
        'Anställningen har upphört, så inga mejl skickas.',
        'The employment has ended, so no email is sent.',
      );
  }
}

function actionsOf(user: UserCard, { say, may }: Reader): Button[] {
  const verify: Button = {
    label: say('Verifiera konto', 'Verify account'),
    line: `verify ${userKey(user.userId)}`,
    acting: true,
    style: 'primary',
  };
  const { connection, sendable } = user;
  const offered = [
    may('verify') && sendable === 'ok' && !['verified', 'connected'].includes(connection) && verify,
    may('verify') && connection === 'verified' && user.account !== null && accountButton(user.userId, say),
    may('users.edit') && !['none', 'connected'].includes(connection) && buttons['remove-address'](user, say),
    may('users.edit') && connection === 'connected' && buttons['delete-connection'](user, say),
  ];
  return offered.filter((button) => button !== false);
}

/** V4: makes the account after all. */
export function accountButton(userId: string, say: Say): Button {
  return {
    label: say('Försök igen', 'Try again'),
    line: `user create-account ${userKey(userId)}`,
    acting: true,
    style: 'primary',
  };
}

type AskingButton = Button & Required<Pick<Button, 'ask'>>;

const buttons: Readonly<Record<AskedAction, (user: UserCard, say: Say) => AskingButton>> = {
  'remove-address': ({ userId }, say) => ({
    label: say('Ta bort adressen', 'Remove address'),
    line: `user remove-address ${userKey(userId)}`,
    acting: true,
    style: 'danger',
    ask: {
      title: say('Ta bort adressen?', 'Remove the address?'),
      text: say(
        'Länkar som redan är skickade slutar gälla. Användaren finns kvar.',
        'Links already sent stop working. The user remains.',
      ),
      yes: say('Ta bort', 'Remove'),
      no: say('Avbryt', 'Cancel'),
    },
  }),
  'delete-connection': ({ userId }, say) => ({
    label: say('Ta bort koppling', 'Delete connection'),
    line: `user delete-connection ${userKey(userId)}`,
    acting: true,
    style: 'danger',
    ask: {
      title: say('Ta bort kopplingen?', 'Delete the connection?'),
      text: say(
        'Användaren kan inte logga in förrän adressen har verifierats igen. Visma Connect-kontot finns kvar.',
        "The user can't log in until the address is verified again. The Visma Connect account remains.",
      ),
      yes: say('Ta bort', 'Delete'),
      no: say('Avbryt', 'Cancel'),
    },
  }),
};

const now = new Date('2026-11-21T13:02:00Z');
const everything: readonly Permission[] = permissions;
const reads = (language: Language, allowed = everything): CardReader => ({
  language,
  now,
  may: (permission) => allowed.includes(permission),
});

const anna: UserCard = {
  id: 1,
  subject: '00000000-0000-4000-8000-000000000000',
  userId: '14',
  name: 'Anna Svensson',
  email: 'anna@company.se',
  connectEmail: 'anna.svensson@company.se',
  connection: 'pending',
  language: 'sv',
  active: true,
  sendable: 'ok',
  aliasUserId: null,
  signature: 'ANSV',
  cardTagId: null,
  externalReference: null,
  protectedIdentity: false,
  connectedAt: null,
  account: null,
  lastSentAt: new Date('2026-11-18T13:02:00Z'),
  openedAt: new Date('2026-11-18T13:03:00Z'),
  expired: false,
  bouncedAt: null,
  bouncedWords: null,
  disownedAt: null,
  employments: [
    {
      company: 'Företaget AB',
      number: '0014',
      department: 'Ekonomi & Lön',
      office: 'Örebro',
      startsOn: new Date('2020-01-01T00:00:00Z'),
      endsOn: null,
    },
  ],
};
const unsent = { lastSentAt: null, openedAt: null };
const connected = {
  ...anna,
  connection: 'connected',
  connectedAt: new Date('2026-11-19T08:00:00Z'),
} as const;

export const examples: Record<string, MessageView> = {
  'card of a waiting user': userCard(anna, reads('sv')),
  'card of a connected user': userCard(connected, reads('en')),
  'card of a user without address': userCard(
    { ...anna, ...unsent, connection: 'none', connectEmail: null },
    reads('sv'),
  ),
  'card of a user whose account is not there yet': userCard(
    {
      ...anna,
      connection: 'verified',
      account: { fault: 'busy', words: '503 Service Unavailable', retryAt: new Date('2026-11-21T13:07:00Z') },
    },
    reads('sv'),
  ),
  'card of a user whose account could not be created': userCard(
    { ...anna, connection: 'verified', account: { fault: 'garbled', words: '', retryAt: null } },
    reads('en'),
  ),
  'card after a bounce': userCard(
    { ...anna, bouncedAt: now, bouncedWords: '550 5.1.1 User unknown' },
    reads('sv'),
  ),
  'card of a user who has not started': userCard(
    { ...anna, ...unsent, connection: 'unverified', sendable: 'not_yet' },
    reads('en'),
  ),
  'card of a connected user who is deactivated': userCard(
    { ...connected, active: false, sendable: 'deactivated' },
    reads('sv'),
  ),
  'card for somebody who may only look': userCard(anna, reads('en', ['users.view'])),
  'card after the connection was deleted': userCard(
    { ...anna, ...unsent, connection: 'unverified' },
    reads('sv'),
    'delete-connection',
  ),
  'question before an address is removed': confirmCardAction('remove-address', anna, 'sv'),
};
