import type { Person } from '../core/command.ts';
import type { People } from '../core/ports.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import type { Language } from '../rules/language.ts';
import { hashToken, newToken } from '../rules/secret.ts';
import { type PlatformId, stillLetIn } from './people.ts';

const { sql } = Prisma;

const minute = 60 * 1000;

/** A4: how long a personal link can be pressed, and how long a session lasts, in milliseconds. */
const ticketLifetime = 10 * minute;
const sessionLifetime = 60 * minute;

/** The page that a personal link leads to. */
export type LogPath = `/imports/${number}` | `/exports/${number}` | `/campaigns/${number}`;

/** What a personal link's page needs to know; nothing of whose it is or where it leads. */
interface Ticket {
  /** The person's; null: not known. */
  language: Language | null;
}

/** A begun session. */
export interface BegunSession {
  /** What the cookie holds. */
  token: string;
  /** How long it lasts, in milliseconds. */
  lifetime: number;
  /** Where the link leads. */
  path: LogPath;
  /** Whose it is: the platform's id. */
  who: string;
}

/** Whoever has a session, with the platform's id of them. */
export type Reader = Person & { who: string };

/** A4: personal links to the log pages, and the sessions that they begin. */
export interface Sessions {
  /** The token of a personal link to `path`, valid for ten minutes; pressed once. */
  ticket(personId: number, path: LogPath): Promise<string>;
  /** What a link shows; spends nothing. Undefined: expired, used or unknown, all alike. */
  look(ticket: string): Promise<Ticket | undefined>;
  /** Spends a link, once, and begins a session. Undefined: expired, used or unknown. */
  redeem(ticket: string): Promise<BegunSession | undefined>;
  /**
   * Whose session it is, with what they may do now. Undefined: over or unknown, or the person is let in no longer (A1).
   * Throws `lookup_failed` where that cannot be told.
   */
  reader(token: string): Promise<Reader | undefined>;
}

export interface SessionParts {
  database: Database;
  people: Pick<People, 'identify'>;
  now?: () => Date;
}

export function createSessions({ database, people, now = () => new Date() }: SessionParts): Sessions {
  const { prisma, transaction } = database;
  const after = (milliseconds: number) => new Date(now().getTime() + milliseconds);

  async function identify(known: PlatformId): Promise<Reader | undefined> {
    const person = await stillLetIn(people, known);
    return person && { ...person, who: known.platformId };
  }

  /** Spends the ticket, unless another press was first. */
  async function spend(tx: Tx, ticket: string): Promise<BegunSession | undefined> {
    const tokenHash = hashToken(ticket);
    const open = { tokenHash, usedAt: null, expiresAt: { gt: now() } };
    const { count } = await tx.logTicket.updateMany({ where: open, data: { usedAt: now() } });
    if (count === 0) return undefined;
    const { personId, path } = await tx.logTicket.findUniqueOrThrow({ where: { tokenHash } });
    const { platformId: who } = await tx.person.findUniqueOrThrow({ where: { id: personId } });
    const token = newToken();
    await tx.session.create({
      data: { tokenHash: hashToken(token), personId, expiresAt: after(sessionLifetime) },
    });
    return { token, lifetime: sessionLifetime, path: path as LogPath, who };
  }

  return {
    async ticket(personId, path) {
      const token = newToken();
      await prisma.logTicket.create({
        data: { tokenHash: hashToken(token), personId, path, expiresAt: after(ticketLifetime) },
      });
      return token;
    },

    async look(ticket) {
      const [found] = await prisma.$queryRaw<Ticket[]>(sql`
        select p.language::text as language from log_ticket t join person p on p.id = t.person_id
        where t.token_hash = ${hashToken(ticket)} and t.used_at is null and t.expires_at > ${now()}::timestamptz`);
      return found;
    },

    redeem: (ticket) => transaction((tx) => spend(tx, ticket)),

    async reader(token) {
      const [found] = await prisma.$queryRaw<PlatformId[]>(sql`
        select p.surface, p.tenant, p.platform_id as "platformId" from session s join person p on p.id = s.person_id
        where s.token_hash = ${hashToken(token)} and s.expires_at > ${now()}::timestamptz`);
      return found && identify(found);
    },
  };
}
