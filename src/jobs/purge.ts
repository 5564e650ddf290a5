import { Prisma } from '../database/client/client.ts';
import type { Database, Tx } from '../database/database.ts';
import { importPreviewLifetime, rowLogLifetime } from '../rules/run.ts';
import type { Messages } from '../services/messages.ts';
import { sweepIncoming } from './incoming.ts';
import type { Job } from './job.ts';

const { sql } = Prisma;

const day = 24 * 60 * 60 * 1000;

/** How long what is done with is kept, in milliseconds: longer than any platform retries an event; as long as a message's buttons. */
const keptFor = { event: 3 * day, message: 90 * day, link: 90 * day };

export interface PurgeParts {
  database: Database;
  messages: Pick<Messages, 'changed'>;
  /** DATA_DIR. */
  dataDir: string;
  now?: () => Date;
}

/**
 * Every hour, what has had its time goes: personal links, sessions and buttons; platform events, links and old messages; the
 * rows of imports that nobody confirmed within 24 hours, and row logs after 90 days (I8). The imports themselves stay: a
 * file is known again by its content (I6).
 */
export function createPurgeJob({ database, messages, dataDir, now = () => new Date() }: PurgeParts): Job {
  const { prisma, transaction } = database;
  const ago = (milliseconds: number) => new Date(now().getTime() - milliseconds);

  async function forget(): Promise<void> {
    const over = { where: { expiresAt: { lte: now() } } };
    await prisma.logTicket.deleteMany(over);
    await prisma.session.deleteMany(over);
    await prisma.press.deleteMany(over);
    await prisma.incomingEvent.deleteMany({ where: { receivedAt: { lt: ago(keptFor.event) } } });
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
        or (m.kind = 'import' and not exists (select from import s where s.id = m.subject_id))`);
  }

  /** I8: an import that was not confirmed in time ends, and its message says so. */
  async function expireImports(tx: Tx): Promise<void> {
    const expired = await tx.$queryRaw<{ id: number }[]>(sql`
      update import set state = 'expired', finished_at = ${now()}::timestamptz
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
    for (const table of [Prisma.raw('import_chunk'), Prisma.raw('import_block')]) {
      await prisma.$executeRaw(sql`
        delete from ${table} r using import i
        where i.id = r.import_id and (
          i.state in ('expired', 'cancelled', 'failed') and i.confirmed_at is null
          or i.finished_at < ${ago(rowLogLifetime)}::timestamptz)`);
    }
  }

  /** I8: files in a channel that were none for us are remembered as long as their events. */
  async function forgetOthersFiles(): Promise<void> {
    await prisma.$executeRaw(sql`
      delete from import where state = 'failed' and shape is null and place ->> 'kind' = 'channel'
        and created_at < ${ago(keptFor.event)}::timestamptz`);
  }

  /** The bytes of files whose reading was cut short for good. */
  async function forgetFiles(): Promise<void> {
    const reading = await prisma.import.findMany({ where: { state: 'reading' }, select: { id: true } });
    const ids = new Set(reading.map(({ id }) => id));
    await sweepIncoming(dataDir, (id) => ids.has(id));
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
      await forgetVerifications();
      await forgetMessages();
    },
  };
}
