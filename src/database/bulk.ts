import type pg from 'pg';

export type Pool = Pick<pg.Pool, 'connect' | 'query'>;

/** One of the store's connections. Bulk statements use it bare: what they carry is large, and Prisma would copy it twice. */
export type Connection = Pick<pg.ClientBase, 'query'>;

/** A statement with what it is given, ready to be run. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** An array's elements as one text, as PostgreSQL reads it: the driver's own way costs many small strings each. */
export function arrayText(elements: readonly (string | number | boolean | null)[]): string {
  return `{${elements.map(elementText).join(',')}}`;
}

/** Nothing that means something else in an array. */
const plainElement = /^(?!null$)[^\s"\\{},]+$/i;

function elementText(element: string | number | boolean | null): string {
  if (element === null) return 'null';
  const text = String(element);
  return plainElement.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const triesInAll = 5;
/** What another try cures: a conflict with somebody who changes the same users, or a deadlock. */
const passing = new Set(['40001', '40P01', '23505']);

/**
 * Runs `work` in one transaction on one connection; commits when it returns, rolls back when it throws. A conflict with
 * somebody else's transaction is tried again from the start.
 */
export async function inTransaction<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(pool, work);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!passing.has(code) || tries === triesInAll) throw error;
    }
  }
}

async function once<T>(pool: Pool, work: (connection: Connection) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: Error) => {
      broken = lost;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}
