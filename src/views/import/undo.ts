import type { Example, MessageView } from '../../core/view.ts';
import { droppedText } from '../../rules/import-files.ts';
import { putBackSentence, undoneSentence } from '../../rules/import-words.ts';
import { type Language, type Say, speaker } from '../../rules/language.ts';
import { importName } from '../../rules/run.ts';
import { formatNumber } from '../../rules/say.ts';
import { countOf } from '../../rules/verdict.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { sendButton, undoButton, undoneLine } from './parts/buttons.ts';
import { type Rows, toldOf } from './parts/rows.ts';
import { caller, place, previewed } from './parts/samples.ts';
import { type StoredWords, storedMessage } from './parts/stored.ts';

/** The one message about an undo. */
export const undoMessage = (status: ImportStatus, reader: Reader): MessageView =>
  storedMessage(status, reader, undoWords);

function undoWords(status: ImportStatus, reader: Reader, rows: Rows): StoredWords {
  const say = speaker(reader.language);
  const known = rows.told(undefined) > 0;
  const removed = toldOf(status, reader, 'removed');
  return {
    looking: say(
      'Det som importen sparade jämförs med registret.',
      'What the import saved is compared with the register.',
    ),
    planned: known && putBackSentence(rows.told, removed)[reader.language],
    nothing: say('Det finns ingen adress att sätta tillbaka.', 'There is no address to put back.'),
    saving: say('Adresserna sätts tillbaka.', 'The addresses are being put back.'),
    done: known && undoneSentence(rows.told, removed)[reader.language],
    late: say(
      'Återställningen bekräftades inte inom ett dygn. Skriv `/vc importera ångra` igen.',
      'The undo was not confirmed within a day. Write `/vc import undo` again.',
    ),
    cancelled: say('Återställningen är avbruten.', 'The undo is cancelled.'),
    lines: [
      ...undoneLine(status, reader.language),
      ...whichLine(status, reader),
      ...whatStays(status, reader, say),
      ...(rows.told('updated') > removed
        ? [
            say(
              'Adresser som sätts tillbaka behöver verifieras på nytt.',
              'Addresses that are put back have to be verified again.',
            ),
          ]
        : []),
    ],
    warnings: linksLine(status, reader),
    actions: [...sendButton(status, reader.language), ...undoButton(status, reader.language)],
  };
}

/** Which import it is; its file's name is for the caller alone (A3). */
function whichLine({ undone }: ImportStatus, { language, audience }: Reader): string[] {
  if (undone?.origin !== 'file' || audience !== 'caller') return [];
  return [`${importName(undone)[language]}: ${droppedText(undone.fileName, undone.files, language)}`];
}

/** Only addresses go back: what else the import did is told, and who decides on it. */
function whatStays(
  { undone, protected: all }: ImportStatus,
  { language, audience }: Reader,
  say: Say,
): string[] {
  if (!undone?.whole) return [];
  const created = countOf(undone.counts, 'created', all && audience === 'caller');
  return [
    say(
      'Bara adresser sätts tillbaka. Namn, anställningar och annat som importen ändrade ligger kvar.',
      'Only addresses are put back. Names, employments and whatever else the import changed remain.',
    ),
    ...(created > 0 ? [createdLine(created, language)] : []),
  ];
}

function createdLine(created: number, language: Language): string {
  const n = formatNumber(created, language);
  return speaker(language)(
    created === 1
      ? 'Användaren som importen skapade finns kvar. En adress som ingen har verifierat tas bort.'
      : `De ${n} användare som importen skapade finns kvar. Adresser som ingen har verifierat tas bort.`,
    created === 1
      ? 'The user whom the import created remains. An address that nobody has verified is removed.'
      : `The ${n} users whom the import created remain. Addresses that nobody has verified are removed.`,
  );
}

/** U5. */
function linksLine(status: ImportStatus, reader: Reader): string[] {
  const n = toldOf(status, reader, 'link_ends');
  if (n === 0) return [];
  const number = formatNumber(n, reader.language);
  return [
    speaker(reader.language)(
      n === 1
        ? 'En person har ett verifieringsmejl som väntar på svar. Länken i det slutar gälla.'
        : `${number} personer har ett verifieringsmejl som väntar på svar. Länkarna slutar gälla.`,
      n === 1
        ? 'One person has a verification email that waits for an answer. The link in it stops working.'
        : `${number} people have a verification email that waits for an answer. The links stop working.`,
    ),
  ];
}

const undo: ImportStatus = {
  ...previewed,
  id: 46,
  origin: 'undo',
  examples: [],
  others: [],
  emptyRows: 0,
  rowCount: 1150,
  counts: { u: 1100, U: 1, n: 1, g: 20, b: 24, d: 1, y: 3, removed: 1050, link_ends: 12 },
  undone: {
    id: 42,
    origin: 'file',
    fileName: 'adresser.csv',
    files: 0,
    whole: false,
    counts: { u: 1149, U: 1 },
  },
};
const whole: ImportStatus = {
  ...undo,
  undone: {
    id: 42,
    origin: 'file',
    fileName: 'anställda.csv',
    files: 0,
    whole: true,
    counts: { c: 1000, u: 150 },
  },
};

export const examples: Record<string, Example> = {
  'undo being looked at': (language) => undoMessage({ ...undo, state: 'reading' }, caller(language)),
  'preview of an undo': (language) => undoMessage(undo, caller(language)),
  'preview of an undo, in a channel': (language) => undoMessage(whole, place(language)),
  'preview of an undo of an import that created users': (language) => undoMessage(whole, caller(language)),
  'undo with nothing to put back': (language) =>
    undoMessage({ ...undo, counts: { b: 24, g: 2 } }, caller(language)),
  'undo under way': (language) => undoMessage({ ...undo, state: 'applying', applied: 520 }, caller(language)),
  'undo done': (language) =>
    undoMessage({ ...undo, state: 'done', confirmed: true, saved: true, undoable: true }, caller(language)),
  'undo done, and undone': (language) =>
    undoMessage({ ...undo, state: 'done', confirmed: true, saved: true, undoneBy: 47 }, caller(language)),
  'undo cancelled': (language) => undoMessage({ ...undo, state: 'cancelled' }, caller(language)),
};
