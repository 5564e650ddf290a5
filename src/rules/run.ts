import type { Text } from './language.ts';

/** How an import stands, as said in the list and on its log page. */
export const importStateNames = {
  reading: { sv: 'läses in', en: 'being read' },
  previewed: { sv: 'väntar på bekräftelse', en: 'waiting to be confirmed' },
  applying: { sv: 'pågår', en: 'under way' },
  done: { sv: 'klar', en: 'done' },
  cancelled: { sv: 'avbruten', en: 'cancelled' },
  expired: { sv: 'inte bekräftad i tid', en: 'not confirmed in time' },
  failed: { sv: 'misslyckades', en: 'failed' },
} as const satisfies Record<string, Text>;

/** How a campaign stands. */
export const campaignStateNames = {
  previewed: { sv: 'väntar på bekräftelse', en: 'waiting to be confirmed' },
  running: { sv: 'pågår', en: 'under way' },
  paused: { sv: 'pausat', en: 'paused' },
  cancelled: { sv: 'avbrutet', en: 'cancelled' },
  done: { sv: 'klart', en: 'done' },
  expired: { sv: 'inte bekräftat i tid', en: 'not confirmed in time' },
} as const satisfies Record<string, Text>;

const day = 24 * 60 * 60 * 1000;

/** I5: how long an import can be confirmed, in milliseconds; then its rows go. */
export const importPreviewLifetime = day;

/** I8: how long what happened to every row of an import is kept, in milliseconds. */
export const rowLogLifetime = 90 * day;
