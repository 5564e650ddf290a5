import { posix } from 'node:path';
import { refuse } from '../errors.ts';
import { clean, cut, fold } from '../rules/text.ts';
import type { Archive } from './archive.ts';
import { WORKBOOK_LIMITS } from './limits.ts';
import { readSheet, type Shared, type SheetFacts, type SheetRow } from './sheet.ts';
import { readStrings, SharedStrings } from './strings.ts';
import { readStyles } from './styles.ts';
import { prefixed, readWhole } from './xml.ts';

/** A sheet of cells: its name as people read it, and where it lies in the zip. */
export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly part: string;
}

/** A workbook whose sheets can be read, until it is closed. */
export interface OpenWorkbook {
  /** In their order. */
  readonly sheets: readonly Sheet[];
  rows(sheet: Sheet, facts?: SheetFacts): AsyncGenerator<SheetRow[], void, undefined>;
  close(): void;
}

/** Whether that is the sheet's name, without regard to case. */
export const isCalled = ({ name }: Pick<Sheet, 'name'>, called: string): boolean =>
  fold(name) === fold(clean(called));

/** Opens the workbook in a zip; its shared texts lie at `stringsPath` meanwhile. Throws `workbook_broken`, and the like. */
export async function openWorkbook(archive: Archive, stringsPath: string): Promise<OpenWorkbook> {
  const root = (await linksOf(archive, '')).find(({ type }) => type === 'officeDocument');
  if (!root) throw refuse('workbook_broken');
  if (!/(^|\/)xl\//i.test(root.part)) throw refuse('file_document');
  if (/\.bin$/i.test(root.part)) throw refuse('workbook_binary');
  const links = await linksOf(archive, root.part);
  const { sheets, is1904 } = await readBook(archive, root.part, links);
  const partOf = (type: string) => links.find((link) => link.type === type && archive.find(link.part))?.part;
  const [stylesPart, stringsPart] = [partOf('styles'), partOf('sharedStrings')];
  const looks = stylesPart ? await readStyles(archive.read(stylesPart, WORKBOOK_LIMITS.partBytes)) : [];
  const strings = new SharedStrings(stringsPath);
  try {
    if (stringsPart) await readStrings(archive.read(stringsPart, WORKBOOK_LIMITS.stringBytes), strings);
  } catch (error) {
    strings.close();
    throw error;
  }
  const shared: Shared = { strings, looks, is1904 };
  return {
    sheets,
    rows: ({ part }, facts = { hiddenRows: 0, merged: 0 }) =>
      readSheet(archive.read(part, WORKBOOK_LIMITS.sheetBytes), shared, facts),
    close: () => strings.close(),
  };
}

interface Link {
  readonly id: string;
  /** The last word of the relationship's type. */
  readonly type: string;
  readonly part: string;
}

/** What a part of the package leads to. Source: ECMA-376 part 2, 8.5 Relationships. */
async function linksOf(archive: Archive, part: string): Promise<Link[]> {
  const { dir, base } = posix.parse(part);
  const links: Link[] = [];
  const name = archive.find(posix.join(dir, '_rels', `${base}.rels`));
  if (!name) return links;
  await readWhole(archive.read(name, WORKBOOK_LIMITS.partBytes), {
    open(element, { Id = '', Type = '', Target = '', TargetMode }) {
      if (element !== 'Relationship' || TargetMode === 'External') return;
      const target = posix.join('/', Target.startsWith('/') ? Target : posix.join(dir, Target)).slice(1);
      links.push({ id: Id, type: Type.slice(Type.lastIndexOf('/') + 1), part: target });
    },
  });
  return links;
}

async function readBook(
  archive: Archive,
  part: string,
  links: readonly Link[],
): Promise<{ sheets: Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = [];
  const byId = new Map(links.map((link) => [link.id, link]));
  let is1904 = false;
  await readWhole(archive.read(part, WORKBOOK_LIMITS.partBytes), {
    open(element, attributes) {
      const { name = '', state = 'visible', date1904 = '' } = attributes;
      if (element === 'workbookPr') is1904 = date1904 === '1' || date1904 === 'true';
      if (element !== 'sheet') return;
      const link = byId.get(prefixed(attributes, 'id') ?? '');
      if (link?.type !== 'worksheet' || !archive.find(link.part)) return;
      sheets.push({ name: cut(clean(name), 60), isHidden: state !== 'visible', part: link.part });
    },
  });
  if (sheets.length > WORKBOOK_LIMITS.sheets) throw refuse('workbook_too_large');
  return { sheets, is1904 };
}
