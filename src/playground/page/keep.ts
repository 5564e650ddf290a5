const prefix = 'playground.';

/** What this browser remembers of a world over a reload. */
export interface Memory {
  /** The letters opened so far. */
  readonly opened: readonly string[];
  /** By room: the last message that was on the screen. */
  readonly seen: Readonly<Record<string, string>>;
  readonly tourShown: boolean;
}

/** What is remembered of a world of which nothing is. */
export const blank: Memory = { opened: [], seen: {}, tourShown: true };

/** What this browser remembers of a world. What it remembered of another one is forgotten. */
export function recall(world: string): Memory {
  if (kept('world', null) !== world) {
    forget();
    keep('world', world);
  }
  return {
    opened: kept('opened', blank.opened),
    seen: kept('seen', blank.seen),
    tourShown: kept('tourShown', blank.tourShown),
  };
}

/**
 * Remembers one thing of a world, unless this browser has seen a newer world since. A browser that keeps nothing loses no
 * more than unread marks.
 */
export function remember<K extends keyof Memory>(world: string | null, name: K, value: Memory[K]): void {
  if (world !== null && kept('world', null) === world) keep(name, value);
}

function kept<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {}
}

function forget(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {}
}
