import { createHash } from 'node:crypto';
import type { Reach } from '../../core/access.ts';
import type { DroppedFile, Place } from '../../core/command.ts';
import { FILE_LIMITS } from '../../csv/index.ts';
import type { FileHeader } from '../../csv/types.ts';
import { addJob } from '../../database/add-job.ts';
import { type Import, Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import { fieldNames } from '../../rules/fields.ts';
import type { Language } from '../../rules/language.ts';
import { importPreviewLifetime } from '../../rules/run.ts';
import { list } from '../../rules/say.ts';
import { type TemplateKey, templates } from '../../rules/templates.ts';
import { importReached } from '../filter-sql.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { applyJob, readJob } from './queue.ts';
import { type ImportStatus, importStatus } from './status.ts';

export type { ImportStatus } from './status.ts';

const { sql } = Prisma;

/** Who dropped a file, where. */
export interface Dropper {
  personId: number;
  place: Place;
  language: Language;
  reach: Reach;
}

/** Who decides about an import, by which button. */
export interface Deciding {
  personId: number;
  reach: Reach;
  press?: string | undefined;
}

export interface ImportParts {
  database: Database;
  messages: Messages;
  now?: () => Date;
}

/** From a dropped file to its rows in the store. The deciding ones throw `import_unknown`, out of reach as well. */
export interface Imports {
  /**
   * I8: begins to read a dropped file; its message appears at once in a direct conversation, in a channel once the header is
   * known to fit. Once for the same drop, however often it is announced. Throws `file_too_big`.
   */
  begin(file: DroppedFile, by: Dropper): Promise<void>;
  /** I5: begins to apply what was previewed; once, within a day. Throws `import_reading`, `import_late`, `import_started`, `import_over`. */
  confirm(id: number, by: Deciding): Promise<void>;
  /** Ends an import that was not confirmed. Throws `import_started`, `import_over`. */
  cancel(id: number, by: Deciding): Promise<void>;
  /** I2: previews the file by another template. Throws `import_template_unfit`, and as `confirm`. */
  choose(id: number, template: TemplateKey, by: Deciding): Promise<void>;
  /** How it stands; undefined: there is no such import. */
  status(id: number): Promise<ImportStatus | undefined>;
}

export function createImports({ database, messages, now = () => new Date() }: ImportParts): Imports {
  const { transaction } = database;

  /** The import, locked, where it is within reach (A2). */
  async function take(tx: Tx, id: number, { press, reach }: Deciding): Promise<Import> {
    await spendPress(tx, press, now());
    const [reached] = await tx.$queryRaw<{ id: number }[]>(sql`
      select i.id from import i where i.id = ${id}::int and ${importReached(reach)} for update`);
    if (!reached) throw refuse('import_unknown', { id });
    return tx.import.findUniqueOrThrow({ where: { id } });
  }

  /** The import, locked, while it waits for its confirmation. */
  async function takePreviewed(tx: Tx, id: number, by: Deciding): Promise<Import> {
    const found = await take(tx, id, by);
    if (found.state === 'reading') throw refuse('import_reading', { id });
    if (found.state === 'applying') throw refuse('import_started', { id });
    if (found.state === 'expired' || isLate(found)) throw refuse('import_late', { id });
    if (found.state !== 'previewed') throw refuse('import_over', { id });
    return found;
  }

  const isLate = ({ state, createdAt }: Import) =>
    state === 'previewed' && now().getTime() - createdAt.getTime() > importPreviewLifetime;

  return {
    async begin(file, { personId, place, language, reach }) {
      if (file.size > FILE_LIMITS.bytes)
        throw refuse('file_too_big', { mebibytes: FILE_LIMITS.bytes / 1024 / 1024 });
      const drop = {
        dropKey: dropKey(file, place),
        fileName: file.name,
        source: file.source as object,
        language,
        reach: { ...reach },
        createdBy: personId,
        createdAt: now(),
        place: { ...place },
      };
      await transaction(async (tx) => {
        const [created] = await tx.import.createManyAndReturn({
          data: [drop],
          skipDuplicates: true,
          select: { id: true },
        });
        if (!created) return;
        if (place.kind === 'direct') {
          const to = { place, orElse: personId };
          await messages.announce(tx, { kind: 'import', subjectId: created.id, to, language });
        }
        await addJob(tx, ...readJob(created.id));
      });
    },

    confirm: (id, by) =>
      transaction(async (tx) => {
        const found = await takePreviewed(tx, id, by);
        const confirmed = {
          confirmedBy: by.personId,
          confirmedAt: now(),
          reach: { ...bothReach(found, by) },
        };
        await tx.import.update({ where: { id }, data: { state: 'applying', failures: 0, ...confirmed } });
        await addJob(tx, ...applyJob(id));
        await messages.changed(tx, 'import', id);
      }),

    cancel: (id, by) =>
      transaction(async (tx) => {
        const { state } = await take(tx, id, by);
        if (state === 'applying') throw refuse('import_started', { id });
        if (state !== 'reading' && state !== 'previewed') throw refuse('import_over', { id });
        await tx.import.update({ where: { id }, data: { state: 'cancelled', finishedAt: now() } });
        await messages.changed(tx, 'import', id);
      }),

    choose: (id, template, by) =>
      transaction(async (tx) => {
        const found = await takePreviewed(tx, id, by);
        // Written by the job that read the file.
        const { fits, fields } = found.header as unknown as FileHeader;
        if (!fits.includes(template)) throw unfit(template, fields);
        if (found.template === template) return;
        await tx.import.update({ where: { id }, data: { state: 'reading', template } });
        await addJob(tx, ...readJob(id));
        await messages.changed(tx, 'import', id);
      }),

    status: (id) => importStatus(database, id),
  };
}

/** A2: what was previewed, as far as whoever confirms it reaches: the companies all, or it would be unknown. */
function bothReach({ reach }: Import, by: Deciding): Reach {
  const { companies, protected: previewed } = reach as unknown as Reach;
  return { companies, protected: previewed && by.reach.protected };
}

/** I8: one drop is one file in one place. */
function dropKey({ source }: DroppedFile, { surface, tenant, id }: Place): string {
  return createHash('sha256')
    .update(JSON.stringify([surface, tenant, id, source]))
    .digest('base64url');
}

function unfit(key: TemplateKey, fields: FileHeader['fields']): Error {
  const { name, columns } = templates[key];
  const missing = columns.filter((field) => !fields.includes(field));
  const names = (language: Language) =>
    list(
      missing.map((field) => fieldNames[field][language]),
      language,
    );
  return refuse('import_template_unfit', { template: name, fields: { sv: names('sv'), en: names('en') } });
}
