import { fileColumn } from '../../rules/fields.ts';
import { placeText, type RowPlace } from '../../rules/import-files.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { formatNumber, plural } from '../../rules/say.ts';
import { page, type Site } from '../layout.tsx';
import { hrefOf, type PageQuery } from './query.ts';

/** How a row's outcome is meant. */
export type Tone = 'good' | 'fault' | 'quiet';

/** One kind of outcome that rows can be shown by; `value` undefined: all. */
export interface Choice {
  label: string;
  count: number;
  value: string | undefined;
}

/** One row of a log: its number, its outcome with whatever is to be said of it, and what it said. */
export interface Row {
  number: number;
  /** Where it stands, if its number alone does not say. */
  place?: RowPlace;
  tone: Tone;
  outcome: string;
  notes: readonly string[];
  cells: readonly string[];
}

/** One page of a log, whichever it is of. */
export interface LogSheet {
  title: string;
  /** When, by whom, of what; how it stands. */
  facts: readonly string[];
  warning?: string | undefined;
  choices: readonly Choice[];
  /** What the chosen outcome can be narrowed to. */
  narrower: readonly Choice[];
  /** What is said of some rows besides, that they can be shown by; the values are those of `about`. */
  looks?: readonly Choice[];
  /** What each cell of a row is. */
  columns: readonly string[];
  rows: readonly Row[];
  /** The names of the files that the rows are from, where there are several. */
  files?: readonly string[];
  /** How many rows are chosen, where that is known. */
  found: number | undefined;
  previous: number | undefined;
  next: number | undefined;
  download?: { label: string; href: string } | undefined;
}

interface Shown {
  sheet: LogSheet;
  query: PageQuery;
  language: Language;
}

/** A log page as HTML. */
export function logPage(sheet: LogSheet, query: PageQuery, site: Site, language: Language): string {
  const shown: Shown = { sheet, query, language };
  return page({
    site,
    language,
    title: sheet.title,
    wide: true,
    children: (
      <>
        <h1>{sheet.title}</h1>
        {sheet.facts.map((fact) => (
          <p>{fact}</p>
        ))}
        {sheet.warning !== undefined && <p class="fault">{sheet.warning}</p>}
        <Choices {...shown} />
        <Search {...shown} />
        <Found {...shown} />
        {sheet.rows.length > 0 && <Rows {...shown} />}
        <Pages {...shown} />
      </>
    ),
  });
}

function Choices({ sheet: { choices, narrower, looks = [], download }, query, language }: Shown) {
  const say = speaker(language);
  const { outcome, about, search } = query;
  const link = ({ label, count }: Choice, asks: Pick<PageQuery, 'outcome' | 'about'>) => (
    <li>
      <a
        href={hrefOf({ ...asks, search })}
        aria-current={asks.outcome === outcome && asks.about === about ? 'true' : undefined}
      >
        {label} <b>{formatNumber(count, language)}</b>
      </a>
    </li>
  );
  const byOutcome = (choice: Choice) => link(choice, { outcome: choice.value });
  return (
    <nav aria-label={say('Utfall', 'Outcomes')}>
      <ul class="choices">{choices.map(byOutcome)}</ul>
      {narrower.length > 0 && <ul class="choices narrower">{narrower.map(byOutcome)}</ul>}
      {looks.length > 0 && (
        <>
          <p class="quiet looks" id="looks">
            {say('Värt att titta på', 'Worth a look')}
          </p>
          <ul class="choices narrower" aria-labelledby="looks">
            {looks.map((choice) => link(choice, { about: choice.value }))}
          </ul>
        </>
      )}
      {download && (
        <p>
          <a href={download.href} download>
            {download.label}
          </a>
        </p>
      )}
    </nav>
  );
}

/** One form for both: what is typed into either asks for a page of the outcome that is shown. */
function Search({ sheet: { files = [] }, query: { outcome, about, search, file: chosen }, language }: Shown) {
  const say = speaker(language);
  return (
    <form method="get" class="search">
      {outcome !== undefined && <input type="hidden" name="outcome" value={outcome} />}
      {about !== undefined && <input type="hidden" name="about" value={about} />}
      <label>
        {say('Sök', 'Search')}
        <input type="search" name="search" value={search} maxLength={200} />
      </label>
      <label>
        {say('Från rad', 'From row')}
        <input type="text" name="from" inputMode="numeric" pattern="[0-9]*" size={8} />
      </label>
      {files.length > 0 && (
        <label>
          {say('i filen', 'of the file')}
          <select name="file">
            {files.map((name, i) => (
              <option value={i} selected={i === chosen}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="button">
        {say('Visa', 'Show')}
      </button>
    </form>
  );
}

function Found({ sheet: { rows, found, previous, next }, query, language }: Shown) {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const [first, last] = [rows.at(0), rows.at(-1)];
  if (!first || !last) {
    return (
      <p>
        {say('Inga rader att visa här.', 'No rows to show here.')}{' '}
        {(query.search ?? query.outcome ?? query.about ?? query.from) !== undefined && (
          <a href={hrefOf({})}>{say('Visa alla rader', 'Show all rows')}</a>
        )}
      </p>
    );
  }
  const isAll = previous === undefined && next === undefined;
  const count = found ?? (isAll ? rows.length : undefined);
  return (
    <p class="quiet">
      {[
        ...(count === undefined
          ? []
          : [
              say(
                `${number(count)} ${plural(count, 'rad', 'rader')}.`,
                `${number(count)} ${plural(count, 'row', 'rows')}.`,
              ),
            ]),
        ...(isAll
          ? []
          : [
              say(
                `Här visas rad ${where(first, language)} till ${where(last, language)}.`,
                `Rows ${where(first, language)} to ${where(last, language)} are shown here.`,
              ),
            ]),
      ].join(' ')}
    </p>
  );
}

/** "1 204", or "14 i Ekonomi.xlsx". */
const where = ({ number, place }: Row, language: Language): string =>
  place ? placeText(place, language) : formatNumber(number, language);

function Rows({ sheet: { title, columns, rows, files = [] }, language }: Shown) {
  const say = speaker(language);
  const outcome = say('Utfall', 'Outcome');
  const file = files.length > 0 ? [fileColumn[language]] : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard too
    <section class="scroll" aria-label={say('Rader', 'Rows')} tabIndex={0}>
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            {[...file, say('Rad', 'Row'), outcome, ...columns].map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {files.length > 0 && (
                <td data-column={file[0]}>
                  <div>{row.place?.file}</div>
                </td>
              )}
              <th scope="row">{row.place?.row ?? row.number}</th>
              <td>
                <b class={row.tone}>{row.outcome}</b>
                {row.notes.map((note) => (
                  <p>{note}</p>
                ))}
              </td>
              {columns.map((column, i) => (
                <td data-column={column}>{row.cells[i] && <div>{row.cells[i]}</div>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Pages({ sheet: { previous, next }, query: { outcome, about, search }, language }: Shown) {
  const say = speaker(language);
  if (previous === undefined && next === undefined) return null;
  return (
    <nav class="actions" aria-label={say('Sidor', 'Pages')}>
      {previous !== undefined && (
        <>
          <a class="button" href={hrefOf({ outcome, about, search })}>
            {say('Första', 'First')}
          </a>
          <a class="button" rel="prev" href={hrefOf({ outcome, about, search, before: previous })}>
            {say('Föregående', 'Previous')}
          </a>
        </>
      )}
      {next !== undefined && (
        <a class="button" rel="next" href={hrefOf({ outcome, about, search, from: next })}>
          {say('Nästa', 'Next')}
        </a>
      )}
    </nav>
  );
}
