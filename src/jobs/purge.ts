import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { exportLifetime, importAskedLifetime, importPreviewLifetime, rowLogLifetime } from '../rules/run.ts';
import type { Messages } from '../services/messages.ts';
import { sweepIncoming } from './incoming.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

const day = 24 * 60 * 60 * 1000;

/** How long what is done with is kept, in milliseconds: longer than any platform retries an event; as long as a message's buttons. */
const keptFor = { event: 3 * day, message: 90 * day, link: 90 * day, sighting: 90 * day };

export interface PurgeParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  /** DATA_DIR. */
  dataDir: string;
  now?: () => Date;
}

/**
 * Every hour, what has had its time goes: personal links, sessions and buttons; platform events, links and old messages;
 * where somebody was seen long ago, other than in their own conversation, by which alone they can be reached; the
 * rows of imports that nobody confirmed within 24 hours, and row logs after 90 days (I8); exported files after 24 hours, and who
 * was in them after 90 days. The imports themselves stay: a file is known again by its content (I6).
 */
export function createPurgeJob({ database, messages, dataDir, now = () => new Date() }: PurgeParts): Job {
  const { prisma, transaction } = database;
  const ago = (milliseconds: number) => new Date(now().getTime() - milliseconds);

  async function forget(): Promise<void> {
    const over = { where: { expiresAt: { lte: now() } } };
    await prisma.logTicket.deleteMany(over);
    await prisma.session.deleteMany(over);
    await prisma.press.deleteMany(over);
    await prisma.importAsked.deleteMany({ where: { at: { lt: ago(importAskedLifetime) } } });
    await prisma.incomingEvent.deleteMany({ where: { receivedAt: { lt: ago(keptFor.event) } } });
    const seenAt = { lt: ago(keptFor.sighting) };
    await prisma.conversation.deleteMany({ where: { kind: { not: 'direct' }, seenAt } });
  }

  /** Links that ended long ago, but for an open verification's last one (U1), then answered or revoked verifications without any. */
  async function forgetVerifications(): Promise<void> {
    const before = ago(keptFor.link);
    await prisma.$executeRaw(sql`
      delete from verification_link l using verification v
      where v.id = l.verification_id and l.expires_at < ${before}::timestamptz
        and (v.used_at is not null or v.revoked_at is not null or exists (
          select from verification_link o where o.verification_id = v.id and o.expires_at > l.expires_at))`);
    await prisma.$executeRaw(sql`
      delete from verification v
      where v.created_at < ${before}::timestamptz and (v.used_at < ${before}::timestamptz or v.revoked_at < ${before}::timestamptz)
        and not exists (select from verification_link l where l.verification_id = v.id)`);
  }

  /** Messages too old for their buttons to work, and those whose subject is gone. */
  async function forgetMessages(): Promise<void> {
    await prisma.$executeRaw(sql`
      delete from live_message m
      where m.created_at < ${ago(keptFor.message)}::timestamptz
        or (m.kind = 'verification' and not exists (select from verification s where s.id = m.subject_id))
        or (m.kind = 'campaign' and not exists (select from campaign s where s.id = m.subject_id))
        or (m.kind = 'import' and not exists (select from import s where s.id = m.subject_id))
        or (m.kind = 'export' and not exists (select from export s where s.id = m.subject_id))`);
  }

  /** I8: an import that was not confirmed in time ends, and its message says so. */
  async function expireImports(tx: Tx): Promise<void> {
    const expired = await tx.$queryRaw<{ id: number }[]>(sql`
      update import set state = 'expired', finished_at = ${now()}::timestamptz, source = '{}'
      where state in ('reading', 'previewed') and created_at < ${ago(importPreviewLifetime)}::timestamptz
      returning id`);
    await messages.changed(
      tx,
      'import',
      expired.map(({ id }) => id),
    );
  }

  /** The rows of imports that came to nothing, and those of applied ones when they are old. */
  async function forgetRows(): Promise<void> {
    const any = sql`true`;
    for (const [table, when] of [
      ['import_chunk', any],
      ['import_block', any],
      // A list with nothing to save may have been acted on all the same.
      ['import_missing', sql`r.deactivated_at is null`],
    ] as const) {
      await prisma.$executeRaw(sql`
        delete from ${Prisma.raw(table)} r using import i
        where i.id = r.import_id and (
          i.state in ('expired', 'cancelled', 'failed', 'joined') and i.confirmed_at is null and ${when}
          or i.finished_at < ${ago(rowLogLifetime)}::timestamptz)`);
    }
  }

  /** The files of exports after a day, and their messages say so. */
  async function forgetExportedFiles(tx: Tx): Promise<void> {
    const gone = await tx.export.updateManyAndReturn({
      where: { state: 'done', finishedAt: { lte: ago(exportLifetime) } },
      data: { state: 'gone' },
      select: { id: true },
    });
    const ids = gone.map(({ id }) => id);
    await tx.exportPart.deleteMany({ where: { exportId: { in: ids } } });
    await messages.changed(tx, 'export', ids);
  }

  /** Who was in files that were exported long ago: none of them comes back now. */
  async function forgetExportedPairs(): Promise<void> {
    await prisma.exportPairs.deleteMany({ where: { export: { finishedAt: { lt: ago(rowLogLifetime) } } } });
  }

  /** Exports of long ago, but for what the next one of the same goes on from, where its filter names nobody. */
  async function forgetExports(): Promise<void> {
    await prisma.$executeRaw(sql`
      delete from export x where x.finished_at < ${ago(keptFor.message)}::timestamptz and (
        x.state = 'failed' or x.filter -> 'users' <> '[]'::jsonb or x.filter -> 'words' <> '[]'::jsonb or exists (
          select from export later
          where later.state in ('done', 'gone') and later.read_at > x.read_at
            and later.template_key = x.template_key and later.filter = x.filter and later.reach = x.reach))`);
  }

  /** I8: files in a channel that were none for us are remembered as long as their events. */
  async function forgetOthersFiles(): Promise<void> {
    await prisma.$executeRaw(sql`
      delete from import where state = 'failed' and shape is null and place ->> 'kind' = 'channel'
        and created_at < ${ago(keptFor.event)}::timestamptz`);
  }

  /** The bytes of files whose reading was cut short for good. */
  async function forgetFiles(): Promise<void> {
    await sweepIncoming(dataDir, async (ids) => {
      const state = 'reading';
      const reading = await prisma.import.findMany({
        where: { id: { in: [...ids] }, state },
        select: { id: true },
      });
      return reading.map(({ id }) => id);
    });
  }

  return {
    name: 'purge',
    every: '17 * * * *',
    async run() {
      await forget();
      await transaction(expireImports);
      await forgetRows();
      await forgetFiles();
      await forgetOthersFiles();
      await transaction(forgetExportedFiles);
      await forgetExportedPairs();
      await forgetExports();
      await forgetVerifications();
      await forgetMessages();
    },
  };
}
