import type { Reach } from '../../core/access.ts';
import type { Place } from '../../core/command.ts';
import { addJob } from '../../database/add-job.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Database } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Filter } from '../../rules/filter.ts';
import type { Language } from '../../rules/language.ts';
import type { ExportTemplate } from '../../rules/templates.ts';
import { exportReached } from '../filter-sql.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { readParts } from './parts.ts';
import { writeJob } from './queue.ts';
import { type ExportStatus, exportStatus } from './status.ts';
import { countMeant } from './users.ts';

export type { ExportStatus } from './status.ts';

const { sql } = Prisma;

/** What somebody asks to be exported, where. */
export interface Asked {
  template: ExportTemplate;
  filter: Filter;
  /** Only what was confirmed since the last time. */
  onlyNew: boolean;
  /** A workbook for each department. */
  perDepartment: boolean;
  fileName: string;
  personId: number;
  place: Place;
  language: Language;
  reach: Reach;
  press?: string | undefined;
}

/** A written file. */
export interface ExportFile {
  status: ExportStatus;
  /** Its bytes, read anew each time. */
  bytes(): AsyncIterable<Uint8Array>;
}

/** What was begun; `id` undefined: nothing, for nobody is meant. `since`: as the message tells it. */
export interface Begun {
  id: number | undefined;
  since: Date | null;
}

/** Files written from the store, by a job. */
export interface Exports {
  /** Begins to write a file of whom the filter means within reach, and a message about it. */
  begin(asked: Asked): Promise<Begun>;
  /** How it stands; undefined: there is no such export. `reach`: none that was made within it (A2, U8). */
  status(id: number, reach?: Reach): Promise<ExportStatus | undefined>;
  /** Its file. Throws `export_unknown`, out of reach as well, `export_writing`, `export_failed`, `export_gone`. */
  file(id: number, reach: Reach): Promise<ExportFile>;
}

export interface ExportParts {
  database: Database;
  messages: Pick<Messages, 'announce'>;
  /** The organisation's language: of what many read. */
  language: Language;
  now?: () => Date;
}

export function createExports({
  database,
  messages,
  language: house,
  now = () => new Date(),
}: ExportParts): Exports {
  const { prisma, pool, transaction } = database;

  /**
   * Up to which moment the same has been exported: by this template, of the same users, within the same reach. Another
   * filter or reach may have left some out.
   */
  async function lastTime({ template, filter, reach }: Asked): Promise<Date | null> {
    const [last] = await prisma.$queryRaw<{ at: Date }[]>(sql`
      select x.read_at as at from export x
      where x.template_key = ${template.key} and x.state in ('done', 'gone')
        and x.filter = ${JSON.stringify(filter)}::jsonb and x.reach = ${JSON.stringify(reach)}::jsonb
      order by x.read_at desc limit 1`);
    return last?.at ?? null;
  }

  async function isReached(id: number, reach: Reach): Promise<boolean> {
    const found = await prisma.$queryRaw<{ id: number }[]>(sql`
      select x.id from export x where x.id = ${id}::int and ${exportReached(reach)}`);
    return found.length > 0;
  }

  async function status(id: number, reach?: Reach): Promise<ExportStatus | undefined> {
    if (reach && !(await isReached(id, reach))) return undefined;
    return exportStatus(database, id);
  }

  return {
    status,

    async begin(asked) {
      const { template, filter, onlyNew, perDepartment, fileName, personId, place, language } = asked;
      // U8: managers have no permission to know of people with protected identity.
      const reach = perDepartment ? { ...asked.reach, protected: false } : asked.reach;
      const since = onlyNew ? await lastTime({ ...asked, reach }) : null;
      const { fields } = template;
      const meant = { filter, reach, onlyNew: onlyNew ? { since } : undefined, fields, language };
      const { users, shielded } = await countMeant(pool, meant, now());
      const data = {
        template: { ...template } as object,
        templateKey: template.key,
        filter: { ...filter },
        reach: { ...reach },
        place: { ...place },
        expected: users,
        expectedShielded: shielded,
        createdBy: personId,
        createdAt: now(),
      };
      if (users === 0) return { id: undefined, since };
      const id = await transaction(async (tx) => {
        await spendPress(tx, asked.press, now());
        const made = await tx.export.create({
          data: { ...data, onlyNew, perDepartment, since, fileName, language },
        });
        const to = { place, orElse: personId };
        const spoken = place.kind === 'channel' ? house : language;
        await messages.announce(tx, { kind: 'export', subjectId: made.id, to, language: spoken });
        await addJob(tx, ...writeJob(made.id));
        return made.id;
      });
      return { id, since };
    },

    async file(id, reach) {
      const found = await status(id, reach);
      if (!found) throw refuse('export_unknown', { id });
      if (found.state === 'writing') throw refuse('export_writing', { id });
      if (found.state === 'failed') throw refuse('export_failed', { id });
      if (!found.until || found.until <= now()) throw refuse('export_gone', { id });
      return { status: found, bytes: () => readParts(pool, id) };
    },
  };
}
