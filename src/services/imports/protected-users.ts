import type { Pool } from '../../database/bulk.ts';
import { maskPersonalNumber } from '../../rules/personal-number.ts';

/**
 * The folded User-IDs of everybody with protected identity (U8), also of those who were protected after a row was logged: as they
 * are, and as the log may have them, masked or without their leading zeros.
 */
export async function protectedUsers(pool: Pool): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ user_key: string }>(
    'select user_key from "user" where protected_identity',
  );
  return new Set(
    rows.flatMap(({ user_key }) => [
      user_key,
      maskPersonalNumber(user_key),
      user_key.replace(/^0+(?=.)/, ''),
    ]),
  );
}
