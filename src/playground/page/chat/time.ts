const dayMs = 24 * 60 * 60_000;

/** The reader's calendar day of a moment, as a number that grows by one each day. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return Math.floor(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / dayMs);
}

export const daysBetween = (from: number, to: number): number => dayOf(to) - dayOf(from);

/** The time of day, such as 14:02. */
export function clock(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { hour: '2-digit', minute: '2-digit' }).format(at);
}
