import { may, type Permission, type Reach, reach } from '../core/access.ts';
import { actionReader } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { describeFilter } from '../rules/filter.ts';
import { quote, type Token, tokenText } from '../rules/line.ts';
import { fold } from '../rules/text.ts';
import type { Accounts } from '../services/accounts.ts';
import type { Connections } from '../services/connections.ts';
import type { Filters } from '../services/filter.ts';
import type { UserCard, Users } from '../services/users.ts';
import { userCard } from '../views/user/card.ts';
import type { CardAction } from '../views/user/parts/actions.ts';
import { confirmCardAction } from '../views/user/question.ts';
import { noUsers, userTable } from '../views/users.ts';

export interface UserParts {
  users: Users;
  filters: Pick<Filters, 'read' | 'nearestUser'>;
  connections: Connections;
  accounts: Pick<Accounts, 'tryAgain'>;
  now?: () => Date;
}

const actionOf = actionReader<CardAction>({
  'remove-address': ['remove-address', 'ta-bort-adressen', 'ta-bort-adress'],
  'delete-connection': ['delete-connection', 'ta-bort-kopplingen', 'ta-bort-koppling'],
  'create-account': ['create-account', 'skapa-kontot', 'skapa-konto'],
});

const showing = actionReader({ show: ['show', 'visa'] });
/** Before the one whose card is asked for: in place of what was pressed. */
const isShow = (args: readonly Token[]): boolean => args.length > 1 && showing(args) !== undefined;

/** What each needs: making an account is the end of verifying. */
const permissionFor = (action: CardAction): Permission =>
  action === 'create-account' ? 'verify' : 'users.edit';

/** How many are listed where several are meant. */
const most = 10;

/** `/vc user WHO`: one user's card, and what can be done from it (U4, U6). */
export function userCommand({
  users,
  filters,
  connections,
  accounts,
  now = () => new Date(),
}: UserParts): Command {
  /** Shows the one user who is meant, or lists those who may be. */
  async function look(request: Request, args: readonly Token[]): Promise<Answer[]> {
    const { person, language } = request;
    const within = reach(person.access, 'users.view');
    if (args.length === 0) throw refuse('user_unnamed');
    const words = args.every(({ kind }) => kind === 'word') ? args.map(tokenText).join(' ') : undefined;
    const card = words === undefined ? undefined : await cardOf(words, within);
    if (card) return show(request, card);
    const filter = await filters.read(args, within);
    const page = await users.list(filter, within, 1, most);
    if (words !== undefined && page.total === 0) return show(request, await named(args, within));
    const called = page.users.filter(({ name }) => fold(name) === fold(words ?? ''));
    const [only] = page.total === 1 ? page.users : called.length === 1 ? called : [];
    const found = only && (await users.card(only.userId, within));
    if (found) return show(request, found);
    const view =
      page.total === 0 ? noUsers(language) : userTable(page, describeFilter(filter, language), language);
    return [{ view }];
  }

  /** The card of the user with this User-ID, or else the only one with this address. */
  async function cardOf(text: string, within: Reach): Promise<UserCard | undefined> {
    const card = await users.card(text, within);
    const address = parseAddress(text);
    if (card || !address.ok) return card;
    const holder = await users.holding(address.key, within);
    const [owner, second] = holder ? [holder] : await users.withEmail(address.key, within);
    return owner && !second ? users.card(owner.userId, within) : undefined;
  }

  /** The card of the user whose User-ID it is. Throws with the nearest one within reach. */
  async function named(args: readonly Token[], within: Reach): Promise<UserCard> {
    if (args.length === 0) throw refuse('user_unnamed');
    const value = args.map((arg) => (arg.kind === 'pair' ? arg.value : arg.text)).join(' ');
    const card = await users.card(value, within);
    if (card) return card;
    const nearest = await filters.nearestUser(value, within);
    throw refuse('user_not_found', { userId: value, ...(nearest ? { nearest: quote(nearest) } : {}) });
  }

  /** Asks first, where no button has asked already (U6). */
  async function act(action: CardAction, request: Request, args: readonly Token[]): Promise<Answer[]> {
    const { person, press, language } = request;
    const within = reach(person.access, permissionFor(action));
    const card = await named(args, within);
    request.concerns(card.subject);
    const actor = { personId: person.id, reach: within, press };
    if (action === 'create-account') await accounts.tryAgain(card.userId, actor);
    else if (press === undefined) return [{ view: confirmCardAction(action, card, language) }];
    else if (action === 'remove-address') await connections.removeAddress(card.userId, actor);
    else await connections.deleteConnection(card.userId, actor);
    return show(request, await named(args, within), action);
  }

  function show(request: Request, card: UserCard, done?: CardAction): Answer[] {
    const { person, language } = request;
    request.concerns(card.subject);
    const mayDo = (permission: Permission) => may(person.access, permission);
    const view = userCard(card, { language, now: now(), may: mayDo }, done);
    return [{ view, replace: done !== undefined }];
  }

  return {
    name: 'user',
    swedish: ['visa', 'användarkort'],
    summary: {
      sv: 'Visar en användare och vad som går att göra',
      en: 'Shows one user and what can be done',
    },
    usage: [
      { sv: 'visa ANVÄNDARE', en: 'user USER' },
      { sv: 'visa ta bort adressen ANVÄNDAR-ID', en: 'user remove-address USER-ID' },
      { sv: 'visa ta bort kopplingen ANVÄNDAR-ID', en: 'user delete-connection USER-ID' },
      { sv: 'visa skapa kontot ANVÄNDAR-ID', en: 'user create-account USER-ID' },
    ],
    examples: [
      { sv: 'visa 14', en: 'user 14' },
      { sv: 'visa anna svensson', en: 'user anna svensson' },
      { sv: 'visa anna@company.se', en: 'user anna@company.se' },
    ],
    permission: (args) => {
      const asked = actionOf(args);
      return asked ? permissionFor(asked.action) : 'users.view';
    },
    action: (args) => actionOf(args)?.action,
    async run(request, args) {
      const asked = actionOf(args);
      if (asked) return act(asked.action, request, asked.rest);
      if (!isShow(args)) return look(request, args);
      const answers = await look(request, args.slice(1));
      return answers.map((answer) => ({ ...answer, replace: true }));
    },
  };
}
