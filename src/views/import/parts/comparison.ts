import { type Differing, differenceText } from '../../../rules/comparison.ts';
import { placesIn } from '../../../rules/import-files.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { namesUncertain } from '../../../rules/missing.ts';
import { maskPersonalNumber } from '../../../rules/personal-number.ts';
import { formatNumber, list, plural } from '../../../rules/say.ts';
import type { GoneUser } from '../../../services/imports/comparison.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';

/** Which export the file came from, and how much of it: nothing more where all of that agrees. A place is told no more than which (U8). */
export function comparedLine({ comparison, files, protected: all }: ImportStatus, reader: Reader): string[] {
  if (!comparison) return [];
  const { exportId, exported, found } = comparison;
  const { language, audience } = reader;
  const say = speaker(language);
  const from =
    files.length > 1
      ? say(`Filerna kommer från export #${exportId}`, `The files come from export #${exportId}`)
      : say(`Filen kommer från export #${exportId}`, `The file comes from export #${exportId}`);
  if (audience !== 'caller') return [`${from}.`];
  const number = (rows: Differing) => formatNumber(countOf(rows, all), language);
  return [
    say(
      `${from}: ${number(found)} av ${number(exported)} rader.`,
      `${from}: ${number(found)} of ${number(exported)} rows.`,
    ),
  ];
}

/** How the file differs from the export, with some rows to whoever dropped it alone (A3). */
export function differingLines(status: ImportStatus, reader: Reader): string[] {
  const { comparison, goneUsers, file, files, protected: all } = status;
  if (!comparison) return [];
  const { language, audience } = reader;
  const isCaller = audience === 'caller';
  const count = (rows: Differing) => countOf(rows, all && isCaller);
  const rows = comparison.rows.flatMap(({ kind, examples, ...differing }) => {
    const n = count(differing);
    return n > 0 ? [differenceText(kind, n, isCaller ? examples.map(placesIn(files)) : [], language)] : [];
  });
  // Rejected rows are meant to be only some of them.
  const gone = file?.header.rejected ? 0 : count(comparison.gone);
  if (gone === 0) return rows;
  const perhaps = namesUncertain(status.counts);
  const isMore = goneUsers.length < (comparison.gone.users?.length ?? 0) || gone > comparison.gone.open;
  const isNamed = isCaller && !perhaps && goneUsers.length > 0;
  const who = isNamed ? ` ${goneNames(gone, goneUsers, isMore, language)}` : '';
  return [...rows, `${goneText(gone, files.length > 1, perhaps, language)}${who}`];
}

/** `perhaps`: some of them may be on the rows of which it cannot be read whom they are about. */
function goneText(n: number, several: boolean, perhaps: boolean, language: Language): string {
  const count = formatNumber(n, language);
  const say = speaker(language);
  const [files, theFiles] = several ? ['filerna', 'the files'] : ['filen', 'the file'];
  const unless = perhaps
    ? say(
        `, om ${plural(n, 'den', 'de')} inte är bland dem som inte gick att läsa`,
        ', unless among those that could not be read',
      )
    : '';
  return say(
    `${count} ${plural(n, 'rad', 'rader')} i exporten finns inte i ${files}${unless}.`,
    `${count} ${plural(n, 'row', 'rows')} of the export ${plural(n, 'is', 'are')} not in ${theFiles}${unless}.`,
  );
}

/** "Det gäller Anna Svensson (14) och Björn Berg (15).", or "Det gäller bland andra …" where there are perhaps more. */
function goneNames(rows: number, users: readonly GoneUser[], isMore: boolean, language: Language): string {
  const names = users.map(({ name, userId }) => `${name} (${maskPersonalNumber(userId)})`);
  const who = list(names, language);
  return isMore
    ? speaker(language)(
        `Det gäller bland andra ${who}.`,
        `${who} ${plural(users.length, 'is', 'are')} among them.`,
      )
    : speaker(language)(`Det gäller ${who}.`, `${plural(rows, 'It is', 'They are')} about ${who}.`);
}

const countOf = ({ open, shielded }: Differing, all: boolean): number => (all ? open + shielded : open);
