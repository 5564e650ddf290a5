import type { Reach } from '../../core/access.ts';
import type { Employment, User } from '../../database/client/client.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import { type Refusal, refuse } from '../../errors.ts';
import { domainOf } from '../../rules/address.ts';
import { isAllowed } from '../../rules/domains.ts';
import { mayBeSentTo, type Sendable } from '../../rules/employment.ts';
import { fold } from '../../rules/text.ts';
import { allowedEntries } from '../domain-sql.ts';
import { reached } from '../filter-sql.ts';

const { sql } = Prisma;

/** A user with all that decides whether something may be sent. */
export type Subject = User & { employments: Employment[] };

/** Why a user's address may not be sent to, or proved, now: U7's reasons, and D1's. */
export type Hindrance = Exclude<Sendable, 'ok'> | 'domain';

/** The user with this id, locked until the transaction ends. */
export async function lockUser(tx: Tx, id: number): Promise<Subject | undefined> {
  return locked(tx, sql`u.id = ${id}`);
}

/** The user with this User-ID, in any case (U3), locked. Throws `user_not_found`, also where `reach` does not reach (A2). */
export async function lockNamed(tx: Tx, userId: string, reach: Reach): Promise<Subject> {
  const user = await locked(tx, sql`u.user_key = ${fold(userId)} and ${reached(reach)}`);
  if (!user) throw refuse('user_not_found', { userId }, 'user');
  return user;
}

async function locked(tx: Tx, where: Prisma.Sql): Promise<Subject | undefined> {
  const [row] = await tx.$queryRaw<{ id: number }[]>(
    sql`select u.id from "user" u where ${where} for update`,
  );
  return row && readUser(tx, row.id);
}

/** The user with this id, unlocked. */
export async function readUser(tx: Tx, id: number): Promise<Subject | undefined> {
  return (await tx.user.findUnique({ where: { id }, include: { employments: true } })) ?? undefined;
}

/** U7: whether anything may be sent to the user, by all employments. */
export function sendableOf({ employments, active }: Subject, now: Date): Sendable {
  const dates = employments.map(({ startsOn, endsOn }) => ({ from: day(startsOn), to: day(endsOn) }));
  return mayBeSentTo(dates, active, now);
}

/** U7, D1: what stands in the way of sending to the user's address `address`, or of proving it. */
export async function hindranceOf(
  tx: Tx,
  user: Subject,
  address: string,
  now: Date,
): Promise<Hindrance | undefined> {
  const sendable = sendableOf(user, now);
  if (sendable !== 'ok') return sendable;
  return isAllowed(address, await allowedEntries(tx)) ? undefined : 'domain';
}

/** The refusal that names the hindrance, at the form's field that it is about. */
export function hindered(hindrance: Hindrance, address: string): Refusal {
  switch (hindrance) {
    case 'deactivated':
      return refuse('user_deactivated', undefined, 'user');
    case 'not_yet':
      return refuse('user_not_yet', undefined, 'user');
    case 'ended':
      return refuse('user_ended', undefined, 'user');
    case 'domain':
      return refuse('domain_not_allowed', { domain: domainOf(address) }, 'email');
  }
}

const day = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;
