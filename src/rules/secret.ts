import { createHash, randomBytes } from 'node:crypto';

/** V1: a fresh secret of 256 random bits for a link, as 43 characters that need no escaping in an address. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** V1: what the store keeps instead of the token: its SHA-256, as 64 hexadecimal digits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
