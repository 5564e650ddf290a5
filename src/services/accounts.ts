import { addJob } from '../database/add-job.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { refuse } from '../errors.ts';
import type { AccountFault } from '../rules/account.ts';
import type { Language } from '../rules/language.ts';
import { retryFor, retryPause } from '../rules/retry.ts';
import type { Actor } from './connections.ts';
import type { Messages } from './messages.ts';
import { spendPress } from './presses.ts';
import { tellConcerned } from './verifications/concerned.ts';
import { type Hindrance, hindranceOf, lockNamed, lockUser, type Subject } from './verifications/subject.ts';

const { sql } = Prisma;

/** The name of the job that makes accounts. */
export const connectJob = 'connect';

/** One user's account to make: how often that has failed, and since when it is tried. */
export interface AccountTask {
  userId: number;
  since: string;
  failures: number;
}

/** Whom to make an account for. */
export interface AccountHolder {
  /** The compared form of the proved address. */
  address: string;
  name: string;
  externalId: string;
}

/** What the identity provider answered in place of making an account, and for how long it wants to be left alone, in milliseconds. */
export interface AccountSetback {
  fault: Exclude<AccountFault, 'hindered'>;
  words: string;
  waitFor: number;
}

/** V4: from a proved address to an account: `verified` becomes `connected`. */
export interface Accounts {
  /**
   * Whom to make the account for, looked up right before; undefined where there is none to make (any more). What U7 or D1
   * put in the way is written down, and looked at again within a day.
   */
  wanted(task: AccountTask): Promise<AccountHolder | undefined>;
  /**
   * The account is there (null: the store alone decides): the user is connected, unless the address or the connection
   * changed meanwhile (U5), or U7 or D1 came in the way.
   */
  made(task: AccountTask, address: string, accountId: string | null): Promise<void>;
  /**
   * It could not be made: tried again after a while, longer each time, for a day; then the administrators are told,
   * once an outage, and it is tried once a day. A provider that is silent or busy is spared the others' tries for the
   * same while. Whether another try comes sooner than in a day.
   */
  failed(task: AccountTask, address: string, setback: AccountSetback): Promise<boolean>;
  /** Tries again at once, for another day. Throws `user_not_found`, `already_connected`, `not_verified`, `press_spent`. */
  tryAgain(userId: string, actor: Actor): Promise<void>;
}

export interface AccountParts {
  database: Database;
  messages: Pick<Messages, 'announce' | 'changed'>;
  /** The organisation's language. */
  language: Language;
  now?: () => Date;
  /** Hears of each user who was connected, in the same transaction. */
  onConnected?: (tx: Tx, userId: number) => Promise<void>;
}

/** How soon it is looked at again whether U7 or D1 still stands in the way, and how often what was given up is tried. */
const day = 24 * 60 * 60 * 1000;

const noTrouble = { accountFault: null, accountWords: null, accountRetryAt: null } as const;

/** Queues the making of a user's account, in the transaction that makes it necessary. */
export async function queueAccount(tx: Tx, userId: number, now: Date): Promise<void> {
  await queue(tx, { userId, since: now.toISOString(), failures: 0 });
}

/** Queues it for every user whose address is proved and who has no job that is still tried, in one statement. */
export async function queueMissingAccounts(tx: Pick<Tx, '$executeRaw'>, now: Date): Promise<void> {
  await tx.$executeRaw(sql`
    select graphile_worker.add_job(
      ${connectJob}::text,
      payload := json_build_object('userId', u.id, 'since', ${now.toISOString()}::text, 'failures', 0),
      queue_name := ${connectJob}::text,
      job_key := ${connectJob} || ':' || u.id)
    from "user" u
    where u.connection = 'verified'
      and not exists (
        select from graphile_worker.jobs j
        where j.key = ${connectJob} || ':' || u.id and (j.attempts < j.max_attempts or j.locked_at is not null))`);
}

