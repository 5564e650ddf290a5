import type { Reach } from '../../core/access.ts';
import { type Import, type ImportState, Prisma } from '../../database/client/client.ts';
import type { Database, Tx } from '../../database/database.ts';
import { refuse } from '../../errors.ts';
import type { Language } from '../../rules/language.ts';
import { rowLogLifetime } from '../../rules/run.ts';
import { importReached } from '../filter-sql.ts';
import type { Messages } from '../messages.ts';
import { requireOwn } from './files.ts';
import { type Asker, beginStored } from './stored.ts';
import { undoneFields } from './undo-rows.ts';

const { sql } = Prisma;

export interface UndoParts {
  database: Database;
  messages: Pick<Messages, 'announce' | 'changed'>;
  /** The organisation's language: of what many read. */
  language: Language;
  now?: () => Date;
}

/** Putting back the addresses that an import changed. */
export interface Undos {
  /**
   * Begins to look at what an import changed and nobody has changed or verified since: an import of its own, previewed,
   * confirmed and logged, whose number this returns. Throws `import_unknown`, out of reach as well, and why it cannot be
   * undone: `import_joined`, `import_undo_open`, `import_undo_running`, `import_undo_nothing`, `import_undo_gone`, `import_undone`.
   */
  begin(id: number, by: Asker): Promise<number>;
}

export function createUndos({ database, messages, language, now = () => new Date() }: UndoParts): Undos {
  /** The import, where it is within reach and has changed what can be put back. */
  async function take(tx: Tx, id: number, reach: Reach): Promise<Import> {
    const [found] = await tx.$queryRaw<{ id: number }[]>(sql`
      select i.id from import i where i.id = ${id}::int and ${importReached(reach)}`);
    if (!found) throw refuse('import_unknown', { id });
    const undone = await tx.import.findUniqueOrThrow({ where: { id } });
    requireApplied(undone);
    await requireNotUndone(tx, id);
    await requireChanges(tx, undone, now());
    return undone;
  }

  return {
    begin: (id, by) =>
      database.transaction(async (tx) => {
        await take(tx, id, by.reach);
        const beginning = { origin: 'undo', fields: undoneFields, about: { undoes: id } } as const;
        const begun = await beginStored(tx, { messages, language }, by, beginning, now());
        // Its button is spent: whoever cancels what it began finds another.
        await messages.changed(tx, 'import', id);
        return begun;
      }),
  };
}

function requireApplied(found: Import): void {
  const { id, state, confirmedAt } = found;
  requireOwn(found);
  if (state === 'reading' || state === 'previewed') throw refuse('import_undo_open', { id });
  if (state === 'applying') throw refuse('import_undo_running', { id });
  if (confirmedAt === null || (state !== 'done' && state !== 'failed'))
    throw refuse('import_undo_nothing', { id });
}

/** An import is undone once, unless that was undone; the other waits here. Throws `import_undone`. */
export async function requireNotUndone(tx: Tx, id: number): Promise<void> {
  await tx.$queryRaw(sql`select id from import where id = ${id}::int for update`);
  const by = await undoneBy(tx, id);
  if (by !== undefined) throw refuse('import_undone', { id, by });
}

/** The number of the undo that an import was undone by, or is being: the last one that has not itself been undone. */
export async function undoneBy(
  tx: Pick<Tx, 'import'>,
  id: number,
  states: ImportState[] = ['applying', 'done'],
): Promise<number | undefined> {
  const undos = await tx.import.findMany({
    where: { undoes: id, state: { in: states } },
    orderBy: { id: 'desc' },
    select: { id: true },
  });
  for (const undo of undos) if ((await undoneBy(tx, undo.id, ['done'])) === undefined) return undo.id;
  return undefined;
}

/** How it stands about putting back the addresses of an import. */
export interface UndoStanding {
  /** Some Connect address was saved. */
  saved: boolean;
  /** Some Connect address was changed, and can be put back. */
  undoable: boolean;
  /** The number of the undo that it was undone by, or is being. */
  undoneBy: number | undefined;
}

/** Reads that of an import in this state. */
export async function undoStanding(
  tx: Pick<Tx, 'import' | '$queryRaw'>,
  { id, state }: Pick<Import, 'id' | 'state'>,
): Promise<UndoStanding> {
  if (state !== 'done' && state !== 'failed') return { saved: false, undoable: false, undoneBy: undefined };
  const [row] = await tx.$queryRaw<{ saved: boolean; changed: boolean }[]>(sql`
    select exists (select from import_block where import_id = ${id}::int and cardinality(saved) > 0) as saved,
      exists (select from import_block where import_id = ${id}::int and earlier is not null) as changed`);
  const by = await undoneBy(tx, id);
  const { saved = false, changed = false } = row ?? {};
  return { saved, undoable: changed && by === undefined, undoneBy: by };
}

/** An import, what it undoes, what that undid, and so on: all whose messages tell otherwise once it is done. */
export async function undoChain(tx: Pick<Tx, '$queryRaw'>, id: number): Promise<number[]> {
  const chain = await tx.$queryRaw<{ id: number }[]>(sql`
    with recursive chain as (
      select i.id, i.undoes from import i where i.id = ${id}::int
      union all
      select i.id, i.undoes from import i join chain c on i.id = c.undoes
    )
    select id from chain`);
  return chain.map((one) => one.id);
}

async function requireChanges(tx: Tx, { id, finishedAt }: Import, now: Date): Promise<void> {
  const [kept] = await tx.$queryRaw<{ rows: boolean; changes: boolean; saved: boolean }[]>(sql`
    select exists (select from import_block where import_id = ${id}::int) as rows,
      exists (select from import_block where import_id = ${id}::int and earlier is not null) as changes,
      exists (select from import_block where import_id = ${id}::int and cardinality(saved) > 0) as saved`);
  const old = finishedAt !== null && now.getTime() - finishedAt.getTime() >= rowLogLifetime;
  if (kept?.changes && !old) return;
  throw refuse(old || !kept?.rows || kept.saved ? 'import_undo_gone' : 'import_undo_nothing', { id });
}
