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
  joined: { sv: 'ingår i en annan import', en: 'part of another import' },
} as const satisfies Record<string, Text>;

/** A run of rows into the store: its number, and where its rows come from. */
export interface NamedImport {
  id: number;
  origin: 'file' | 'fill' | 'undo';
  /** The number of the import that an undo is of. */
  undoes?: number | null;
}

const originNames = {
  file: { sv: 'Import', en: 'Import' },
  fill: { sv: 'Ifyllning', en: 'Fill' },
  undo: { sv: 'Återställning', en: 'Undo' },
} as const satisfies Record<NamedImport['origin'], Text>;

/** What an import is called: "Import #42", "Ifyllning #45", "Återställning #46 av #42". */
export function importName({ id, origin, undoes }: NamedImport): Text {
  const { sv, en } = originNames[origin];
  const [av, of] = undoes ? [` av #${undoes}`, ` of #${undoes}`] : ['', ''];
  return { sv: `${sv} #${id}${av}`, en: `${en} #${id}${of}` };
}

const campaignStateNames = {
  previewed: { sv: 'väntar på bekräftelse', en: 'waiting to be confirmed' },
  running: { sv: 'pågår', en: 'under way' },
  paused: { sv: 'pausat', en: 'paused' },
  cancelled: { sv: 'avbrutet', en: 'cancelled' },
  done: { sv: 'klart', en: 'done' },
  expired: { sv: 'inte bekräftat i tid', en: 'not confirmed in time' },
} as const satisfies Record<string, Text>;

/** A campaign's state as it is said: a preview with nobody who waits has nothing to confirm or cancel. */
export function campaignStateName(
  state: keyof typeof campaignStateNames,
  { waiting = 0 }: { waiting?: number },
): Text {
  return state === 'previewed' && waiting === 0
    ? { sv: 'ingen att skicka till', en: 'nobody to send to' }
    : campaignStateNames[state];
}

/** How an export stands. */
export const exportStateNames = {
  writing: { sv: 'pågår', en: 'under way' },
  done: { sv: 'klar', en: 'done' },
  failed: { sv: 'misslyckades', en: 'failed' },
  gone: { sv: 'klar, filen är borttagen', en: 'done, the file is gone' },
} as const satisfies Record<string, Text>;

const day = 24 * 60 * 60 * 1000;

/** I5: how long an import can be confirmed, in milliseconds; then its rows go. */
export const importPreviewLifetime = day;

/** How long somebody who asked how to import is expected to drop the file, in milliseconds. */
export const importAskedLifetime = 60 * 60 * 1000;

/** I8: how long what happened to every row of an import is kept, in milliseconds. */
export const rowLogLifetime = 90 * day;

/** How long a file that was exported can be had, in milliseconds. */
export const exportLifetime = day;

/** The largest exported file that is handed over in chat, in bytes; a larger one is downloaded from its page. */
export const largestInChat = 5 * 1024 * 1024;
