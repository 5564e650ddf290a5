interface MemoOptions<T> {
  lifeMs: number;
  /** How many keys; the oldest go first. */
  most: number;
  /** Which values are worth remembering; all unless told. */
  keeps?(value: T): boolean;
}

/**
 * Remembers what `load` gave for a key, and asks once where several ask at the same time.
 * A failure is not remembered.
 */
export function memo<T>(load: (key: string) => Promise<T>, options: MemoOptions<T>) {
  const { lifeMs, most, keeps = () => true } = options;
  const known = new Map<string, { value: Promise<T>; until: number }>();

  const forget = (key: string, value: Promise<T>) => {
    if (known.get(key)?.value === value) known.delete(key);
  };

  return (key: string): Promise<T> => {
    const kept = known.get(key);
    if (kept && kept.until > Date.now()) return kept.value;
    const value = load(key);
    known.delete(key);
    known.set(key, { value, until: Date.now() + lifeMs });
    value.then(
      (loaded) => keeps(loaded) || forget(key, value),
      () => forget(key, value),
    );
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
