import type { Tone } from '../../../core/view.ts';
import { stateNames } from '../../../rules/connection.ts';
import type { Say } from '../../../rules/language.ts';
import { formatDay, formatTime } from '../../../rules/say.ts';
import type { UserCard } from '../../../services/users.ts';
import type { Reader } from './reader.ts';

/** The connection, with its warning or green tick. */
export function connectionStatus(
  user: UserCard,
  { language, say, now }: Reader,
): { tone: Tone; text: string } {
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
export function connectionFacts(user: UserCard, { language, say, now }: Reader): string[] {
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
