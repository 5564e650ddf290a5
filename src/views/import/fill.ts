import type { Button, Example, MessageView, NoteView } from '../../core/view.ts';
import { describeFilter, describeForPlace, parseFilter } from '../../rules/filter.ts';
import { filledSentence, fillSentence } from '../../rules/import-words.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { tokenize } from '../../rules/line.ts';
import type { ImportStatus } from '../../services/imports/index.ts';
import type { Reader } from '../../services/messages.ts';
import { rejectedButton, sendButton, undoButton, undoneLine } from './parts/buttons.ts';
import type { Rows } from './parts/rows.ts';
import { caller, place, previewed } from './parts/samples.ts';
import { type StoredWords, storedMessage } from './parts/stored.ts';

/** The one message about a fill. */
export const fillMessage = (status: ImportStatus, reader: Reader): MessageView =>
  storedMessage(status, reader, fillWords);

/** Said where nobody is meant. */
export function nobodyToFill(language: Language): NoteView<Button> {
  return {
    kind: 'note',
    tone: 'plain',
    text: speaker(language)(
      'Ingen användare matchar filtret, så det finns inget att fylla i.',
      'No user matches the filter, so there is nothing to fill in.',
    ),
  };
}

function fillWords(status: ImportStatus, { language, audience }: Reader, rows: Rows): StoredWords {
  const say = speaker(language);
  const { filter } = status;
  const describe = audience === 'caller' && status.protected ? describeFilter : describeForPlace;
  const known = rows.told(undefined) > 0;
  return {
    looking: say(
      'Användarnas e-postadresser jämförs med registret.',
      "The users' email addresses are compared with the register.",
    ),
    planned: known && fillSentence(rows.told)[language],
    nothing: say('Det finns inget att fylla i.', 'There is nothing to fill in.'),
    saving: say('Adresserna sparas i registret.', 'The addresses are being saved in the register.'),
    done: known && filledSentence(rows.told)[language],
    late: say(
      'Ifyllningen bekräftades inte inom ett dygn. Skriv `/vc fyll` igen.',
      'The fill was not confirmed within a day. Write `/vc fill` again.',
    ),
    cancelled: say('Ifyllningen är avbruten.', 'The fill is cancelled.'),
    lines: [
      ...undoneLine(status, language),
      ...(filter ? [say(`Urval: ${describe(filter, 'sv')}`, `Filter: ${describe(filter, 'en')}`)] : []),
      ...(status.confirmed && rows.told('rejected') > 0
        ? [
            say(
              'De avvisade raderna går att hämta som fil: fyll i rätt adress och släpp filen här.',
              'You can get the rejected rows as a file: fill in the right address and drop the file here.',
            ),
          ]
        : []),
    ],
    warnings: [],
    actions: [
      ...sendButton(status, language),
      ...rejectedButton(status, rows, language),
      ...undoButton(status, language),
    ],
  };
}

const fill: ImportStatus = {
  ...previewed,
  origin: 'fill',
  examples: [],
  filter: parseFilter(tokenize('department:"Ekonomi & Lön" user:14')),
  others: [],
  emptyRows: 0,
  rowCount: 1204,
  counts: { u: 1149, U: 1, h: 30, z: 7, v: 3, a: 4, d: 3, s: 6, y: 1 },
};

export const examples: Record<string, Example> = {
  'nobody to fill in': nobodyToFill,
  'fill being looked at': (language) => fillMessage({ ...fill, state: 'reading' }, caller(language)),
  'preview of a fill': (language) => fillMessage(fill, caller(language)),
  'preview of a fill, in a channel': (language) => fillMessage(fill, place(language)),
  'fill with nothing to do': (language) =>
    fillMessage({ ...fill, counts: { h: 30, s: 2 } }, caller(language)),
  'fill under way': (language) => fillMessage({ ...fill, state: 'applying', applied: 520 }, caller(language)),
  'fill done': (language) =>
    fillMessage({ ...fill, state: 'done', confirmed: true, saved: true, undoable: true }, caller(language)),
  'fill cancelled': (language) => fillMessage({ ...fill, state: 'cancelled' }, caller(language)),
  'fill not confirmed in time': (language) => fillMessage({ ...fill, state: 'expired' }, place(language)),
};
