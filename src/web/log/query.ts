/** What a log page's address asks for; its parts are told apart by name (`?outcome=rejected&from=102`). */
export interface PageQuery {
  outcome?: string | undefined;
  /** What is said of the rows besides. */
  about?: string | undefined;
  search?: string | undefined;
  /** The page begins at this row; of several files, it stands in `file`, from 0. */
  from?: number | undefined;
  file?: number | undefined;
  /** The page ends before this row. */
  before?: number | undefined;
}

const longestSearch = 200;
/** Beyond the last row of any log. */
const lastRow = 999_999_999;

/** Reads an address's query; what makes no sense is as if it were not there. */
export function readQuery(query: Readonly<Record<string, unknown>>): PageQuery {
  const { outcome, about, search, from, file, before } = query;
  return {
    outcome: typeof outcome === 'string' ? outcome : undefined,
    about: typeof about === 'string' ? about : undefined,
    search: typeof search === 'string' ? search.trim().slice(0, longestSearch) || undefined : undefined,
    from: rowNumber(from),
    file: typeof file === 'string' && /^\d{1,4}$/.test(file) ? Number(file) : undefined,
    before: rowNumber(before),
  };
}

/** The address, relative to the page, that asks for this. */
export function hrefOf(query: PageQuery): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return `?${new URLSearchParams(given)}`;
}

function rowNumber(text: unknown): number | undefined {
  return typeof text === 'string' && /^\s*[1-9]\d*\s*$/.test(text)
    ? Math.min(Number(text), lastRow)
    : undefined;
}
