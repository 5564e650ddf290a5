import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Card as Sent } from '../../wire.ts';
import { useLanguage } from '../say.ts';
import { draw, type Happenings } from './draw.ts';

export interface CardParts extends Omit<Happenings, 'language' | 'search'> {
  card: Sent;
  search?: Happenings['search'];
  /** Called after each drawing with what is faulty in it. */
  onDrawn?(faulty: readonly HTMLElement[]): void;
}

/** An Adaptive Card. One that changes is drawn anew in its place: the focus and an opened question stay. */
export function Card(parts: CardParts) {
  const { card } = parts;
  const language = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const now = useRef(parts);
  now.current = parts;
  useLayoutEffect(() => {
    const place = frame.current;
    if (!place) return;
    const restore = remembered(place);
    const { element, faulty } = draw(card, {
      language,
      press: (action, values) => now.current.press(action, values),
      open: (url) => now.current.open(url),
      search: async (input, text) => (await now.current.search?.(input, text)) ?? [],
    });
    place.replaceChildren(element);
    restore();
    now.current.onDrawn?.(faulty);
  }, [card, language]);
  return <div class="card" ref={frame} tabIndex={-1} />;
}

/** Gives the way to put the focus, and what was unfolded, back on what has the same name after a new drawing. */
function remembered(place: HTMLElement): () => void {
  const nameOf = (element: Element) => element.getAttribute('aria-label');
  const named = (name: string | null) =>
    [...place.querySelectorAll<HTMLElement>('button')].find((button) => nameOf(button) === name);
  const unfolded = place.querySelector('[aria-expanded="true"]');
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const names = { unfolded: unfolded && nameOf(unfolded), active: active && nameOf(active) };
  return () => {
    if (names.unfolded) named(names.unfolded)?.click();
    if (active) (named(names.active) ?? place).focus();
  };
}
