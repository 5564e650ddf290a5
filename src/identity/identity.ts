import type { AccountFault } from '../rules/account.ts';

/** Whom an account is for. */
export interface Holder {
  /** The compared form of the address: what the person logs in with. */
  address: string;
  name: string;
  /** The User-ID: what the account is called on our side. */
  externalId: string;
}

/**
 * The identity provider's accounts: one a person, which serves their other products too, so none is ever deleted (U6).
 * Each call throws AccountFailure where it could not be done, and can be made again: what is done already stays so.
 * Aborting `signal` breaks it off.
 */
export interface Identity {
  /** Finds the account that logs in with the address, or else makes one. Its id. A suspended one is refused. */
  connect(holder: Holder, signal?: AbortSignal): Promise<{ accountId: string }>;
  /** The person can't log in with the account any more, anywhere. */
  suspend(accountId: string, signal?: AbortSignal): Promise<void>;
  /** The person can log in with the account again. */
  resume(accountId: string, signal?: AbortSignal): Promise<void>;
}

/** What the identity provider answered in place of what was asked. */
export interface Answered {
  /** In its own words, one line; empty where it said none. */
  words?: string;
  /** It wants to be left alone for so long, in milliseconds. */
  waitFor?: number;
  cause?: unknown;
}

/** The identity provider did not do what was asked. It is never the person's fault. */
export class AccountFailure extends Error {
  override readonly name = 'AccountFailure';
  readonly fault: Exclude<AccountFault, 'hindered'>;
  readonly words: string;
  readonly waitFor: number;

  constructor(fault: AccountFailure['fault'], { words = '', waitFor = 0, cause }: Answered = {}) {
    super(`The identity provider did not do it (${fault})`, cause === undefined ? {} : { cause });
    this.fault = fault;
    this.words = words;
    this.waitFor = waitFor;
  }
}
