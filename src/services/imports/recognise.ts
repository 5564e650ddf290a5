import { type Inspection, inspect, readRows, type Survey } from '../../csv/index.ts';
import type { RowValues } from '../../csv/types.ts';
import type { Database } from '../../database/database.ts';
import { Refusal } from '../../errors.ts';
import { parseAddress } from '../../rules/address.ts';
import type { FieldKey } from '../../rules/fields.ts';
import { type ImportTemplate, identity } from '../../rules/templates.ts';
import { fold } from '../../rules/text.ts';
import { ownImportTemplates } from '../templates.ts';

/** What a file is, and the template that settles how it is read; null: the built-in ones find what they need by its header. */
export interface Recognised {
  readonly inspection: Inspection;
  readonly template: ImportTemplate | null;
}

/**
 * Looks at a file that nobody chose a template for. Where its header fits no built-in one, the own template that its rows
 * bear out best reads it, if there is one. Throws what is wrong with the file as the built-in ones would read it.
 */
export async function recognise(database: Database, path: string, survey: Survey): Promise<Recognised> {
  try {
    return { inspection: await inspect(path, survey), template: null };
  } catch (error) {
    const found = error instanceof Refusal && (await bestOf(database, path, survey));
    if (!found) throw error;
    return found;
  }
}

/** The one of one's own templates whose rows name most users that are there; of several alike, the one changed last. */
async function bestOf(database: Database, path: string, survey: Survey): Promise<Recognised | undefined> {
  let best: (Recognised & { known: number }) | undefined;
  for (const template of await ownImportTemplates(database)) {
    const inspection = await inspect(path, survey, template).catch(notRefused);
    if (!inspection) continue;
    const known = await likelihood(database, template, await firstRows(path, inspection));
    if (known !== undefined && known > (best?.known ?? -1)) best = { inspection, template, known };
  }
  return best;
}

function notRefused(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

/** What the first rows say; none where they cannot be read. */
async function firstRows(path: string, { shape, header }: Inspection): Promise<(RowValues | null)[]> {
  try {
    for await (const { rows } of readRows(path, shape, header))
      return rows.slice(0, 200).map(({ values, fault }) => (fault ? null : values));
  } catch (error) {
    notRefused(error);
  }
  return [];
}

/**
 * Which part of the rows names users that are there, by number too; undefined where the columns hold something else than
 * the template says, or where too few users are there for a template that creates nobody.
 */
async function likelihood(
  database: Database,
  { does, fields }: ImportTemplate,
  rows: readonly (RowValues | null)[],
): Promise<number | undefined> {
  const whole = rows.filter((values) => values !== null);
  const most = (some: readonly RowValues[], of: readonly unknown[]) =>
    some.length >= of.length * 0.9 && some.length > 0;
  const needed: readonly FieldKey[] = does === 'create' ? [...identity, 'company'] : identity;
  if (
    !most(
      whole.filter((values) => needed.every((field) => values[field])),
      rows,
    )
  )
    return undefined;
  const addresses = fields.filter((field) => field === 'email' || field === 'connectEmail');
  const given = whole.flatMap((values) => addresses.flatMap((field) => values[field] || []));
  const right = given.filter((cell) => parseAddress(cell).ok);
  if (right.length < given.length * 0.8) return undefined;
  const known = (await knownUsers(database, whole)) / whole.length;
  const isBorneOut = does === 'create' ? known > 0 || right.length >= whole.length / 2 : known >= 0.5;
  return isBorneOut ? known : undefined;
}

async function knownUsers({ pool }: Database, rows: readonly RowValues[]): Promise<number> {
  const { rows: found } = await pool.query<{ known: number }>(
    `select count(*)::int as known
     from unnest($1::text[], $2::text[]) as r (user_key, number)
     join "user" u on u.user_key = r.user_key
     where exists (select from employment e where e.user_id = u.id and e.number = r.number)`,
    [rows.map(({ userId = '' }) => fold(userId)), rows.map(({ employmentNumber = '' }) => employmentNumber)],
  );
  return found[0]?.known ?? 0;
}
