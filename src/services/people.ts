import { administrator, nobody } from '../core/access.ts';
import type { Person } from '../core/command.ts';
import type { Outbox, Profile } from '../core/outbox.ts';
import type { Origin, People } from '../core/ports.ts';
import type { Person as PersonRow } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { parseAddress } from '../rules/address.ts';
import { fold } from '../rules/text.ts';

/** A1: how long a platform's word on somebody is believed: in milliseconds. */
const believedFor = 10 * 60 * 1000;
/** How long nobody looks again for an administrator's own user, which no command of theirs needs: in milliseconds. */
const unmatchedFor = 2_000;
/** How many people are remembered; the longest known go first, and are asked about again. */
const most = 10_000;

export interface PeopleParts {
  database: Database;
  /** The doors' ways out, by surface. */
  outboxes: ReadonlyMap<string, Pick<Outbox, 'profile'>>;
  /** ADMINS, as written. */
  admins: readonly string[];
  now?: () => Date;
}

export interface PeopleStore extends People {
  /** Gives the stored people the rights that ADMINS gives now (A2). Call it at every start, before anybody is let in. */
  rereadAdmins(): Promise<void>;
}

/** What is held of somebody: the platform's word on them, and what the store makes of it. */
interface Known {
  profile: Profile;
  person: PersonRow;
  askedAt: number;
  matchedAt: number;
}

/** The address that somebody was looked for by, and the one user whose it is. */
type Match = Pick<PersonRow, 'addressKey' | 'userId'>;

/** A1: people by platform id; matched once, by the address that the platform vouches for; checked again every 10 minutes. */
export function createPeople({
  database,
  outboxes,
  admins,
  now = () => new Date(),
}: PeopleParts): PeopleStore {
  const { prisma } = database;
  const adminKeys = admins.map(keyOf);
  const isAdmin = (addressKey: string | null) => addressKey !== null && adminKeys.includes(addressKey);
  /** By ADMINS as this process read it: one that started before may have written otherwise. */
  const isAdministrator = ({ refused, addressKey }: Pick<PersonRow, 'refused' | 'addressKey'>) =>
    refused === null && isAdmin(addressKey);
  const held = new Map<string, Known>();
  const underWay = new Map<string, Promise<Known>>();

  const isBelieved = (askedAt: number) => now().getTime() - askedAt < believedFor;

  function personOf(row: PersonRow): Person {
    const { id, name, refused, language, userId } = row;
    return {
      id,
      name,
      access: isAdministrator(row) ? administrator : nobody,
      ...(refused ? { refused: true } : {}),
      ...(language ? { language } : {}),
      ...(userId ? { userId } : {}),
    };
  }

  async function ask({ place, platformId }: Origin): Promise<Profile> {
    const outbox = outboxes.get(place.surface);
    if (!outbox) throw refuse('lookup_failed');
    return outbox.profile(place.tenant, platformId).catch((error: unknown) => {
      throw Object.assign(refuse('lookup_failed'), { cause: error });
    });
  }

  const stored = (origin: Origin): Promise<PersonRow | null> =>
    prisma.person.findUnique({ where: { surface_tenant_platformId: keysOf(origin) } });

  async function save(origin: Origin, profile: Profile, checkedAt: Date): Promise<PersonRow> {
    const key = keysOf(origin);
    const known = await stored(origin);
    const { name, language = null, refused = null } = profile;
    const match = await matchOf(known, profile);
    const administrator = isAdministrator({ refused, ...match });
    const row = { name, language, refused, ...match, administrator, checkedAt };
    return prisma.person.upsert({
      where: { surface_tenant_platformId: key },
      create: { ...key, ...row },
      update: row,
    });
  }

  /** Whoever was matched, to a user or to ADMINS, keeps that address, whatever the profile says later. */
  async function matchOf(known: PersonRow | null, { refused, address }: Profile): Promise<Match> {
    const { addressKey: before = null, userId = null } = known ?? {};
    if (userId !== null || refused) return { addressKey: before, userId };
    const vouchedFor = address ? keyOf(address) : null;
    const addressKey = isAdmin(before) ? before : vouchedFor;
    return { addressKey, userId: await userWith(addressKey) };
  }

  /** The user whose ordinary e-mail it is, where exactly one activated user has it. */
  async function userWith(addressKey: string | null): Promise<number | null> {
    if (addressKey === null) return null;
    const users = await prisma.user.findMany({
      where: { emailKey: addressKey, active: true },
      select: { id: true },
      take: 2,
    });
    const [user, second] = users;
    return user && !second ? user.id : null;
  }

  async function look(origin: Origin, before: Known | undefined): Promise<Known> {
    const at = now().getTime();
    const profile = before?.profile ?? (await ask(origin));
    const askedAt = before?.askedAt ?? at;
    const person = await save(origin, profile, new Date(askedAt));
    return { profile, person, askedAt, matchedAt: at };
  }

  /** What is known of somebody now; several who ask at the same time wait for one look-up. */
  async function knownOf(origin: Origin): Promise<Known> {
    const key = heldUnder(origin);
    const at = now().getTime();
    const known = held.get(key);
    const believed = known && isBelieved(known.askedAt) ? known : undefined;
    if (believed && (isSettled(believed.person) || isFresh(believed, at))) return believed;
    const looking = underWay.get(key) ?? look(origin, believed).finally(() => underWay.delete(key));
    underWay.set(key, looking);
    const found = await looking;
    held.delete(key);
    held.set(key, found);
    const [longestKnown] = held.keys();
    if (held.size > most && longestKnown !== undefined) held.delete(longestKnown);
    return found;
  }

  return {
    async identify(origin, atOnce = false) {
      if (origin.shared) throw refuse('place_shared');
      const known = atOnce ? await stored(origin) : null;
      const looking = knownOf(origin);
      if (!known || !isBelieved(known.checkedAt.getTime())) return personOf((await looking).person);
      // What the platform says now counts from the next time on; where it does not answer, that time refuses.
      looking.catch(() => undefined);
      return personOf(known);
    },

    languageOf: (origin) => held.get(heldUnder(origin))?.person.language ?? undefined,

    async rereadAdmins() {
      await prisma.$executeRaw`
        update person set administrator = not administrator
        where administrator <> (refused is null and coalesce(address_key = any(${adminKeys}::text[]), false))`;
    },
  };
}

/** Whom a platform means. */
export type PlatformId = Pick<PersonRow, 'surface' | 'tenant' | 'platformId'>;

/** A1: somebody who was met before, as they are now; undefined: refused by now. Throws `lookup_failed`. */
export async function stillLetIn(
  people: Pick<People, 'identify'>,
  { surface, tenant, platformId }: PlatformId,
): Promise<Person | undefined> {
  const person = await people.identify({ place: { surface, tenant, id: '', kind: 'direct' }, platformId });
  return person.refused ? undefined : person;
}

const keysOf = ({ place: { surface, tenant }, platformId }: Origin) => ({ surface, tenant, platformId });

const heldUnder = (origin: Origin): string => JSON.stringify(Object.values(keysOf(origin)));

const isFresh = ({ person, matchedAt }: Known, at: number): boolean =>
  person.administrator && at - matchedAt < unmatchedFor;

/** Nothing can change before the platform is asked again. Somebody without a user may get one from any import. */
const isSettled = ({ refused, userId }: PersonRow): boolean => refused !== null || userId !== null;

/** An address as addresses are compared; one that is none as text is. */
function keyOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.key : fold(address);
}
