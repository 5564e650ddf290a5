import { createHash } from 'node:crypto';
import type { Reach } from '../../core/access.ts';
import type { DroppedFile, Place } from '../../core/command.ts';
import { FILE_LIMITS, requireSheet } from '../../csv/index.ts';
import { type FileHeader, type FileShape, isWorkbook } from '../../csv/types.ts';
import { addJob } from '../../database/add-job.ts';
import { type Import, Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Language } from '../../rules/language.ts';
import { hasTakenEffect, missingLifetime, namesUncertain } from '../../rules/missing.ts';
import { importAskedLifetime, importPreviewLifetime } from '../../rules/run.ts';
import { type ImportTemplate, isOwn, namesOf, templates } from '../../rules/templates.ts';
import type { VerdictCounts } from '../../rules/verdict.ts';
import { importReached } from '../filter-sql.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { filesOf, requireOwn } from './files.ts';
import { type LookedAt, lacksFields, seenFields } from './fitting.ts';
import { countMissing, type Deactivated, deactivateMissing, type Missing, nobody } from './missing.ts';
import { applyJob, readJob } from './queue.ts';
import { type ImportStatus, importStatus } from './status.ts';
import { templateColumns, templateJson, templateOf } from './template-column.ts';
import { requireNotUndone } from './undos.ts';

export type { Deactivated, Missing } from './missing.ts';
export type { ImportStatus, KnownFile } from './status.ts';

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

/**
 * Whom a list does not name. `isList`: the file is read as one; `isInPlace`: what else it says is; `isCertain`: each of its rows says
 * whom it is about.
 */
export interface ListedMissing extends Missing {
  isList: boolean;
  isInPlace: boolean;
  isCertain: boolean;
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
  /**
   * Somebody asked how to import, in a place where files do not reach the bot: what they drop in their own conversation
   * within the hour is told of there too.
   */
  askedIn(place: Place, personId: number): Promise<void>;
  /** I5: begins to apply what was previewed; once, within a day. Throws `import_reading`, `import_late`, `import_started`, `import_over`, `import_joined`, `import_undone`. */
  confirm(id: number, by: Deciding): Promise<void>;
  /** I5: how it stands, where `confirm` may be asked. Throws as `confirm`. */
  confirmable(id: number, by: Deciding): Promise<ImportStatus>;
  /** Ends an import that was not confirmed. Throws `import_started`, `import_late`, `import_over`, `import_joined`. */
  cancel(id: number, by: Deciding): Promise<void>;
  /**
   * I2: previews the file by another template; one's own, or after one's own, reads it anew. Where it cannot, the preview says
   * why. Throws `import_template_unfit`, `import_together`, and as `confirm`.
   */
  choose(id: number, template: ImportTemplate, by: Deciding): Promise<void>;
  /**
   * Reads another sheet of a workbook; where it cannot, the preview says why. Throws `import_no_sheets`, `import_no_sheet`, `workbook_sheet_unknown`,
   * `import_together`, and as `confirm`.
   */
  chooseSheet(id: number, sheet: string, by: Deciding): Promise<void>;
  /** How many a file that lists everybody does not name, as far as whoever asks reaches. Throws `import_unknown`. */
  missing(id: number, reach: Reach): Promise<ListedMissing>;
  /** How many `deactivateMissing` would deactivate, where it may be asked. Throws as it does. */
  deactivatable(id: number, by: Deciding): Promise<Missing>;
  /**
   * Deactivates those, once what the file says is in place and for a day. Throws `import_unknown`, `missing_early`,
   * `missing_late`, `missing_newer`, `missing_uncertain`, `missing_not_listed`, `missing_nobody`.
   */
  deactivateMissing(id: number, by: Deciding): Promise<Deactivated>;
  /** How it stands; undefined: there is no such import. */
  status(id: number): Promise<ImportStatus | undefined>;
}

