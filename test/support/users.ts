import type { Database } from '../../src/database/database.ts';
import { parseAddress } from '../../src/rules/address.ts';
import type { ConnectionState } from '../../src/rules/connection.ts';
import { fold } from '../../src/rules/text.ts';

/** What a test says of a user; the rest is ordinary. */
export interface Given {
  name?: string;
  userId?: string;
  /** The ordinary address; unless told, none. */
  email?: string;
  /** The address of the login; null: none. Unless told, `USERID@company.se`. */
  connect?: string | null;
  connection?: ConnectionState;
  active?: boolean;
  protected?: boolean;
  language?: 'sv' | 'en';
  bouncedAt?: Date;
  disownedAt?: Date;
  openedAt?: Date;
  lastSentAt?: Date;
  employments?: GivenEmployment[];
}

interface GivenEmployment {
  company?: string;
  number?: string;
  department?: string;
  office?: string;
  /** Days such as 2026-11-23. */
  from?: string;
  to?: string;
}

let made = 0;

/** Stores a user, and answers its id in the store. */
export async function addUser(store: Pick<Database, 'prisma'>, given: Given = {}): Promise<number> {
  const [id] = await addUsers(store, [given]);
  if (id === undefined) throw new Error('No user was stored');
  return id;
}

/** Stores users, and answers their ids in the store, in that order. */
export async function addUsers(
  { prisma }: Pick<Database, 'prisma'>,
  all: readonly Given[],
): Promise<number[]> {
  const numbered = all.map((given) => ({ given, number: ++made }));
  const stored = await prisma.user.createManyAndReturn({
    data: numbered.map(({ given, number }) => userOf(given, number)),
    select: { id: true },
  });
  const ids = stored.map(({ id }) => id);
  await prisma.employment.createMany({
    data: numbered.flatMap(({ given, number }, at) =>
      (given.employments ?? [{}]).map((one, i) => ({
        userId: ids[at] ?? 0,
        ...employmentOf(one, `${number}-${i}`),
      })),
    ),
  });
  return ids;
}

function userOf(given: Given, number: number) {
  const userId = given.userId ?? `u${number}`;
  const name = given.name ?? `User ${String(number).padStart(6, '0')}`;
  const connect = given.connect === undefined ? `${userId}@company.se` : given.connect;
  return {
    userId,
    userKey: fold(userId),
    name,
    nameKey: fold(name),
    ...(given.email ? { email: given.email, emailKey: keyOf(given.email) } : {}),
    ...addressOf(connect, given.connection),
    ...(given.active === undefined ? {} : { active: given.active }),
    ...(given.protected ? { protectedIdentity: true } : {}),
    ...(given.language ? { language: given.language } : {}),
    ...(given.bouncedAt ? { bouncedAt: given.bouncedAt } : {}),
    ...(given.disownedAt ? { disownedAt: given.disownedAt } : {}),
    ...(given.openedAt ? { openedAt: given.openedAt } : {}),
    ...(given.lastSentAt ? { lastSentAt: given.lastSentAt } : {}),
  };
}

function addressOf(connect: string | null, connection: ConnectionState | undefined) {
  if (connect === null) return { connection: connection ?? 'none' };
  const parsed = parseAddress(connect);
  if (!parsed.ok) throw new Error(`No address: ${connect}`);
  return {
    connectEmail: parsed.shown,
    connectAddress: parsed.key,
    connection: connection ?? 'unverified',
    ...(connection === 'connected' ? { connectedAt: new Date('2026-01-01T12:00:00Z') } : {}),
  };
}

function keyOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(`No address: ${address}`);
  return parsed.key;
}

function employmentOf(
  { company = 'Företaget AB', number, department, office, from, to }: GivenEmployment,
  unlessTold: string,
) {
  return {
    company,
    companyKey: fold(company),
    number: number ?? unlessTold,
    ...(department ? { department, departmentKey: fold(department) } : {}),
    ...(office ? { office, officeKey: fold(office) } : {}),
    ...(from ? { startsOn: new Date(`${from}T00:00:00Z`) } : {}),
    ...(to ? { endsOn: new Date(`${to}T00:00:00Z`) } : {}),
  };
}
