import type { WorkbookShape } from '../../../csv/types.ts';
import { speaker } from '../../../rules/language.ts';
import { formatNumber, list } from '../../../rules/say.ts';
import type { Reader } from '../../../services/messages.ts';

/** How many of a workbook's sheets are named. */
const mostNames = 5;

/** Which sheet of a workbook is read; what it is called is for the caller alone (A3). */
export function sheetText({ sheet }: WorkbookShape, { language, audience }: Reader): string {
  const say = speaker(language);
  if (audience !== 'caller') return say('Excel-arbetsbok.', 'Excel workbook.');
  return say(`Excel-arbetsbok, bladet ”${sheet}”.`, `Excel workbook, the sheet "${sheet}".`);
}

/** What else a workbook has, and what of its sheet is easily overlooked. */
export function sheetLines(id: number, shape: WorkbookShape, reader: Reader, isOne: boolean): string[] {
  return [...othersLine(id, shape, reader, isOne), ...overlookedLines(shape, reader)];
}

/** Of several workbooks, another sheet can't be chosen. */
function othersLine(
  id: number,
  { others, passed }: WorkbookShape,
  { language, audience }: Reader,
  isOne: boolean,
): string[] {
  if (others.length === 0) return [];
  const say = speaker(language);
  const n = formatNumber(others.length, language);
  if (audience !== 'caller')
    return [
      others.length === 1
        ? say('1 annat blad läses inte.', '1 other sheet is not read.')
        : say(`${n} andra blad läses inte.`, `${n} other sheets are not read.`),
    ];
  const shown = others.slice(0, mostNames).map(({ name }) => name);
  const more = others.length - shown.length;
  const names = list(more > 0 ? [...shown, say(`${more} till`, `${more} more`)] : shown, language);
  if (!isOne) return [say(`Blad som inte läses: ${names}.`, `Sheets not read: ${names}.`)];
  const why =
    passed === undefined
      ? ''
      : say(
          `Det första bladet, ”${passed}”, har inga rubriker som passar. `,
          `The first sheet, "${passed}", has no column names that fit. `,
        );
  return [
    `${why}${say(
      `Blad som inte läses: ${names}. Vill du läsa ett annat: \`/vc importera blad #${id} NAMN\`.`,
      `Sheets not read: ${names}. To read another one: \`/vc import sheet #${id} NAME\`.`,
    )}`,
  ];
}

function overlookedLines({ hiddenRows, merged }: WorkbookShape, { language }: Reader): string[] {
  const say = speaker(language);
  const rows = formatNumber(hiddenRows, language);
  return [
    ...(hiddenRows > 0
      ? [
          hiddenRows === 1
            ? say('1 dold eller bortfiltrerad rad läses också.', '1 hidden or filtered row is read too.')
            : say(
                `${rows} dolda eller bortfiltrerade rader läses också.`,
                `${rows} hidden or filtered rows are read too.`,
              ),
        ]
      : []),
    ...(merged > 0
      ? [
          say(
            'Bladet har sammanfogade celler: bara den första cellen i var och en har ett värde.',
            'The sheet has merged cells: only the first cell of each has a value.',
          ),
        ]
      : []),
  ];
}
