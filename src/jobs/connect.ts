import { z } from 'zod';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { AccountFailure, type Identity } from '../identity/identity.ts';
import type { Log } from '../log.ts';
import { type Accounts, connectJob, queueMissingAccounts } from '../services/accounts.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

export interface ConnectParts {
  accounts: Pick<Accounts, 'wanted' | 'made' | 'failed'>;
  /** Undefined: none is configured (any more), and the store alone decides (V4). */
  identity: Identity | undefined;
  log: Pick<Log, 'warn' | 'error'>;
}

const taskShape = z.object({ userId: z.int(), since: z.iso.datetime(), failures: z.int() });

/** V4: makes the account of a user whose address is proved, and connects. Run twice, it finds what it made. */
export function createConnectJob({ accounts, identity, log }: ConnectParts): Job {
  /** Our own faults are the operator's to mend; the rest passes. */
  function say({ fault, words, cause }: Told, user: number, goesOn: boolean): void {
    const facts = { user, fault, words, ...(cause === undefined ? {} : { err: cause }) };
    if (fault === 'refused' || fault === 'garbled')
      log.error(
        facts,
        'the identity provider makes no account: check CONNECT_SCIM_URL and CONNECT_SCIM_TOKEN',
      );
    else log.warn(facts, 'the identity provider makes no account just now');
    if (!goesOn)
      log.error(
        { user },
        'an account could not be made within a day: it is tried once a day, and at each start',
      );
  }

  return {
    name: connectJob,
    async run(given, { signal }) {
      const task = taskShape.parse(given);
      const holder = await accounts.wanted(task);
      if (!holder) return;
      try {
        const account = await identity?.connect(holder, signal);
        await accounts.made(task, holder.address, account?.accountId ?? null);
      } catch (error) {
        if (!(error instanceof AccountFailure)) throw error;
        const goesOn = await accounts.failed(task, holder.address, error);
        const words = error.words.replaceAll(holder.name, '…');
        say({ fault: error.fault, cause: error.cause, words }, task.userId, goesOn);
      }
    },
  };
}

/** What is told of a failure: nobody's name (A5). */
type Told = Pick<AccountFailure, 'fault' | 'words' | 'cause'>;

export interface ConnectTendParts {
  database: Pick<Database, 'prisma'>;
  now?: () => Date;
}

/**
 * Every minute: users whose address is proved have the job that makes their account, whatever happened to it. The first
 * time: those whose account was given up are tried at once, because a start may bring settings that were mended.
 */
export function createConnectTendJob({ database, now = () => new Date() }: ConnectTendParts): Job {
  const { prisma } = database;
  let started = false;

  async function tryGivenUp(): Promise<void> {
    await prisma.$executeRaw(sql`
      select graphile_worker.reschedule_jobs(
        array(
          select j.id from graphile_worker.jobs j join "user" u on j.key = ${connectJob} || ':' || u.id
          where u.connection = 'verified' and u.account_fault is not null and u.account_retry_at is null
            and j.run_at > ${now()}::timestamptz),
        run_at := ${now()}::timestamptz)`);
  }

  return {
    name: 'connect-tend',
    every: '* * * * *',
    async run() {
      await queueMissingAccounts(prisma, now());
      if (!started) await tryGivenUp();
      started = true;
    },
  };
}
