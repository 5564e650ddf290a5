import type { Button } from '../../../core/view.ts';
import { type Say, speaker } from '../../../rules/language.ts';
import { hasTakenEffect, namesUncertain } from '../../../rules/missing.ts';
import { formatNumber, plural } from '../../../rules/say.ts';
import type { ImportStatus, Missing } from '../../../services/imports/index.ts';
import type { Reader } from '../../../services/messages.ts';
import { deactivatedSentence, showButton } from '../missing.ts';

/** How many the reader is told of: a place, of nobody with protected identity (U8). */
function told({ users, shielded }: Missing['deactivated'], { audience }: Reader): number {
  return audience === 'place' ? users - shielded : users;
}

/** How many the list has deactivated. */
export function deactivatedLine({ missing }: ImportStatus, reader: Reader): string[] {
  const count = told(missing.deactivated, reader);
  return count > 0 ? [deactivatedSentence(count, reader.language)] : [];
}

/** Whom a file that lists everybody does not name: they stay as they are, until that is asked for by itself. */
export function missingLine(status: ImportStatus, reader: Reader): string[] {
  return [...deactivatedLine(status, reader), ...stillMissingLine(status, reader)];
}

function stillMissingLine(status: ImportStatus, reader: Reader): string[] {
  const { language } = reader;
  const say = speaker(language);
  const count = told(status.missing, reader);
  if (count === 0) return [];
  if (status.template?.does !== 'create') return status.state === 'previewed' ? [perhapsAll(say)] : [];
  const n = formatNumber(count, language);
  const who = say(
    `${n} ${plural(count, 'aktiv', 'aktiva')} användare i filens företag saknas i filen`,
    `${n} active ${plural(count, 'user', 'users')} of the companies in the file ${plural(count, 'is', 'are')} missing from it`,
  );
  if (namesUncertain(status.counts))
    return [
      say(
        `${who}, om de inte finns på de rader som inte gick att läsa. Rätta raderna och släpp hela filen igen för att få veta.`,
        `${who}, unless they are on the rows that could not be read. Correct the rows and drop the whole file again to know.`,
      ),
    ];
  return [
    hasTakenEffect(status.state, status.counts)
      ? say(
          `${who}. Har de slutat kan du inaktivera dem.`,
          `${who}. If they have left, you can deactivate them.`,
        )
      : say(
          `${who}. Importen ändrar dem inte. När den är klar kan du inaktivera dem som har slutat.`,
          `${who}. The import does not change them. Once it is done you can deactivate those who have left.`,
        ),
  ];
}

/** The HR system's export may bring addresses too, and is then read for those alone. */
const perhapsAll = (say: Say) =>
  say(
    'Är det hela listan från HR-systemet? Läs den som Anställda, så ser du vilka som är nya, har flyttat eller saknas.',
    'Is it the whole list from the HR system? Read it as Employees to see who is new, has moved or is missing.',
  );

/** Where there is somebody whom the reader may know of, and it is known for certain. */
export function missingButton(status: ImportStatus, reader: Reader): Button[] {
  const { id, template, missing, counts } = status;
  const count = told(missing, reader);
  if (template?.does !== 'create' || namesUncertain(counts)) return [];
  if (count + told(missing.deactivated, reader) === 0) return [];
  return [showButton(id, reader.language, count === 0)];
}

/** How many rows move somebody to another department or office. */
export function movedLine(
  { counts, protected: protectedToo }: ImportStatus,
  { language, audience }: Reader,
): string[] {
  const hidden = protectedToo && audience === 'caller' ? (counts.MOVED ?? 0) : 0;
  const count = (counts.moved ?? 0) + hidden;
  if (count === 0) return [];
  const n = formatNumber(count, language);
  return [
    speaker(language)(
      `${n} ${plural(count, 'rad flyttar någon', 'rader flyttar någon')} till en annan avdelning eller ett annat kontor. Loggen visar ${plural(count, 'vem', 'vilka')}.`,
      `${n} ${plural(count, 'row moves', 'rows move')} somebody to another department or office. The log shows who.`,
    ),
  ];
}
