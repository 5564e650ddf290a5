import type { Button, Example, MessageView } from '../../core/view.ts';
import { refuse } from '../../errors.ts';
import { doneSentence } from '../../rules/import-words.ts';
import { type Language, speaker } from '../../rules/language.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { logButton, rejectedButton, sendButton, undoButton, undoneLine } from './parts/buttons.ts';
import { togetherLines } from './parts/files.ts';
import { deactivatedLine, missingButton, missingLine } from './parts/missing.ts';
import { joined, knownLines, type Rows, rowsOf, titleOf } from './parts/rows.ts';
import { caller, listing, now, place, previewed, together } from './parts/samples.ts';

/** I7: what was done. */
export function importDone(status: ImportStatus, reader: Reader, now: Date): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const rows = rowsOf(status, reader);
  return {
    kind: 'summary',
    tone: rows.told('rejected') > 0 ? 'plain' : 'good',
    title: titleOf(status, reader),
    text: rows.inPlace
      ? say('Klart: allt var redan på plats.', 'Done: everything was already in place.')
      : joined(
          rows.told(undefined) > 0
            ? `${say('Klart:', 'Done:')} ${doneSentence(rows.told)[language]}`
            : say('Klart.', 'Done.'),
          rows.correctRejected,
          rows.moreInLog,
        ),
    counts: rows.counts,
    lines: [
      ...undoneLine(status, language),
      ...rows.warnings,
      ...missingLine(status, reader),
      ...rows.empty,
      ...togetherLines(status, rows, reader),
      ...knownLines(status, reader, now),
    ],
    actions: [...doneButtons(status, rows, language), ...missingButton(status, reader)],
  };
}

function doneButtons(status: ImportStatus, rows: Rows, language: Language): Button[] {
  return [
    ...sendButton(status, language),
    ...rejectedButton(status, rows, language),
    ...logButton(status, rows, language),
    ...undoButton(status, language),
  ];
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
    counts: rows.counts,
    lines: undoneLine(status, language),
    actions: doneButtons(status, rows, language),
  };
}

/** Its file is one of several in another import: everything else is said there. */
function joinedNote(
  status: ImportStatus,
  { id, replaced }: { id: number; replaced: boolean },
  reader: Reader,
): MessageView {
  const say = speaker(reader.language);
  return {
    kind: 'note',
    tone: 'plain',
    text: replaced
      ? say(
          `${titleOf(status, reader)} har släppts igen, och den senaste filen gäller. Den ingår i import #${id}.`,
          `${titleOf(status, reader)} was dropped again, and the latest file applies. It is part of import #${id}.`,
        )
      : say(
          `${titleOf(status, reader)} ingår i import #${id} tillsammans med andra avdelningars filer.`,
          `${titleOf(status, reader)} is part of import #${id} together with the files of other departments.`,
        ),
  };
}

/** Cancelled, not confirmed in time, or part of another. */
export function importEnded(status: ImportStatus, reader: Reader): MessageView {
  if (status.joined) return joinedNote(status, status.joined, reader);
  const say = speaker(reader.language);
  const several = status.files.length > 1;
  return {
    kind: 'note',
    tone: 'plain',
    title: titleOf(status, reader),
    text:
      status.state === 'expired'
        ? say(
            `Importen bekräftades inte inom ett dygn, så inget är sparat. Släpp ${several ? 'filerna' : 'filen'} igen.`,
            `The import was not confirmed within a day, so nothing is saved. Drop the ${several ? 'files' : 'file'} again.`,
          )
        : say('Importen är avbruten. Inget är sparat.', 'The import is cancelled. Nothing is saved.'),
    lines: deactivatedLine(status, reader),
  };
}

const done: ImportStatus = { ...previewed, state: 'done', examples: [], saved: true, undoable: true };
const deactivated = { users: 0, shielded: 0, connected: 0, deactivated: { users: 14, shielded: 1 } };

export const examples: Record<string, Example> = {
  done: (language) => importDone(done, caller(language), now),
  'done in a channel': (language) => importDone(done, place(language), now),
  'done, and undone': (language) =>
    importDone({ ...done, undoable: false, undoneBy: 46 }, caller(language), now),
  'done, everything in place': (language) =>
    importDone({ ...done, saved: false, undoable: false, counts: { n: 1 } }, caller(language), now),
  'done, and others are missing': (language) =>
    importDone({ ...listing, state: 'done' }, caller(language), now),
  'done, and who was missing is deactivated': (language) =>
    importDone({ ...listing, state: 'done', missing: deactivated }, caller(language), now),
  'done, and who was missing is deactivated, in a channel': (language) =>
    importDone({ ...listing, state: 'done', missing: deactivated }, place(language), now),
  'broken off': (language) =>
    importFailed(
      {
        ...previewed,
        state: 'failed',
        confirmed: true,
        applied: 500,
        counts: { u: 498, d: 2 },
        fault: refuse('import_broke_off', { anyApplied: true, origin: 'file' }).text,
        saved: true,
      },
      caller(language),
    ),
  'file that cannot be read': (language) =>
    importFailed(
      { ...previewed, state: 'failed', fault: refuse('file_cut', { row: 17 }).text },
      caller(language),
    ),
  cancelled: (language) => importEnded({ ...previewed, state: 'cancelled' }, caller(language)),
  'not confirmed in time, and who was missing is deactivated': (language) =>
    importEnded({ ...listing, state: 'expired', missing: deactivated }, caller(language)),
  'part of another': (language) =>
    importEnded({ ...previewed, state: 'joined', joined: { id: 43, replaced: false } }, caller(language)),
  'part of another, in a channel': (language) =>
    importEnded({ ...previewed, state: 'joined', joined: { id: 43, replaced: false } }, place(language)),
  'whose file was dropped again': (language) =>
    importEnded({ ...previewed, state: 'joined', joined: { id: 43, replaced: true } }, caller(language)),
  'of several files, done': (language) =>
    importDone(
      { ...together, state: 'done', examples: [], saved: true, undoable: true },
      caller(language),
      now,
    ),
  'not confirmed in time': (language) => importEnded({ ...previewed, state: 'expired' }, place(language)),
};
