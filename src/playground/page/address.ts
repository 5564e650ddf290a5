import type { Surface } from '../wire.ts';

/** Where one looks, who is acting, and the name of the room that is looked at. */
export interface Standpoint {
  readonly surface: Surface;
  readonly handle: string;
  readonly room: string | undefined;
}

/** The part of the page's address after #, such as `#/lena/hr` or `#/teams/lena/hr`; undefined where it names nobody. */
export function readAddress(hash: string): Standpoint | undefined {
  try {
    const parts = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    const surface = parts[0] === 'teams' ? 'teams' : 'slack';
    const [handle, room] = surface === 'teams' ? parts.slice(1) : parts;
    return handle ? { surface, handle, room: room || undefined } : undefined;
  } catch {
    return undefined;
  }
}

export function writeAddress({ surface, handle, room }: Standpoint): string {
  const parts = [handle, room ?? ''].map(encodeURIComponent);
  return `#/${[...(surface === 'teams' ? [surface] : []), ...parts].join('/')}`;
}
