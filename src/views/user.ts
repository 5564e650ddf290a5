import type { Button, FactsView, MessageView, TableView, Tone } from '../core/view.ts';
import { stateNames } from '../rules/connection.ts';
import { type Language, type Say, speaker } from '../rules/language.ts';
import { quoteAlways } from '../rules/line.ts';
import { formatDay, formatNumber, formatTime } from '../rules/say.ts';
import type { EmploymentRow, UserCard, UserPage } from '../services/users.ts';

/** How a line names one user. */
export const userKey = (userId: string): string => `user:${quoteAlways(userId)}`;

interface Reader {
  language: Language;
  say: Say;
  now: Date;
}

/** A user's card: fields, employments, the connection with its warning or green tick, facts, and what to do next. */
export function userCard(user: UserCard, language: Language, now: Date): FactsView<Button> {
  const reader = { language, say: speaker(language), now };
  return {
    kind: 'facts',
    title: user.name,
    status: connectionStatus(user, reader),
    facts: fieldsOf(user, reader).filter(({ value }) => value !== ''),
    lines: [...connectionFacts(user, reader), nextStep(user, reader.say)],
    actions: actionsOf(user, reader.say),
  };
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
    endsOn && `${say('till', 'to')} ${day(endsOn)}`,
  ];
  const period = dates.filter(Boolean).join(' ');
  return [company, `${say('nr', 'no.')} ${number}`, department, office, period].filter(Boolean).join(', ');
}

function connectionStatus(user: UserCard, { language, say, now }: Reader): { tone: Tone; text: string } {
  switch (user.connection) {
    case 'connected': {
      const since = user.connectedAt
        ? ` ${say('sedan', 'since')} ${formatDay(user.connectedAt, language, now)}`
        : '';
      return { tone: 'good', text: say('Kopplad till Visma Connect', 'Connected to Visma Connect') + since };
    }
    case 'verified':
      return {
        tone: 'plain',
        text: say(
          'Adressen är verifierad. Kontot skapas.',
          'The address is verified. The account is being created.',
        ),
      };
    default: {
      const state = stateNames[user.connection][language];
      return {
        tone: 'warning',
        text: `${say('Inte kopplad till Visma Connect', 'Not connected to Visma Connect')} (${state})`,
      };
    }
  }
}

/** U1: what is known beside the state; never called the person's act. */
function connectionFacts(user: UserCard, { language, say, now }: Reader): string[] {
  const facts: string[] = [];
  const add = (at: Date | null, sentence: (time: string) => string) => {
    if (at) facts.push(sentence(formatTime(at, language, now)));
  };
  const words = user.bouncedWords ? `: ${user.bouncedWords}` : '';
  add(user.lastSentAt, (time) =>
    say(`Verifieringsmejl skickat ${time}.`, `Verification email sent ${time}.`),
  );
  add(user.openedAt, (time) =>
    say(
      `Länken öppnades ${time}, kanske av ett skyddsfilter.`,
      `The link was opened ${time}, perhaps by a security filter.`,
    ),
  );
  if (user.expired) facts.push(say('Länken har gått ut.', 'The link has expired.'));
  add(user.bouncedAt, (time) =>
    say(`Mejlet kom tillbaka ${time}${words}`, `The email came back ${time}${words}`),
  );
  add(user.disownedAt, (time) =>
    say(
      `Den som fick mejlet svarade ”Det är inte jag” ${time}.`,
      `Whoever got the email answered "This isn't me" ${time}.`,
    ),
  );
  return facts;
}

function nextStep(user: UserCard, say: Say): string {
  const connected = user.connection === 'connected';
  if (!user.active && connected) {
    return say(
      'Användaren är inaktiverad, men kopplingen finns kvar. Ta bort den om den inte längre behövs.',
      'The user is deactivated, but the connection remains. Delete it if it is no longer needed.',
    );
  }
  if (!user.active)
    return say('Användaren är inaktiverad och får inga mejl.', 'The user is deactivated and gets no email.');
  if (connected) return say('Allt är klart.', 'All set.');
  if (user.connection === 'verified')
    return say('Du behöver inte göra något mer.', 'Nothing more is needed from you.');
  if (user.connection === 'none')
    return say('Nästa steg: ange en adress och verifiera den.', 'Next: enter an address and verify it.');
  if (user.bouncedAt || user.disownedAt)
    return say('Nästa steg: ange rätt adress.', 'Next: enter the right address.');
  if (user.connection === 'pending' && !user.expired) {
    return say(
      'Nästa steg: personen bekräftar via länken i mejlet.',
      'Next: the person confirms by the link in the email.',
    );
  }
  return say('Nästa steg: skicka ett verifieringsmejl.', 'Next: send a verification email.');
}

