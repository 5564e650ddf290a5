import { type Access, may, type Reach, reach } from '../core/access.ts';
import type { CampaignState, ExportState, ImportOrigin, ImportState } from '../database/client/client.ts';
import { Prisma } from '../database/client/client.ts';
import type { Database } from '../database/database.ts';
import type { RecipientState } from '../rules/campaign.ts';
import type { Filter } from '../rules/filter.ts';
import type { VerdictCounts } from '../rules/verdict.ts';
import { campaignReached, exportReached, importReached, reached } from './filter-sql.ts';
import { filesOf } from './imports/files.ts';

const { sql, join } = Prisma;

/** An import, an export or a campaign in the list: they are numbered in one series. */
export type Run = {
  id: number;
  createdAt: Date;
  /** Whoever dropped the file, or asked for the export or the campaign. */
  by: string;
  /** Whether the reader may know of people with protected identity (U8). */
  protected: boolean;
} & (
  | {
      kind: 'import';
      state: ImportState;
      /** Where its rows come from, and whom a fill is about. */
      origin: ImportOrigin;
      filter: Filter | null;
      /** Which import an undo is of. */
      undoes: number | null;
      fileName: string;
      /** How many departments' files it has; 0: it is no such import. */
      files: number;
      /** As planned, and in the end as applied; null: not planned yet. */
      counts: VerdictCounts | null;
    }
  | {
      kind: 'export';
      state: ExportState;
      fileName: string;
      /** How many are written so far. */
      users: number;
    }
  | {
      kind: 'campaign';
      state: CampaignState;
      filter: Filter;
      /** Within the reader's reach. */
      counts: Partial<Record<RecipientState, number>>;
    }
);

/** One page of the list, newest first. */
export interface RunPage {
  total: number;
  /** From 1. */
  page: number;
  pages: number;
  runs: Run[];
}

/** What imports, exports and campaigns there have been. */
export interface Runs {
  /**
   * One page of what `access` may know of (A2): imports with `import`, exports with `export`, campaigns with `verify`. A preview that was
   * never confirmed and can be no longer is not listed. A page past the end is the last one.
   */
  list(access: Access, page: number, perPage: number): Promise<RunPage>;
  /** What the number is of; undefined: nothing that `access` may know of. */
  kindOf(id: number, access: Access): Promise<Run['kind'] | undefined>;
}

