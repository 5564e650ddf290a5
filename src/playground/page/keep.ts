const prefix = 'playground.';

/** What this browser kept under a name; `fallback` where it kept nothing, or cannot keep. */
export function kept<T>(name: string, fallback: T): T {
  try {
    const text = localStorage.getItem(prefix + name);
    return text === null ? fallback : (JSON.parse(text) as T);
  } catch {
    return fallback;
  }
}

/** Keeps a value over a reload. A browser that keeps nothing loses no more than unread marks and the tour's ticks. */
export function keep(name: string, value: unknown): void {
  try {
    localStorage.setItem(prefix + name, JSON.stringify(value));
  } catch {}
}

/** Forgets everything that this page kept. */
export function forget(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  } catch {}
}