export function createImports({ database, messages, now = () => new Date() }: ImportParts): Imports {
  const { prisma, transaction } = database;

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
    requireOpen(found);
    if (isLate(found)) throw refuse('import_late', { id, origin: found.origin });
    return found;
  }

  /** Locks the import, where whom its list leaves out can be deactivated. Throws as `deactivateMissing`. */
  async function takeListed(tx: Tx, id: number, by: Deciding): Promise<void> {
    requireListed(await take(tx, id, by), now());
    if (await isListedAnew(tx, id)) throw refuse('missing_newer', { id });
  }

  /** Where whoever drops a file in their own conversation has just asked how to. */
  async function placeAskedIn(
    tx: Tx,
    personId: number,
    { kind, surface }: Place,
  ): Promise<Place | undefined> {
    const asked = await tx.importAsked.findUnique({ where: { personId } });
    if (!asked || kind !== 'direct') return undefined;
    // Written below.
    const place = asked.place as unknown as Place;
    const isFresh = now().getTime() - asked.at.getTime() < importAskedLifetime;
    return isFresh && place.surface === surface ? place : undefined;
  }

  const isLate = ({ state, createdAt }: Import) =>
    state === 'previewed' && now().getTime() - createdAt.getTime() > importPreviewLifetime;

  return {
    async begin(file, { personId, place, language, reach }) {
      if ((file.size ?? 0) > FILE_LIMITS.bytes) throw refuse('file_too_big', { limit: FILE_LIMITS.bytes });
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
        // A number that is taken for nothing would be missing in the series.
        if (await tx.import.findUnique({ where: { dropKey: drop.dropKey }, select: { id: true } })) return;
        const askedIn = await placeAskedIn(tx, personId, place);
        const [created] = await tx.import.createManyAndReturn({
          data: [{ ...drop, ...(askedIn ? { askedIn: { ...askedIn } } : {}) }],
          skipDuplicates: true,
          select: { id: true },
        });
        if (!created) return;
        if (askedIn) await tx.importAsked.deleteMany({ where: { personId } });
        if (place.kind === 'direct') {
          const to = { place, orElse: personId };
          await messages.announce(tx, { kind: 'import', subjectId: created.id, to, language });
        }
        await addJob(tx, ...readJob(created.id));
      });
    },

    async askedIn(place, personId) {
      const asked = { place: { ...place }, at: now() };
      await prisma.importAsked.upsert({
        where: { personId },
        create: { personId, ...asked },
        update: asked,
      });
    },

    confirm: (id, by) =>
      transaction(async (tx) => {
        const found = await takePreviewed(tx, id, by);
        if (found.undoes !== null) await requireNotUndone(tx, found.undoes);
        const confirmed = {
          confirmedBy: by.personId,
          confirmedAt: now(),
          source: {},
          fault: Prisma.DbNull,
          reach: { ...bothReach(found, by) },
        };
        await tx.import.update({ where: { id }, data: { state: 'applying', failures: 0, ...confirmed } });
        await addJob(tx, ...applyJob(id));
        await messages.changed(tx, 'import', found.undoes === null ? id : [id, found.undoes]);
      }),

    async confirmable(id, by) {
      const { reach } = await transaction(async (tx) => takePreviewed(tx, id, by));
      const status = await importStatus(database, id);
      if (!status) throw refuse('import_unknown', { id });
      return { ...status, protected: bothReach({ reach }, by).protected };
    },

    cancel: (id, by) =>
      transaction(async (tx) => {
        requireOpen(await take(tx, id, by));
        await tx.import.update({
          where: { id },
          data: { state: 'cancelled', finishedAt: now(), source: {} },
        });
        await messages.changed(tx, 'import', id);
      }),

    choose: (id, template, by) =>
      transaction(async (tx) => {
        const found = await takePreviewed(tx, id, by);
        if (found.origin !== 'file') throw refuse('import_no_file', { id });
        requireOneFile(found);
        // Written by the job that read the file.
        const looked = { header: found.header, shape: found.shape } as unknown as LookedAt;
        const { fits, fields } = looked.header;
        const readsAnew = isOwn(template) || found.ownTemplate !== null;
        if (!readsAnew && !fits.some((key) => key === template.key)) throw unfit(template, fields);
        if (lacksFields(template, looked)) throw unfit(template, seenFields(looked.header));
        if (!readsAnew && templateOf(found)?.key === template.key) return;
        const choice = readsAnew
          ? { wanted: templateJson(template) }
          : { ...templateColumns(template), chosen: true, wanted: Prisma.DbNull };
        await tx.import.update({
          where: { id },
          data: { state: 'reading', fault: Prisma.DbNull, failures: 0, ...choice },
        });
        await addJob(tx, ...readJob(id));
        await messages.changed(tx, 'import', id);
      }),

    chooseSheet: (id, sheet, by) =>
      transaction(async (tx) => {
        const found = await takePreviewed(tx, id, by);
        requireOneFile(found);
        // Written by the job that read the file.
        const shape = found.shape as unknown as FileShape;
        if (!isWorkbook(shape)) throw refuse('import_no_sheets', { id });
        if (sheet === '')
          throw refuse('import_no_sheet', {
            id,
            sheet: shape.others.find(({ fits }) => fits)?.name ?? shape.sheet,
          });
        requireSheet(sheet, shape);
        await tx.import.update({
          where: { id },
          data: { state: 'reading', fault: Prisma.DbNull, failures: 0, wantedSheet: sheet },
        });
        await addJob(tx, ...readJob(id));
        await messages.changed(tx, 'import', id);
      }),

    async missing(id, reach) {
      const [reached] = await prisma.$queryRaw<{ id: number }[]>(sql`
        select i.id from import i where i.id = ${id}::int and ${importReached(reach)}`);
      if (!reached) throw refuse('import_unknown', { id });
      const found = await prisma.import.findUniqueOrThrow({ where: { id } });
      const missing = await countMissing(prisma, id, reach);
      const counts = countsOf(found);
      return {
        ...(listsAll(found) ? missing : { ...nobody, deactivated: missing.deactivated }),
        isList: listsAll(found),
        isInPlace: hasTakenEffect(found.state, counts),
        isCertain: !namesUncertain(counts),
      };
    },

    deactivatable: (id, by) =>
      transaction(async (tx) => {
        await takeListed(tx, id, by);
        const missing = await countMissing(tx, id, by.reach);
        if (missing.users === 0) throw refuse('missing_nobody', { id });
        return missing;
      }),

    deactivateMissing: (id, by) =>
      transaction(async (tx) => {
        await takeListed(tx, id, by);
        const done = await deactivateMissing(tx, id, by.reach, now());
        if (done.users === 0) throw refuse('missing_nobody', { id });
        await messages.changed(tx, 'verification', done.revoked);
        await messages.changed(tx, 'import', id);
        return done;
      }),

    status: (id) => importStatus(database, id),
  };
}

