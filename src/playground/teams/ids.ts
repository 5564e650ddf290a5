import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** A GUID that is the same at every start: it follows from the name. */
export function guidOf(name: string): string {
  const hex = digest(`guid:${name}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What Teams calls somebody; the same at every start. */
export function userIdOf(handle: string): string {
  return `29:1${letters(`user:${handle}`, 60)}`;
}

/** What Teams calls somebody's chat with the bot. */
export function personalIdOf(handle: string): string {
  return `a:1${letters(`personal:${handle}`, 80)}`;
}

/** What Teams calls a channel or (with another ending) a group chat. */
export function threadIdOf(name: string, ending: 'thread.tacv2' | 'thread.v2'): string {
  return `19:${digest(`${ending}:${name}`).toString('hex').slice(0, 32)}@${ending}`;
}

/** The id of an invoke activity, or of another that is no message. */
export function activityId(): string {
  return `f:${randomUUID()}`;
}

/** Something that nobody guesses, for an address that needs no token. */
export function ticket(): string {
  return randomBytes(24).toString('base64url');
}

function letters(name: string, length: number): string {
  return Buffer.concat([digest(name), digest(`${name} more`)])
    .toString('base64url')
    .slice(0, length);
}

function digest(name: string): Buffer {
  return createHash('sha256').update(name).digest();
}