/** One waiting job a user; one at a time in all, so that a provider that never answers keeps no other work waiting. */
async function queue(tx: Tx, task: AccountTask, runAt?: Date): Promise<void> {
  await addJob(tx, connectJob, task, {
    jobKey: `${connectJob}:${task.userId}`,
    queueName: connectJob,
    ...(runAt ? { runAt } : {}),
  });
}

/**
 * The others' waiting jobs are put off until `runAt`, as failed as this one: the pauses grow for all together. Who is in
 * another transaction's hands is left out, so that nobody waits for one another. The users who see it.
 */
async function putOff(tx: Tx, { userId, failures }: AccountTask, runAt: Date): Promise<{ id: number }[]> {
  return tx.$queryRaw<{ id: number }[]>(sql`
    with spared as materialized (
      select u.id from "user" u
      where u.connection = 'verified' and u.id <> ${userId}::int and exists (
        select from graphile_worker.jobs j
        where j.key = ${connectJob} || ':' || u.id and j.run_at < ${runAt}::timestamptz and j.locked_at is null)
      for update of u skip locked
    ), queued as materialized (
      select s.id, (graphile_worker.add_job(
        ${connectJob}::text,
        payload := (p.payload::jsonb || jsonb_build_object(
          'failures', greatest((p.payload ->> 'failures')::int, ${failures}::int)))::json,
        queue_name := ${connectJob}::text,
        run_at := ${runAt}::timestamptz,
        job_key := p.key)).id as job
      from spared s join graphile_worker._private_jobs p on p.key = ${connectJob} || ':' || s.id
    )
    select id from queued where job is not null`);
}

/** Whether somebody else's account was given up within a day for the very same, so that it is known already. */
async function isKnown(tx: Tx, userId: number, { fault, words }: AccountSetback): Promise<boolean> {
  const same = isPassing(fault)
    ? sql`u.account_fault in ('silent', 'busy')`
    : sql`u.account_fault::text = ${fault} and u.account_words = ${words}`;
  const [row] = await tx.$queryRaw<{ known: boolean }[]>(sql`
    select exists (
      select from live_message m join verification v on m.kind = 'verification' and m.subject_id = v.id
      join "user" u on u.id = v.user_id
      where m.created_at > now() - interval '24 hours' and u.id <> ${userId}::int and u.connection = 'verified'
        and ${same} and u.account_retry_at is null) as known`);
  return row?.known ?? false;
}

