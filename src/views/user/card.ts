import type { Button, Example, FactsView } from '../../core/view.ts';
import { troubleLines } from '../../rules/account.ts';
import { type Say, speaker } from '../../rules/language.ts';
import type { UserCard } from '../../services/users.ts';
import { actionsOf, type CardAction } from './parts/actions.ts';
import { connectionFacts, connectionStatus } from './parts/connection.ts';
import { fieldsOf } from './parts/fields.ts';
import { nextStep } from './parts/next-step.ts';
import type { CardReader } from './parts/reader.ts';
import { anna, connected, now, reads, unsent } from './parts/samples.ts';

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
      return say('Nu görs ett nytt försök att skapa kontot.', 'Trying again to create the account.');
  }
}

export const examples: Record<string, Example> = {
  'of a waiting user': (language) => userCard(anna, reads(language)),
  'of a connected user': (language) => userCard(connected, reads(language)),
  'of a user without address': (language) =>
    userCard({ ...anna, ...unsent, connection: 'none', connectEmail: null }, reads(language)),
  'of a user whose account is not there yet': (language) =>
    userCard(
      {
        ...anna,
        connection: 'verified',
        account: {
          fault: 'busy',
          words: '503 Service Unavailable',
          retryAt: new Date('2026-11-21T13:07:00Z'),
        },
      },
      reads(language),
    ),
  'of a user whose account could not be created': (language) =>
    userCard(
      { ...anna, connection: 'verified', account: { fault: 'garbled', words: '', retryAt: null } },
      reads(language),
    ),
  'after a bounce': (language) =>
    userCard({ ...anna, bouncedAt: now, bouncedWords: '550 5.1.1 User unknown' }, reads(language)),
  'of a user whose domain is not allowed': (language) =>
    userCard(
      { ...anna, ...unsent, connection: 'unverified', connectEmail: 'anna@gmail.com', domainAllowed: false },
      reads(language),
    ),
  'of a user who has not started': (language) =>
    userCard({ ...anna, ...unsent, connection: 'unverified', sendable: 'not_yet' }, reads(language)),
  'of a connected user who is deactivated': (language) =>
    userCard({ ...connected, active: false, sendable: 'deactivated' }, reads(language)),
  'for somebody who may only look': (language) => userCard(anna, reads(language, ['users.view'])),
  'after the connection was deleted': (language) =>
    userCard({ ...anna, ...unsent, connection: 'unverified' }, reads(language), 'delete-connection'),
};
