import type { Button, MessageView } from '../../../core/view.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { importName } from '../../../rules/run.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import { cancelButton, confirmButton, logButton } from './buttons.ts';
import { joined, type Rows, rowsOf } from './rows.ts';

/** What is said, in the reader's words, of an import whose rows come from the store. */
export interface StoredWords {
  looking: string;
  /** While nothing is saved, what would be; and where that is nothing. */
  planned: string | false;
  nothing: string;
  saving: string;
  /** What was done; '' where the reader may be told of nobody (U8). */
  done: string | false;
  late: string;
  cancelled: string;
  /** Whom it is about, and what else is worth knowing before it is confirmed. */
  lines: string[];
  warnings: string[];
  /** What can be done once it is over. */
  actions: Button[];
}

/** The one message about what does not come from a file: a look at the store, preview, progress, or what was done. A place gets counts alone (A3). */
export function storedMessage(
  status: ImportStatus,
  reader: Reader,
  wordsOf: (status: ImportStatus, reader: Reader, rows: Rows) => StoredWords,
): MessageView {
  const { language } = reader;
  const rows = rowsOf(status, reader);
  const words = wordsOf(status, reader, rows);
  const name = nameOf(status, language);
  const say = speaker(language);
  switch (status.state) {
    case 'reading':
      return {
        kind: 'progress',
        title: name,
        text: words.looking,
        done: 0,
        total: 0,
        actions: [cancelButton(status.id, language)],
      };
    case 'previewed':
      return preview(status, rows, words, language);
    case 'applying':
      return progress(status, words, language);
    case 'done':
    case 'failed':
      return over(status, rows, words, language);
    default:
      return {
        kind: 'note',
        tone: 'plain',
        title: name,
        text: status.state === 'expired' ? words.late : words.cancelled,
        lines: [say('Inget är sparat.', 'Nothing is saved.')],
      };
  }
}

function preview(status: ImportStatus, rows: Rows, words: StoredWords, language: Language): MessageView {
  const say = speaker(language);
  const name = nameOf(status, language);
  const title = say(`${name}: förhandsvisning`, `${name}: preview`);
  const { counts } = rows;
  const { lines, warnings, actions } = words;
  if (rows.all('updated') === 0)
    return {
      kind: 'summary',
      tone: 'plain',
      title,
      text: joined(words.nothing, rows.moreInLog),
      counts,
      lines,
      actions: [...actions, ...logButton(status, rows, language)],
    };
  return {
    kind: 'confirm',
    title,
    text: joined(say('Inget är sparat ännu.', 'Nothing is saved yet.'), words.planned, rows.moreInLog),
    counts,
    warnings,
    lines,
    actions: [
      confirmButton(status, rows, language),
      cancelButton(status.id, language),
      ...logButton(status, rows, language),
    ],
  };
}

function progress(status: ImportStatus, { saving }: StoredWords, language: Language): MessageView {
  const { applied, rowCount } = status;
  const name = nameOf(status, language);
  return {
    kind: 'progress',
    title: speaker(language)(`${name} pågår`, `${name} is under way`),
    text: saving,
    done: rowCount > 0 ? Math.floor((100 * applied) / rowCount) : 0,
    total: 100,
  };
}

function over(status: ImportStatus, rows: Rows, words: StoredWords, language: Language): MessageView {
  const failed = status.state === 'failed';
  const title = nameOf(status, language);
  const fault = status.fault?.[language] ?? '';
  if (failed && !status.confirmed) return { kind: 'note', tone: 'fault', title, text: fault };
  const say = speaker(language);
  return {
    kind: 'summary',
    tone: failed ? 'fault' : rows.told('rejected') > 0 ? 'plain' : 'good',
    title,
    text: failed
      ? fault
      : joined(
          words.done ? `${say('Klart:', 'Done:')} ${words.done}` : say('Klart.', 'Done.'),
          rows.moreInLog,
        ),
    counts: rows.counts,
    lines: words.lines,
    actions: [...words.actions, ...logButton(status, rows, language)],
  };
}

const nameOf = ({ id, origin, undone }: ImportStatus, language: Language): string =>
  importName({ id, origin, undoes: undone?.id ?? null })[language];
