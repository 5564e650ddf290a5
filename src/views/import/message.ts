import type { Example, MessageView } from '../../core/view.ts';
import { speaker } from '../../rules/language.ts';
import { formatNumber } from '../../rules/say.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { fillMessage } from './fill.ts';
import { importDone, importEnded, importFailed } from './outcome.ts';
import { cancelButton } from './parts/buttons.ts';
import { titleOf } from './parts/rows.ts';
import { caller, place, previewed } from './parts/samples.ts';
import { importPreview } from './preview.ts';
import { undoMessage } from './undo.ts';

/** The one message about an import, mostly of a dropped file: reading, preview, progress, or what was done. A place gets counts alone (A3). */
export function importMessage(status: ImportStatus, reader: Reader, now = new Date()): MessageView {
  if (status.origin === 'fill') return fillMessage(status, reader);
  if (status.origin === 'undo') return undoMessage(status, reader);
  switch (status.state) {
    case 'reading':
      return reading(status, reader);
    case 'previewed':
      return importPreview(status, reader, now);
    case 'applying':
      return progress(status, reader);
    case 'done':
      return importDone(status, reader, now);
    case 'failed':
      return importFailed(status, reader);
    default:
      return importEnded(status, reader);
  }
}

function reading(status: ImportStatus, reader: Reader): MessageView {
  const { id, rowCount, staged } = status;
  const { language, audience } = reader;
  const say = speaker(language);
  const rows = formatNumber(rowCount, language);
  const known = rowCount > 0 && audience === 'caller';
  return {
    kind: 'progress',
    title: titleOf(status, reader),
    text: staged
      ? say('Filen är läst och jämförs med registret.', 'The file is read and compared with the register.')
      : known
        ? say(`Filen läses: ${rows} rader hittills.`, `The file is being read: ${rows} rows so far.`)
        : say('Filen läses.', 'The file is being read.'),
    done: 0,
    total: 0,
    actions: [cancelButton(id, language)],
  };
}

function progress(status: ImportStatus, reader: Reader): MessageView {
  const { applied, rowCount } = status;
  const say = speaker(reader.language);
  const percent = rowCount > 0 ? Math.floor((100 * applied) / rowCount) : 0;
  return {
    kind: 'progress',
    title: titleOf(status, reader, 'Import', say(' pågår', ' is under way')),
    text: say('Raderna sparas i registret.', 'The rows are being saved in the register.'),
    done: percent,
    total: 100,
  };
}

const reads: ImportStatus = { ...previewed, state: 'reading' };

export const examples: Record<string, Example> = {
  'file being read': (language) =>
    importMessage({ ...reads, staged: false, rowCount: 40_000 }, caller(language)),
  'file being compared': (language) => importMessage(reads, place(language)),
  'under way': (language) =>
    importMessage({ ...previewed, state: 'applying', applied: 520 }, caller(language)),
};
