import { describeFilter, describeForPlace } from '../../rules/filter.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { exportStateNames } from '../../rules/run.ts';
import { formatNumber, formatTime } from '../../rules/say.ts';
import { formatSize } from '../../rules/size.ts';
import type { ExportStatus } from '../../services/exports/index.ts';
import { page, type Site } from '../layout.tsx';

/**
 * An export as a page, with its file while it can be had. `named`: the reader may know of protected identities, which the
 * filter may name (U8).
 */
export function exportPage(
  status: ExportStatus,
  fileHref: string,
  named: boolean,
  site: Site,
  language: Language,
  now: Date,
): string {
  const say = speaker(language);
  const title = `Export #${status.id}: ${status.fileName}`;
  const filter = (named ? describeFilter : describeForPlace)(status.filter, language);
  const time = formatTime(status.createdAt, language, now);
  return page({
    site,
    language,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p>
          {say(
            `Gjordes ${time} av ${status.by}. Mall: ${status.template.name.sv}. Urval: ${filter}`,
            `Made on ${time} by ${status.by}. Template: ${status.template.name.en}. Filter: ${filter}`,
          )}
        </p>
        <p>{stateLine(status, language)}</p>
        {status.until !== undefined && status.until > now && (
          <>
            <p>
              <a href={fileHref} class="button primary" download>
                {say('Ladda ner filen', 'Download the file')}
              </a>
            </p>
            <p class="quiet">
              {say(
                `Filen finns kvar till ${formatTime(status.until, language, now)}.`,
                `The file is there until ${formatTime(status.until, language, now)}.`,
              )}
            </p>
          </>
        )}
      </>
    ),
  });
}

function stateLine({ state, written, rows, size }: ExportStatus, language: Language): string {
  const say = speaker(language);
  const name = exportStateNames[state][language];
  if (state === 'writing' || state === 'failed') return `${say('Läge', 'State')}: ${name}.`;
  const [users, lines] = [formatNumber(written.users, language), formatNumber(rows, language)];
  return say(
    `Läge: ${name}. Användare: ${users}. Rader: ${lines}. Storlek: ${formatSize(size, language)}.`,
    `State: ${name}. Users: ${users}. Rows: ${lines}. Size: ${formatSize(size, language)}.`,
  );
}
