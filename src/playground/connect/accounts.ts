import { randomUUID } from 'node:crypto';
import { parseAddress } from '../../rules/address.ts';
import { hashToken, newToken } from '../../rules/secret.ts';
import { openJournal } from '../journal.ts';
import { hashPassword, isPassword } from './passwords.ts';

/** What SCIM says of an account; `userName` is the address, in its compared form. */
export interface Account {
  readonly id: string;
  readonly userName: string;
  readonly active: boolean;
  readonly displayName?: string;
  readonly [attribute: string]: unknown;
}

/** What an account is to be, as SCIM says it. */
export interface Wanted {
  readonly userName?: string;
  readonly active?: boolean;
  readonly displayName?: string;
  readonly [attribute: string]: unknown;
}

/** An address that is no address, or another account's. */
export class Unacceptable extends Error {
  readonly reason: 'invalid' | 'taken';
  constructor(reason: Unacceptable['reason']) {
    super(reason === 'taken' ? 'Another account has this userName' : 'userName must be an e-mail address');
    this.reason = reason;
  }
}

/** The accounts, their passwords and the links that set one. None is ever deleted. */
export interface Accounts {
  all(): Account[];
  get(id: string): Account | undefined;
  /** Makes an account, or changes the one with this id; a password is set by its holder alone. Throws Unacceptable. */
  save(id: string | undefined, wanted: Wanted): Account;
  /** Whose address and password these are; nobody's where the account is suspended. */
  logIn(address: string, password: string): Promise<Account | undefined>;
  /** Whether the holder of the address ever logged in. */
  hasLoggedIn(address: string): boolean;
  /** A one-time link's token for the account with this address, where one may be sent. */
  ticketFor(address: string): { token: string; account: Account } | undefined;
  /** Whose password the token may set, once. */
  holderOf(token: string): Account | undefined;
  /** Sets the password and ends every link of the account. False: the token works no more. */
  setPassword(token: string, password: string): Promise<boolean>;
  close(): void;
}

interface Ticket {
  hash: string;
  id: string;
  expiresAt: number;
}

/** One line of the journal: what stands, in place of what stood before. */
type Entry =
  | { account: Account }
  | { password: { id: string; hash: string } }
  | { ticket: Ticket }
  /** The account whose tickets are spent. */
  | { spent: string }
  /** The account whose holder has logged in. */
  | { loggedIn: string };

/** In milliseconds. */
const ticketLifetime = 60 * 60 * 1000;
/** How many links an account can have at a time: whoever asks for more within the hour gets no mail. */
const mostTickets = 3;

/** Opens the accounts kept in the journal at `path`. */
export function openAccounts(path: string, now: () => Date = () => new Date()): Accounts {
  const accounts = new Map<string, Account>();
  const passwords = new Map<string, string>();
  const loggedIn = new Set<string>();
  let tickets: Ticket[] = [];

  function apply(entry: Entry): void {
    if ('account' in entry) accounts.set(entry.account.id, entry.account);
    else if ('password' in entry) passwords.set(entry.password.id, entry.password.hash);
    else if ('ticket' in entry) tickets = [...tickets.filter(isValid), entry.ticket];
    else if ('loggedIn' in entry) loggedIn.add(entry.loggedIn);
    else tickets = tickets.filter(({ id }) => id !== entry.spent);
  }

  function* standing(): Iterable<Entry> {
    for (const account of accounts.values()) yield { account };
    for (const [id, hash] of passwords) yield { password: { id, hash } };
    for (const id of loggedIn) yield { loggedIn: id };
    for (const ticket of tickets.filter(isValid)) yield { ticket };
  }

  const isValid = ({ expiresAt }: Ticket) => expiresAt > now().getTime();
  const { write, close } = openJournal<Entry>(path, { apply, standing });

  const at = (address: string) => {
    const key = keyOf(address);
    return key === undefined ? undefined : [...accounts.values()].find(({ userName }) => userName === key);
  };

  function ticketOf(token: string): Ticket | undefined {
    const hash = hashToken(token);
    return tickets.find((ticket) => ticket.hash === hash && isValid(ticket));
  }

  function holderOf(token: string): Account | undefined {
    const account = accounts.get(ticketOf(token)?.id ?? '');
    return account?.active ? account : undefined;
  }

  return {
    all: () => [...accounts.values()],
    get: (id) => accounts.get(id),

    save(id = randomUUID(), { password: _, ...wanted }) {
      const userName = keyOf(wanted.userName ?? '');
      if (userName === undefined) throw new Unacceptable('invalid');
      const holder = at(userName);
      if (holder && holder.id !== id) throw new Unacceptable('taken');
      const account = { ...wanted, id, userName, active: wanted.active ?? true };
      write({ account });
      return account;
    },

    async logIn(address, password) {
      const account = at(address);
      const right = await isPassword(password, account && passwords.get(account.id));
      if (!right || !account?.active) return undefined;
      if (!loggedIn.has(account.id)) write({ loggedIn: account.id });
      return account;
    },

    hasLoggedIn: (address) => loggedIn.has(at(address)?.id ?? ''),

    ticketFor(address) {
      const account = at(address);
      if (!account?.active) return undefined;
      const { id } = account;
      if (tickets.filter((ticket) => ticket.id === id && isValid(ticket)).length >= mostTickets)
        return undefined;
      const token = newToken();
      write({ ticket: { hash: hashToken(token), id, expiresAt: now().getTime() + ticketLifetime } });
      return { token, account };
    },

    holderOf,

    async setPassword(token, password) {
      const hash = await hashPassword(password);
      // Looked up once the hash is made: of two presses at once, one counts.
      const account = holderOf(token);
      if (!account) return false;
      write({ spent: account.id });
      write({ password: { id: account.id, hash } });
      return true;
    },

    close,
  };
}

/** U2: the compared form of an address. */
function keyOf(address: string): string | undefined {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.key : undefined;
}