/** It has neither begun to be applied nor ended. Throws `import_started`, `import_late`, `import_over`, `import_joined`. */
function requireOpen(found: Import): void {
  const { id, state, origin } = found;
  requireOwn(found);
  if (state === 'applying') throw refuse('import_started', { id });
  if (state === 'expired') throw refuse('import_late', { id, origin });
  if (state === 'done' || state === 'cancelled' || state === 'failed')
    throw refuse('import_over', { id, how: state, origin });
}

/** Another way of reading a file would be one for its rows alone. Throws `import_together`. */
function requireOneFile(found: Import): void {
  const files = filesOf(found).length;
  if (files > 1) throw refuse('import_together', { id: found.id, files });
}

/** A newer list says otherwise, perhaps. */
async function isListedAnew(tx: Tx, id: number): Promise<boolean> {
  const found = await tx.$queryRaw<{ id: number }[]>(sql`
    select i.id from import i
    where i.id > ${id}::int and i.state = 'done'
      and (i.template = ${templates.employees.key} or i.own_template ->> 'does' = ${templates.employees.does})
    limit 1`);
  return found.length > 0;
}

const countsOf = (found: Import): VerdictCounts => (found.counts as VerdictCounts | null) ?? {};

/** A file of addresses alone says nothing of whom it leaves out. */
const listsAll = (found: Import): boolean => templateOf(found)?.does === 'create';

/** Whom the file names is known for certain, and what it says is in place. Throws as `deactivateMissing`. */
function requireListed(found: Import, now: Date): void {
  if (!listsAll(found)) throw refuse('missing_not_listed', { id: found.id });
  const { id, state, createdAt, finishedAt } = found;
  const counts = countsOf(found);
  if (!hasTakenEffect(state, counts)) throw refuse('missing_early', { id });
  const since = finishedAt ?? createdAt;
  if (now.getTime() - since.getTime() > missingLifetime) throw refuse('missing_late', { id });
  if (namesUncertain(counts)) throw refuse('missing_uncertain', { id });
}

/** A2: what was previewed, as far as whoever confirms it reaches: the companies all, or it would be unknown. */
function bothReach({ reach }: Pick<Import, 'reach'>, by: Deciding): Reach {
  const { companies, protected: previewed } = reach as unknown as Reach;
  return { companies, protected: previewed && by.reach.protected };
}

/** I8: one drop is one file in one place. */
function dropKey({ source }: DroppedFile, { surface, tenant, id }: Place): string {
  return createHash('sha256')
    .update(JSON.stringify([surface, tenant, id, source]))
    .digest('base64url');
}

function unfit({ name, fields: needed }: ImportTemplate, fields: FileHeader['fields']): Error {
  const missing = needed.filter((field) => !fields.includes(field));
  return refuse('import_template_unfit', { template: name, fields: namesOf(missing) });
}
