import type { MessageView } from '../../core/view.ts';
import { refuse } from '../../errors.ts';
import { doneSentence } from '../../rules/import-words.ts';
import { speaker } from '../../rules/language.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { logButton, sendButton } from './parts/buttons.ts';
import {
  correctRejected,
  countsOf,
  emptyRowsLine,
  isInPlace,
  joined,
  knownLines,
  moreInLog,
  rowsOf,
  titleOf,
  warningsOf,
} from './parts/rows.ts';
import { caller, now, place, previewed } from './parts/samples.ts';

/** I7: what was done. */
export function importDone(status: ImportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  const rejected = rows.told('rejected');
  return {
    kind: 'summary',
    tone: rejected > 0 ? 'plain' : 'good',
    title: titleOf(status, reader),
    text: isInPlace(rows.all)
      ? say('Klart: allt var redan på plats.', 'Done: everything was already in place.')
      : joined(
          rows.told(undefined) > 0
            ? `${say('Klart:', 'Done:')} ${doneSentence(rows.told)[language]}`
            : say('Klart.', 'Done.'),
          correctRejected(rows, say),
          moreInLog(rows, say),
        ),
    counts: countsOf(status, rows.told, language),
    lines: [
      ...warningsOf(status, reader),
      ...(rejected > 0
        ? [
            say(
              'I loggen hämtar du de avvisade raderna som en egen fil.',
              'The log hands you the rejected rows as a file of their own.',
            ),
          ]
        : []),
      ...emptyRowsLine(status, language),
      ...knownLines(status, reader, now),
    ],
    actions: [...sendButton(status, language), ...logButton(status, rows, language)],
  };
}

/** Why the file could not be read; or why applying broke off, and how far it came. */
export function importFailed(status: ImportStatus, reader: Reader): MessageView {
  const { language } = reader;
  const title = titleOf(status, reader);
  const text = status.fault?.[language] ?? '';
  if (!status.confirmed) return { kind: 'note', tone: 'fault', title, text };
  const rows = rowsOf(status, reader);
  return {
    kind: 'summary',
    tone: 'fault',
    title,
    text,
    counts: countsOf(status, rows.told, language),
    actions: [...sendButton(status, language), ...logButton(status, rows, language)],
  };
}

/** Cancelled, or not confirmed in time. */
export function importEnded(status: ImportStatus, reader: Reader): MessageView {
  const say = speaker(reader.language);
  return {
    kind: 'note',
    tone: 'plain',
    title: titleOf(status, reader),
    text:
      status.state === 'expired'
        ? say(
            'Importen bekräftades inte inom ett dygn, så inget är sparat. Släpp filen igen.',
            'The import was not confirmed within a day, so nothing is saved. Drop the file again.',
          )
        : say('Importen är avbruten. Inget är sparat.', 'The import is cancelled. Nothing is saved.'),
  };
}

const done: ImportStatus = { ...previewed, state: 'done', saved: true };

export const examples: Record<string, MessageView> = {
  done: importDone(done, caller, now),
  'done in a channel': importDone(done, place, now),
  'done, everything in place': importDone({ ...done, saved: false, counts: { n: 1 } }, caller, now),
  'broken off': importFailed(
    {
      ...previewed,
      state: 'failed',
      confirmed: true,
      applied: 500,
      counts: { u: 498, d: 2 },
      fault: refuse('import_broke_off', { anyApplied: true }).text,
      saved: true,
    },
    caller,
  ),
  'file that cannot be read': importFailed(
    { ...previewed, state: 'failed', fault: refuse('file_cut', { row: 17 }).text },
    caller,
  ),
  cancelled: importEnded({ ...previewed, state: 'cancelled' }, caller),
  'not confirmed in time': importEnded({ ...previewed, state: 'expired' }, place),
};
