import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

type Parts = typeof import('./index.ts');

let known: Parts | undefined;

/** How long after a failure the part is fetched again, in milliseconds. */
const againMs = 1_000;

/** Draws what is of Teams, as soon as that part of the page is there: it brings Microsoft's renderer of cards. */
export function InTeams({ of }: { of(parts: Parts): ComponentChildren }) {
  const [parts, setParts] = useState(known);
  useEffect(() => {
    if (parts) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fetchParts = async () => {
      try {
        known = await import('./index.ts');
        setParts(known);
      } catch {
        timer = setTimeout(fetchParts, againMs);
      }
    };
    void fetchParts();
    return () => clearTimeout(timer);
  }, [parts]);
  return <>{parts && of(parts)}</>;
}
