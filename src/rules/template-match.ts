import { delimiterName, foundDelimiters } from './delimiters.ts';
import type { FieldKey } from './fields.ts';
import type { Text } from './language.ts';
import { encodingName } from './template-words.ts';
import {
  type ExportTemplate,
  type ImportTemplate,
  identity,
  isOwn,
  namesOf,
  type Template,
} from './templates.ts';

/** One thing in which an export template and an import template differ, so that what one writes the other reads wrong. */
export interface Disagreement {
  readonly about: 'fields' | 'order' | 'delimiter' | 'encoding' | 'header' | 'skipRows';
  readonly text: Text;
}

/** Where an export and an import template disagree; nothing: what is exported by the one can be imported by the other as it is. */
export function disagreements(exported: ExportTemplate, imported: ImportTemplate): Disagreement[] {
  return [
    ...aboutFields(exported, imported),
    ...aboutDelimiter(exported, imported),
    ...aboutEncoding(exported, imported),
    ...aboutHeader(exported, imported),
    ...aboutSkipped(imported),
  ];
}

function aboutFields({ fields }: ExportTemplate, imported: ImportTemplate): Disagreement[] {
  const missing = imported.fields.filter((field) => !fields.includes(field));
  if (missing.length > 0) {
    const { sv, en } = namesOf(missing);
    return [
      {
        about: 'fields',
        text: { sv: `Exporten saknar ${sv}.`, en: `The export lacks ${en}.` },
      },
    ];
  }
  if (imported.byHeader || sameOrder(fields, imported.fields)) return [];
  return [{ about: 'order', text: orderText(fields, imported.fields) }];
}

/** Both orders, and from where on they differ. */
function orderText(out: readonly FieldKey[], back: readonly FieldKey[]): Text {
  const [written, read] = [namesOf(out), namesOf(back)];
  const column = out.findIndex((field, i) => field !== back[i]);
  const [there, here] = [out, back].map((fields) => namesOf(fields.slice(column, column + 1)));
  return {
    sv: `Exporten skriver ${written.sv}. Importen läser ${read.sv}. Kolumn ${column + 1} är den första som skiljer sig: ${there?.sv} i exporten, ${here?.sv || 'ingen'} i importen.`,
    en: `The export writes ${written.en}. The import reads ${read.en}. Column ${column + 1} is the first that differs: ${there?.en} in the export, ${here?.en || 'none'} in the import.`,
  };
}

const sameOrder = (a: readonly FieldKey[], b: readonly FieldKey[]): boolean =>
  a.length === b.length && a.every((field, i) => field === b[i]);

function aboutDelimiter(
  { delimiter: out }: ExportTemplate,
  { delimiter: back }: ImportTemplate,
): Disagreement[] {
  const isFound = foundDelimiters.some((one) => one === out);
  if (back === out || (back === null && isFound)) return [];
  const written = delimiterName(out);
  const read =
    back === null
      ? { sv: 'tabb, semikolon eller komma', en: 'tab, semicolon or comma' }
      : delimiterName(back);
  return [
    {
      about: 'delimiter',
      text: {
        sv: `Avgränsare: exporten skriver ${written.sv}, importen läser ${read.sv}.`,
        en: `Delimiter: the export writes ${written.en}, the import reads ${read.en}.`,
      },
    },
  ];
}

function aboutEncoding(
  { encoding: out }: ExportTemplate,
  { encoding: back }: ImportTemplate,
): Disagreement[] {
  const bare = (encoding: string) => encoding.replace(' BOM', '');
  if (back === null || bare(back) === bare(out)) return [];
  const [written, read] = [encodingName(out), encodingName(back)];
  return [
    {
      about: 'encoding',
      text: {
        sv: `Teckenkodning: exporten skriver ${written.sv}, importen läser ${read.sv}.`,
        en: `Encoding: the export writes ${written.en}, the import reads ${read.en}.`,
      },
    },
  ];
}

function aboutHeader({ header: out }: ExportTemplate, { header: back }: ImportTemplate): Disagreement[] {
  if (out === back) return [];
  const text = out
    ? {
        sv: 'Exporten skriver en rubrikrad, men importen väntar sig ingen.',
        en: 'The export writes a header row, but the import expects none.',
      }
    : {
        sv: 'Importen väntar sig en rubrikrad, men exporten skriver ingen.',
        en: 'The import expects a header row, but the export writes none.',
      };
  return [{ about: 'header', text }];
}

function aboutSkipped({ skipRows }: ImportTemplate): Disagreement[] {
  if (skipRows === 0) return [];
  return [
    {
      about: 'skipRows',
      text: {
        sv: `Importen hoppar över ${skipRows} ${skipRows === 1 ? 'rad' : 'rader'} överst, men exporten skriver inga sådana.`,
        en: `The import skips ${skipRows} ${skipRows === 1 ? 'row' : 'rows'} at the top, but the export writes none.`,
      },
    },
  ];
}

/** Fields without which what is exported cannot be imported again. */
export const lackingToMatch = ({ fields }: ExportTemplate): FieldKey[] =>
  identity.filter((field) => !fields.includes(field));

/** The own template among them that reads exactly so: it need not be made again. */
export function alreadyMatching(
  exported: ExportTemplate,
  known: readonly Template[],
): ImportTemplate | undefined {
  const wanted = matching(exported);
  return known.find(
    (one): one is ImportTemplate =>
      one.purpose === 'import' &&
      isOwn(one) &&
      sameOrder(one.fields, wanted.fields) &&
      (['header', 'delimiter', 'encoding', 'byHeader', 'skipRows', 'does'] as const).every(
        (key) => one[key] === wanted[key],
      ),
  );
}

/** The import template that reads what an export template writes: the same fields in the same order. */
export function matching(exported: ExportTemplate): Omit<ImportTemplate, 'key' | 'name'> {
  const { fields, header, delimiter, encoding } = exported;
  const does = fields.includes('connectEmail') ? 'addresses' : 'change';
  return { purpose: 'import', fields, header, delimiter, encoding, byHeader: false, skipRows: 0, does };
}
