import { reach } from '../core/access.ts';
import type { Answer, Command, Request, Values } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { needsAddress } from '../rules/connection.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { fold } from '../rules/text.ts';
import type { UserCard, Users } from '../services/users.ts';
import type { Started, Verifications, Verifier } from '../services/verifications/index.ts';
import { type Counter, ownLinkView } from '../views/employee.ts';
import { type FormStart, verificationBegun, verificationForm } from '../views/verification.ts';

/** How many users the form offers at once. */
const offered = 20;

export interface VerifyParts {
  users: Pick<Users, 'card' | 'holding' | 'search'>;
  verifications: Pick<Verifications, 'start' | 'startWith' | 'sendMine'>;
  counter: Counter;
  now?: () => Date;
}

/** What a line asks to verify. */
type Wanted =
  | { what: 'mine' }
  | { what: 'user'; userId: string; newAddress: boolean }
  | { what: 'address'; typed: string };

/** `/vc verify`: one user, by the address, by `user:` or by a form; and one's own new link (V1, U4). */
export function verifyCommand(parts: VerifyParts): Command {
  const { users, verifications, counter, now = () => new Date() } = parts;

  /** The one that `user:` names. Throws `user_not_found`. */
  async function cardOf({ person }: Request, userId: string): Promise<UserCard> {
    const card = await users.card(userId, reach(person.access, 'verify'));
    if (!card) throw refuse('user_not_found', { userId }, 'user');
    return card;
  }

  async function send(request: Request, userId: string): Promise<Answer[]> {
    return begun(request, await verifications.start(userId, verifierOf(request)));
  }

  async function mine({ person, press, language }: Request): Promise<Answer[]> {
    const { id, userId } = person;
    const answer = await verifications.sendMine({ id, userId, press });
    return [{ view: ownLinkView(answer, counter, language, now()), replace: true }];
  }

  async function byUser(request: Request, userId: string, newAddress: boolean): Promise<Answer[]> {
    const card = await cardOf(request, userId);
    request.concerns(card.subject);
    if (!needsAddress(card) && !newAddress) return send(request, card.userId);
    const user = { value: card.userId, label: `${card.name}, ${card.userId}` };
    return form(request, newAddress ? { user } : { user, address: card.connectEmail ?? undefined });
  }

  async function byAddress(request: Request, typed: string): Promise<Answer[]> {
    if (typed === '') return form(request, {});
    const parsed = parseAddress(typed);
    if (!parsed.ok) throw refuse('invalid_address', { problem: parsed.problem });
    const holder = await users.holding(parsed.key, reach(request.person.access, 'verify'));
    if (!holder) return form(request, { address: parsed.shown });
    request.concerns((await cardOf(request, holder.userId)).subject);
    return send(request, holder.userId);
  }

  return {
    name: 'verify',
    swedish: ['verifiera'],
    summary: {
      sv: 'Skickar ett verifieringsmejl till en användare',
      en: 'Sends one user a verification email',
    },
    usage: [
      { sv: 'verifiera [ADRESS]', en: 'verify [ADDRESS]' },
      { sv: 'verifiera användare:ANVÄNDAR-ID', en: 'verify user:USER-ID' },
      { sv: 'verifiera mig', en: 'verify me' },
    ],
    examples: [
      { sv: 'verifiera anna@company.se', en: 'verify anna@company.se' },
      { sv: 'verifiera användare:14', en: 'verify user:14' },
      { sv: 'verifiera', en: 'verify' },
    ],
    permission: (args) => (isMine(args) ? null : 'verify'),
    action: (args) => (isMine(args) ? 'me' : undefined),

    async run(request, args) {
      const wanted = wantedBy(args);
      if (wanted.what === 'mine') return mine(request);
      if (wanted.what === 'user') return byUser(request, wanted.userId, wanted.newAddress);
      return byAddress(request, wanted.typed);
    },

    async submit(request, _args, { user, email = '', confirm = '' }: Values) {
      if (!user) throw refuse('user_missing', undefined, 'user');
      const card = await cardOf(request, user);
      request.concerns(card.subject);
      return begun(
        request,
        await verifications.startWith(card.userId, { email, confirm }, verifierOf(request)),
      );
    },

    search: ({ person }, _args, _field, typed) =>
      users.search(typed, reach(person.access, 'verify'), offered),
  };
}

function verifierOf({ person, language, press }: Request): Verifier {
  return { personId: person.id, reach: reach(person.access, 'verify'), language, press };
}

/** In the direct conversation the message that follows the verification is answer enough. */
function begun({ place, language }: Request, started: Started): Answer[] {
  return place.kind === 'direct' ? [] : [{ view: verificationBegun(started, language) }];
}

function form({ language }: Request, start: FormStart): Answer[] {
  return [{ view: verificationForm(start, language) }];
}

function isMine(args: readonly Token[]): boolean {
  const [only, ...others] = args;
  return only?.kind === 'word' && others.length === 0 && ['me', 'mig'].includes(fold(only.text));
}

/** Reads the arguments. Throws `verify_one`, where they look like a filter over many. */
function wantedBy(args: readonly Token[]): Wanted {
  if (isMine(args)) return { what: 'mine' };
  const [first] = args;
  const names = (token: Token) =>
    token.kind === 'pair' && ['user', 'användare', 'anvandare'].includes(fold(token.key));
  const isOther = (token: Token) => token.kind === 'pair' && !names(token) && fold(token.key) !== 'mailto';
  if (args.some(isOther) || args.filter(names).length > 1) throw refuse('verify_one');
  if (first?.kind === 'pair' && names(first)) {
    const flag = args[1] ? fold(tokenText(args[1])) : '';
    return { what: 'user', userId: first.value, newAddress: ['new-address', 'ny-adress'].includes(flag) };
  }
  const typed = args.map(tokenText).join(' ');
  if (['all', 'alla'].includes(fold(typed))) throw refuse('verify_one');
  return { what: 'address', typed };
}
