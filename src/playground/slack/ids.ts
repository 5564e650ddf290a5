import { createHash, randomBytes } from 'node:crypto';

/** What an id stands for, by its first letter as Slack has it. */
type Kind = 'U' | 'C' | 'D' | 'G';

/** An id of Slack's shape that is the same at every start: it follows from the name. */
export function idOf(kind: Kind, name: string): string {
  const digest = createHash('sha256').update(`${kind}:${name}`).digest();
  const letters = [...digest.subarray(0, 10)].map((byte) => 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'[byte % 32]);
  return kind + letters.join('');
}

/** An id that nothing else has. */
export function randomId(kind: 'F' | 'V'): string {
  return kind + randomBytes(5).toString('hex').toUpperCase();
}