export function createRuns({ prisma }: Pick<Database, 'prisma'>): Runs {
  async function importsOf(ids: readonly number[], within: Reach): Promise<Run[]> {
    const rows = await prisma.import.findMany({
      where: { id: { in: [...ids] } },
      select: {
        id: true,
        state: true,
        origin: true,
        filter: true,
        undoes: true,
        fileName: true,
        files: true,
        createdAt: true,
        createdBy: true,
        counts: true,
      },
    });
    const names = await namesOf(prisma, rows);
    return rows.map(({ createdBy, counts, filter, files, ...row }) => ({
      kind: 'import',
      ...row,
      files: filesOf({ files }).length,
      filter: filter as unknown as Filter | null,
      by: names.get(createdBy) ?? '',
      counts: counts as VerdictCounts | null,
      protected: within.protected,
    }));
  }

  async function exportsOf(ids: readonly number[], within: Reach): Promise<Run[]> {
    const rows = await prisma.export.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, state: true, fileName: true, createdAt: true, createdBy: true, users: true },
    });
    const names = await namesOf(prisma, rows);
    return rows.map(({ createdBy, ...row }) => ({
      kind: 'export',
      ...row,
      by: names.get(createdBy) ?? '',
      protected: within.protected,
    }));
  }

  async function campaignsOf(ids: readonly number[], within: Reach): Promise<Run[]> {
    const rows = await prisma.campaign.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, state: true, filter: true, createdAt: true, createdBy: true },
    });
    const [names, tallies] = await Promise.all([namesOf(prisma, rows), talliesOf(prisma, rows, within)]);
    return rows.map(({ createdBy, filter, ...row }) => ({
      kind: 'campaign',
      ...row,
      by: names.get(createdBy) ?? '',
      // Written by previewCampaign from a Filter.
      filter: filter as unknown as Filter,
      counts: Object.fromEntries(
        tallies.flatMap(({ id, state, count }) => (id === row.id ? [[state, count]] : [])),
      ),
      protected: within.protected,
    }));
  }

  return {
    async list(access, page, perPage) {
      const listed = sql`select id, kind from (${knownTo(access)}) known where listed`;
      const [counted] = await prisma.$queryRaw<{ total: number }[]>(
        sql`select count(*)::int as total from (${listed}) run`,
      );
      const total = counted?.total ?? 0;
      const pages = Math.max(1, Math.ceil(total / perPage));
      const shown = Math.min(Math.max(1, page), pages);
      const found = await prisma.$queryRaw<{ id: number; kind: Run['kind'] }[]>(sql`
        select id, kind from (${listed}) run order by id desc limit ${perPage} offset ${(shown - 1) * perPage}`);
      const idsOf = (kind: Run['kind']) => found.flatMap((run) => (run.kind === kind ? [run.id] : []));
      const [imports, exports, campaigns] = await Promise.all([
        importsOf(idsOf('import'), reach(access, 'import')),
        exportsOf(idsOf('export'), reach(access, 'export')),
        campaignsOf(idsOf('campaign'), reach(access, 'verify')),
      ]);
      const runs = [...imports, ...exports, ...campaigns].sort((a, b) => b.id - a.id);
      return { total, page: shown, pages, runs };
    },

    async kindOf(id, access) {
      const [found] = await prisma.$queryRaw<{ kind: Run['kind'] }[]>(sql`
        select kind from (${knownTo(access)}) run where id = ${id}::int`);
      return found?.kind;
    },
  };
}

/**
 * The numbers that may be known of, each kind with its permission and within its reach, as `id`, `kind` and `listed`. Not
 * listed: previews that were never confirmed and can be no longer, and files in a channel that were none for us (I8).
 */
function knownTo(access: Access): Prisma.Sql {
  const kinds = [
    ...(may(access, 'import')
      ? [
          sql`select i.id, 'import' as kind, ${decided(sql`i`)} and i.state <> 'joined'
              and (i.shape is not null or i.place ->> 'kind' <> 'channel') as listed
            from import i where ${importReached(reach(access, 'import'))}`,
        ]
      : []),
    ...(may(access, 'export')
      ? [
          sql`select x.id, 'export' as kind, true as listed
            from export x where ${exportReached(reach(access, 'export'))}`,
        ]
      : []),
    ...(may(access, 'verify')
      ? [
          sql`select c.id, 'campaign' as kind, ${decided(sql`c`)} as listed
            from campaign c where ${campaignReached(reach(access, 'verify'))}`,
        ]
      : []),
  ];
  return kinds.length > 0
    ? join(kinds, ' union all ')
    : sql`select 0 as id, '' as kind, false as listed where false`;
}

/** Whether a row was confirmed, or can be. */
function decided(run: Prisma.Sql): Prisma.Sql {
  return sql`${run}.state <> 'expired' and (${run}.state <> 'cancelled' or ${run}.confirmed_at is not null)`;
}

async function namesOf(
  prisma: Database['prisma'],
  rows: readonly { createdBy: number }[],
): Promise<Map<number, string>> {
  const people = await prisma.person.findMany({
    where: { id: { in: rows.map(({ createdBy }) => createdBy) } },
    select: { id: true, name: true },
  });
  return new Map(people.map(({ id, name }) => [id, name]));
}

function talliesOf(prisma: Database['prisma'], rows: readonly { id: number }[], within: Reach) {
  return prisma.$queryRaw<{ id: number; state: RecipientState; count: number }[]>(sql`
    select r.campaign_id as id, r.state::text as state, count(*)::int as count
    from campaign_recipient r join "user" u on u.id = r.user_id
    where r.campaign_id = any(${rows.map(({ id }) => id)}::int[]) and ${reached(within)}
    group by r.campaign_id, r.state`);
}
