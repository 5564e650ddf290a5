import type { Button } from '../../../core/view.ts';
import { needsAddress } from '../../../rules/connection.ts';
import type { Say } from '../../../rules/language.ts';
import { quoteAlways } from '../../../rules/line.ts';
import type { UserCard } from '../../../services/users.ts';
import type { AskingButton } from '../../parts/question.ts';
import type { Reader } from './reader.ts';

/** What is asked about before it is done. */
export type AskedAction = 'remove-address' | 'delete-connection';

/** What can be done from a card, as its lines name it. */
export type CardAction = AskedAction | 'create-account';

/** How a line names one user. */
export const userKey = (userId: string): string => `user:${quoteAlways(userId)}`;

/** The buttons that the reader is offered. */
export function actionsOf(user: UserCard, { say, may }: Reader): Button[] {
  const verify: Button = {
    label: say('Verifiera konto', 'Verify account'),
    line: `verify ${userKey(user.userId)}`,
    acting: true,
    style: 'primary',
    ...(needsAddress(user) ? { opensForm: true } : {}),
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

/** Those that ask first. */
export const buttons: Readonly<Record<AskedAction, (user: UserCard, say: Say) => AskingButton>> = {
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