export function createAccounts(parts: AccountParts): Accounts {
  const { database, messages, language, now = () => new Date(), onConnected } = parts;

  /** The user, locked, while an account is wanted for this address. */
  async function waiting(tx: Tx, userId: number, address: string): Promise<Subject | undefined> {
    const user = await lockUser(tx, userId);
    return user?.connection === 'verified' && user.connectAddress === address ? user : undefined;
  }

  /** The verification that proved the address that is saved now. */
  const proof = (tx: Tx, { id, connectAddress }: Subject) =>
    tx.verification.findFirst({
      where: { userId: id, address: connectAddress ?? '', usedAt: { not: null } },
      orderBy: { usedAt: 'desc' },
    });

  async function redraw(tx: Tx, user: Subject): Promise<void> {
    const verification = await proof(tx, user);
    if (verification) await messages.changed(tx, 'verification', verification.id);
  }

  /** What the others are told of a provider that answers nobody: nothing that it said of this one (A5). */
  async function spare(tx: Tx, user: Subject, task: AccountTask, setback: AccountSetback, until: Date) {
    const ids = (await putOff(tx, task, until)).map(({ id }) => id);
    const [name, address] = [user.name, user.connectAddress ?? ''];
    const words = [name, address]
      .filter(Boolean)
      .reduce((all, one) => all.replaceAll(one, '…'), setback.words);
    await tx.user.updateMany({
      where: { id: { in: ids }, accountFault: null },
      data: { accountFault: setback.fault, accountWords: words, accountRetryAt: until },
    });
    await tx.user.updateMany({
      where: { id: { in: ids }, accountRetryAt: { not: null } },
      data: { accountRetryAt: until },
    });
    const proofs = await tx.verification.findMany({
      where: { userId: { in: ids }, usedAt: { not: null } },
      select: { id: true },
    });
    const within = 60;
    await messages.changed(
      tx,
      'verification',
      proofs.map(({ id }) => id),
      { within },
    );
  }

  /** U7, D1: writes down what came in the way since the press; true: it did. */
  async function hinders(tx: Tx, user: Subject): Promise<boolean> {
    const at = now();
    const hindrance = await hindranceOf(tx, user, user.connectAddress ?? '', at);
    if (!hindrance) return false;
    const retryAt = new Date(at.getTime() + day);
    const known = user.accountFault === 'hindered' && user.accountWords === hindrance;
    if (!known) await stumble(tx, user, { fault: 'hindered', words: hindrance }, retryAt);
    await queue(tx, { userId: user.id, since: retryAt.toISOString(), failures: 0 }, retryAt);
    return true;
  }

  async function stumble(
    tx: Tx,
    user: Subject,
    { fault, words }: Stumble,
    retryAt: Date | null,
  ): Promise<void> {
    const data = { accountFault: fault, accountWords: words, accountRetryAt: retryAt };
    await tx.user.update({ where: { id: user.id }, data });
    await redraw(tx, user);
  }

  return {
    wanted: ({ userId }) =>
      database.transaction(async (tx) => {
        const user = await lockUser(tx, userId);
        if (user?.connection !== 'verified' || user.connectAddress === null) return undefined;
        if (await hinders(tx, user)) return undefined;
        return { address: user.connectAddress, name: user.name, externalId: user.userId };
      }),

    made: ({ userId }, address, accountId) =>
      database.transaction(async (tx) => {
        const user = await waiting(tx, userId, address);
        if (!user || (await hinders(tx, user))) return;
        const data = { ...noTrouble, connection: 'connected', connectedAt: now(), accountId } as const;
        await tx.user.update({ where: { id: userId }, data });
        await onConnected?.(tx, userId);
        await redraw(tx, user);
      }),

    failed: ({ userId, since, failures }, address, setback) =>
      database.transaction(async (tx) => {
        const user = await waiting(tx, userId, address);
        if (!user) return true;
        const task = { userId, since, failures: failures + 1 };
        const at = now().getTime();
        const { fault, words, waitFor } = setback;
        const retryAt = new Date(at + Math.max(retryPause(task.failures), waitFor));
        const tomorrow = new Date(at + day);
        const goesOn = retryAt.getTime() <= Date.parse(since) + retryFor;
        const known = goesOn || wasGivenUp(user) || (await isKnown(tx, userId, setback));
        await stumble(tx, user, { fault, words }, goesOn ? retryAt : null);
        await queue(tx, task, goesOn ? retryAt : tomorrow);
        if (isPassing(fault)) await spare(tx, user, task, setback, retryAt < tomorrow ? retryAt : tomorrow);
        const verification = known ? null : await proof(tx, user);
        if (verification) await tellConcerned(tx, messages, verification, language);
        return goesOn;
      }),

    tryAgain: (userId, { reach, press }) =>
      database.transaction(async (tx) => {
        await spendPress(tx, press, now());
        const user = await lockNamed(tx, userId, reach);
        if (user.connection === 'connected') throw refuse('already_connected', undefined, 'user');
        if (user.connection !== 'verified') throw refuse('not_verified', undefined, 'user');
        await tx.user.update({ where: { id: user.id }, data: noTrouble });
        await queueAccount(tx, user.id, now());
        await redraw(tx, user);
      }),
  };
}

/** Whether a day of tries came to nothing, and that was told. */
const wasGivenUp = ({ accountFault, accountRetryAt }: Subject) =>
  accountFault !== null && accountRetryAt === null;

/** Whether it is about the provider as a whole, whoever is asked for. */
const isPassing = (fault: AccountFault) => fault === 'silent' || fault === 'busy';

/** What is written down of a try that came to nothing. */
type Stumble = { fault: AccountSetback['fault']; words: string } | { fault: 'hindered'; words: Hindrance };
