/** Who is acting, and the name of the room that is looked at. */
export interface Standpoint {
  readonly handle: string;
  readonly room: string | undefined;
}

/** The part of the page's address after #, such as `#/lena/hr`; undefined where it names nobody. */
export function readAddress(hash: string): Standpoint | undefined {
  try {
    const [handle, room] = hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent);
    return handle ? { handle, room: room || undefined } : undefined;
  } catch {
    return undefined;
  }
}

export function writeAddress({ handle, room }: Standpoint): string {
  return `#/${[handle, room ?? ''].map(encodeURIComponent).join('/')}`;
}