function actionsOf(user: UserCard, say: Say): Button[] {
  const key = userKey(user.userId);
  if (user.connection === 'connected') return [deleteButton(key, say)];
  const verify: Button = {
    label: say('Verifiera konto', 'Verify account'),
    line: `verify ${key}`,
    acting: false,
    style: 'primary',
  };
  const sendable = user.active && user.connection !== 'verified';
  return [...(sendable ? [verify] : []), ...(user.connection === 'none' ? [] : [removeButton(key, say)])];
}

function removeButton(key: string, say: Say): Button {
  return {
    label: say('Ta bort adressen', 'Remove address'),
    line: `user remove-address ${key}`,
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
  };
}

function deleteButton(key: string, say: Say): Button {
  return {
    label: say('Ta bort koppling', 'Delete connection'),
    line: `user delete-connection ${key}`,
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
  };
}

/** One page of users; `filterLine` is the filter as it can be typed again, '' for everybody. */
export function userTable(page: UserPage, filterLine: string, language: Language): TableView<Button> {
  const say = speaker(language);
  const count = formatNumber(page.total, language);
  const turn = (label: string, to: number): Button => ({
    label,
    line: `users ${filterLine} page:${to}`.replace(/\s+/g, ' '),
    acting: false,
  });
  return {
    kind: 'table',
    title: page.total === 1 ? say('1 användare', '1 user') : say(`${count} användare`, `${count} users`),
    ...(filterLine ? { text: filterLine } : {}),
    columns: [
      say('Namn', 'Name'),
      say('Användar-id', 'User-ID'),
      say('Koppling', 'Connection'),
      say('E-post Visma Connect', 'Email Visma Connect'),
      say('Företag', 'Company'),
    ],
    rows: page.users.map((user) => ({
      cells: [
        user.name,
        user.userId,
        stateNames[user.connection][language] + (user.active ? '' : `, ${say('inaktiverad', 'deactivated')}`),
        user.connectEmail ?? '–',
        user.companies,
      ],
      action: { label: say('Visa', 'Show'), line: `user ${userKey(user.userId)}`, acting: false },
    })),
    ...(page.pages > 1
      ? { more: say(`Sida ${page.page} av ${page.pages}`, `Page ${page.page} of ${page.pages}`) }
      : {}),
    actions: [
      ...(page.page > 1 ? [turn(say('Föregående', 'Previous'), page.page - 1)] : []),
      ...(page.page < page.pages ? [turn(say('Nästa', 'Next'), page.page + 1)] : []),
    ],
  };
}

/** Said when no user fits. */
export function noUsers(language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: say(
      'Ingen användare passar filtret. Ta bort något villkor, eller skriv `/vc användare alla`.',
      'No user fits the filter. Remove a condition, or type `/vc users all`.',
    ),
  };
}

const now = new Date('2026-11-21T13:02:00Z');

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
  aliasUserId: null,
  signature: 'ANSV',
  cardTagId: null,
  externalReference: null,
  protectedIdentity: false,
  connectedAt: null,
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

export const examples: Record<string, MessageView> = {
  'card of a waiting user': userCard(anna, 'sv', now),
  'card of a connected user': userCard(
    { ...anna, connection: 'connected', connectedAt: new Date('2026-11-19T08:00:00Z') },
    'en',
    now,
  ),
  'card of a user without address': userCard(
    { ...anna, connection: 'none', connectEmail: null, lastSentAt: null, openedAt: null },
    'sv',
    now,
  ),
  'card after a bounce': userCard(
    { ...anna, bouncedAt: now, bouncedWords: '550 5.1.1 User unknown' },
    'sv',
    now,
  ),
  'user list': userTable(
    { total: 217, page: 2, pages: 22, users: [{ ...anna, companies: 'Företaget AB' }] },
    'status:väntar',
    'sv',
  ),
  'no users': noUsers('sv'),
};
