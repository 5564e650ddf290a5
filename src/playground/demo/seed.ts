import type { Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { isDemo, markDemo } from '../../database/mark.ts';
import { refuse } from '../../errors.ts';
import { hashToken, newToken } from '../../rules/secret.ts';
import { fold } from '../../rules/text.ts';
import { organisation } from './members.ts';
import { type DemoUser, demoUsers, type Standing } from './organisation.ts';

/** How long a program is believed to run after it last said so, in milliseconds. */
const processLives = 15_000;

const days = 24 * 60 * 60 * 1_000;

/**
 * Fills a store that is empty with the demo organisation, and marks it; a store that bears the mark stays as it is.
 * Throws the refusal `store_not_demo` for one that holds real people: the playground lets anybody be an administrator.
 */
export async function seed({ transaction }: Database, now = new Date()): Promise<void> {
  await transaction(async (tx) => {
    if (await isDemo(tx)) return;
    if (await isInUse(tx, now)) throw refuse('store_not_demo');
    await markDemo(tx);
    await tx.allowedDomain.create({ data: { entry: organisation.domain } });
    await addUsers(tx, demoUsers(), now);
  });
}

/** Whether anybody has done anything there, or a program that is running may. */
async function isInUse(tx: Tx, now: Date): Promise<boolean> {
  const living = { seenAt: { gt: new Date(now.getTime() - processLives) } };
  const counts = [
    await tx.user.count(),
    await tx.person.count(),
    await tx.allowedDomain.count(),
    await tx.import.count(),
    await tx.audit.count(),
    await tx.process.count({ where: living }),
  ];
  return counts.some((count) => count > 0);
}

async function addUsers(tx: Tx, users: readonly DemoUser[], now: Date): Promise<void> {
  const added = await tx.user.createManyAndReturn({
    data: users.map((user) => rowOf(user, now)),
    select: { id: true, userKey: true },
  });
  const ids = new Map(added.map(({ id, userKey }) => [userKey, id]));
  const idOf = ({ userId }: DemoUser) => ids.get(fold(userId)) ?? 0;
  await tx.employment.createMany({
    data: users.flatMap((user) =>
      user.employments.map(({ company, number, department, office, starts, ends }) => ({
        userId: idOf(user),
        company,
        companyKey: fold(company),
        number,
        department,
        departmentKey: fold(department),
        office,
        officeKey: fold(office),
        startsOn: starts === undefined ? null : new Date(now.getTime() + starts * days),
        endsOn: ends === undefined ? null : new Date(now.getTime() + ends * days),
      })),
    ),
  });
  const asked = users.flatMap((user) => {
    const { sent } = facts[user.standing];
    return sent === undefined
      ? []
      : [{ userId: idOf(user), address: addressOf(user) ?? '', at: daysAgo(now, sent) }];
  });
  const verifications = await tx.verification.createManyAndReturn({
    data: asked.map(({ userId, address, at }) => ({ userId, address, createdAt: at, sentAt: at })),
    select: { id: true, createdAt: true },
  });
  await tx.verificationLink.createMany({
    data: verifications.map(({ id, createdAt }) => ({
      verificationId: id,
      tokenHash: hashToken(newToken()),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + 5 * days),
    })),
  });
}

/** What the store holds of each standing; the numbers are days ago. `sent`: a verification is still open. */
const facts: Readonly<
  Record<
    Standing,
    {
      connection: 'none' | 'unverified' | 'pending' | 'verified' | 'connected';
      sent?: number;
      opened?: number;
      bounced?: number;
      disowned?: number;
      verified?: number;
    }
  >
> = {
  connected: { connection: 'connected', verified: 30 },
  verified: { connection: 'verified', verified: 0.01 },
  waiting: { connection: 'pending', sent: 2 },
  opened: { connection: 'pending', sent: 3, opened: 2.9 },
  expired: { connection: 'pending', sent: 9 },
  saved: { connection: 'unverified' },
  bounced: { connection: 'unverified', bounced: 4 },
  disowned: { connection: 'unverified', disowned: 6 },
  no_address: { connection: 'none' },
  nothing: { connection: 'none' },
};

function rowOf(user: DemoUser, now: Date): Prisma.UserCreateManyInput {
  const { connection, sent, opened, bounced, disowned, verified } = facts[user.standing];
  const sentAgo = sent ?? bounced ?? disowned;
  return {
    userId: user.userId,
    userKey: fold(user.userId),
    name: user.name,
    nameKey: fold(user.name),
    email: user.email,
    emailKey: user.email,
    language: user.language,
    active: user.active,
    protectedIdentity: user.protectedIdentity,
    connectEmail: user.connectEmail,
    connectAddress: addressOf(user),
    connection,
    verifiedAt: ago(now, verified),
    connectedAt: connection === 'connected' ? ago(now, verified) : null,
    lastSentAt: ago(now, sentAgo),
    openedAt: ago(now, opened),
    bouncedAt: ago(now, bounced),
    bouncedWords: bounced === undefined ? null : '550 5.1.1 The email account does not exist',
    disownedAt: ago(now, disowned),
  };
}

/** The demo's addresses are written in their compared form. */
const addressOf = ({ connectEmail }: DemoUser): string | null => connectEmail;

const daysAgo = (now: Date, count: number): Date => new Date(now.getTime() - count * days);

const ago = (now: Date, count: number | undefined): Date | null =>
  count === undefined ? null : daysAgo(now, count);
