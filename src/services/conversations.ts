import type { Conversations, Sighting } from '../core/conversations.ts';
import { type Conversation, Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';

const { sql } = Prisma;

/** How old a sighting may grow before the same is written again, in milliseconds. */
const freshFor = 60 * 60 * 1000;

/** The conversations of one surface: one row for each person seen in each. */
export function createConversations(
  { prisma }: Pick<Database, 'prisma'>,
  surface: string,
  now: () => Date = () => new Date(),
): Conversations {
  return {
    async remember(sighting) {
      const { tenant, conversation, platformId, kind, serviceUrl, botId, language = null } = sighting;
      const at = now();
      const stale = new Date(at.getTime() - freshFor);
      await prisma.$executeRaw(sql`
        insert into conversation as known
          (surface, tenant, id, platform_id, kind, service_url, bot_id, language, seen_at)
        values (${surface}, ${tenant}, ${conversation}, ${platformId}, ${kind}, ${serviceUrl}, ${botId},
          ${language}::language, ${at}::timestamptz)
        on conflict (surface, tenant, id, platform_id) do update set
          kind = excluded.kind, service_url = excluded.service_url, bot_id = excluded.bot_id,
          language = excluded.language, seen_at = excluded.seen_at
        where (known.kind, known.service_url, known.bot_id, known.language)
            is distinct from (excluded.kind, excluded.service_url, excluded.bot_id, excluded.language)
          or known.seen_at < ${stale}::timestamptz`);
    },

    async find(tenant, id) {
      const row = await prisma.conversation.findFirst({
        where: { surface, tenant, id },
        orderBy: { seenAt: 'desc' },
      });
      return row ? sightingOf(row) : undefined;
    },

    async of(tenant, platformId) {
      const rows = await prisma.conversation.findMany({
        where: { surface, tenant, platformId },
        orderBy: { seenAt: 'desc' },
      });
      const own = (row: Conversation) => Number(row.kind === 'direct');
      return rows.sort((a, b) => own(b) - own(a)).map(sightingOf);
    },

    async forget(tenant, id) {
      await prisma.conversation.deleteMany({ where: { surface, tenant, id } });
    },
  };
}

function sightingOf({ tenant, id, kind, platformId, serviceUrl, botId, language }: Conversation): Sighting {
  return {
    tenant,
    conversation: id,
    // Written above.
    kind: kind as Sighting['kind'],
    platformId,
    serviceUrl,
    botId,
    ...(language ? { language } : {}),
  };
}
