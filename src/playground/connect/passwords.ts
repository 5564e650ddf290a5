import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const bytes = { salt: 16, hash: 32 };

/** What is kept of a password: its salt and its scrypt hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(bytes.salt);
  const hash = await derive(normal(password), salt, bytes.hash);
  return `${salt.toString('base64url')}.${hash.toString('base64url')}`;
}

/** Whether it is this password; takes as long where there is none (V5). */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const [salt = '', hash = ''] = (kept ?? nobodys).split('.');
  const given = await derive(normal(password), Buffer.from(salt, 'base64url'), bytes.hash);
  return timingSafeEqual(given, Buffer.from(hash, 'base64url')) && kept !== undefined;
}

/** å is the same letter, however a keyboard makes it. */
const normal = (password: string): string => password.normalize('NFKC');

const nobodys = `${'A'.repeat(22)}.${Buffer.alloc(bytes.hash).toString('base64url')}`;
