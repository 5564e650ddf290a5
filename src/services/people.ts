import { administrator, nobody } from '../core/access.ts';
import type { Person } from '../core/command.ts';
import type { Outbox, Profile } from '../core/outbox.ts';
import type { Origin, People } from '../core/ports.ts';
import type { Person as PersonRow } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import { refuse } from '../errors.ts';
import { fold } from '../rules/text.ts';

/** A1: how long a platform's word on somebody is believed, in milliseconds. */
const believedFor = 10 * 60 * 1000;

export interface PeopleParts {
  database: Database;
  /** The doors' ways out, by surface. */
  outboxes: ReadonlyMap<string, Pick<Outbox, 'profile'>>;
  /** ADMINS, as written. */
  admins: readonly string[];
  now?: () => Date;
}

/** A1: people by platform id; matched once, by the address that the platform vouches for; checked again every 10 minutes. */
export function createPeople({ database, outboxes, admins, now = () => new Date() }: PeopleParts): People {
  const { prisma } = database;
  const adminKeys = new Set(admins.map(fold));
  const believed = new Map<string, { profile: Profile; person: PersonRow; until: number }>();

  async function ask({ place, platformId }: Origin): Promise<Profile> {
    const outbox = outboxes.get(place.surface);
    if (!outbox) throw refuse('lookup_failed');
    return outbox.profile(place.tenant, platformId).catch((error: unknown) => {
      throw Object.assign(refuse('lookup_failed'), { cause: error });
    });
  }

  async function save({ place, platformId }: Origin, profile: Profile): Promise<PersonRow> {
    const key = { surface: place.surface, tenant: place.tenant, platformId };
    const known = await prisma.person.findUnique({ where: { surface_tenant_platformId: key } });
    const match = known && isMatched(known) ? {} : await matched(profile);
    const addressKey = match.addressKey ?? known?.addressKey;
    const row = {
      ...match,
      name: profile.name,
      language: profile.language ?? null,
      refused: profile.refused ?? null,
      administrator: addressKey ? adminKeys.has(addressKey) : false,
      checkedAt: now(),
    };
    return prisma.person.upsert({
      where: { surface_tenant_platformId: key },
      create: { ...key, ...row },
      update: row,
    });
  }

  /** The user whose ordinary address is the profile's, where exactly one activated user has it. */
  async function matched(profile: Profile): Promise<{ addressKey?: string; userId?: number | null }> {
    if (profile.refused || !profile.address) return {};
    const addressKey = fold(profile.address);
    const [user, second] = await prisma.user.findMany({
      where: { emailKey: addressKey, active: true },
      select: { id: true },
      take: 2,
    });
    return { addressKey, userId: user && !second ? user.id : null };
  }

  const isMatched = ({ addressKey, userId }: PersonRow) =>
    userId !== null || (addressKey !== null && adminKeys.has(addressKey));

  async function known(origin: Origin): Promise<PersonRow> {
    const key = [origin.place.surface, origin.place.tenant, origin.platformId].join('\n');
    const at = now().getTime();
    const held = believed.get(key);
    const fresh = held !== undefined && held.until > at;
    // Somebody without a match may get one at any moment: an import brings the users.
    if (fresh && (held.person.refused || isMatched(held.person))) return held.person;
    const profile = fresh ? held.profile : await ask(origin);
    const person = await save(origin, profile);
    believed.set(key, { profile, person, until: fresh ? held.until : at + believedFor });
    return person;
  }

  return {
    async identify(origin): Promise<Person> {
      if (origin.shared) throw refuse('place_shared');
      const person = await known(origin);
      if (person.refused) throw refuse('person_refused');
      return {
        id: person.id,
        name: person.name,
        access: person.administrator ? administrator : nobody,
        ...(person.language ? { language: person.language } : {}),
        ...(person.userId ? { userId: person.userId } : {}),
      };
    },
  };
}
