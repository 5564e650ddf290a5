import { refuse } from '../errors.ts';
import type { Filter } from './filter.ts';
import { type FilterKey, keyNames, keyOf, meansEverybody } from './filter-words.ts';
import type { Language } from './language.ts';
import { type Token, tokenText } from './line.ts';
import { localDay } from './say.ts';
import { bare, nearest, nearestSlip } from './suggest.ts';
import { type ExportTemplate, exportTemplates, isNamed } from './templates.ts';
import { clean, fold } from './text.ts';
import { isSentence } from './written-language.ts';

/** What a line asks to be exported. */
export interface ExportLine {
  template: ExportTemplate;
  /** The tokens of the filter. */
  filter: Token[];
  /** Only what was confirmed since the last time. */
  onlyNew: boolean;
  /** A workbook for each department. */
  perDepartment: boolean;
  /** As it was written; undefined: not at all. */
  name: string | undefined;
}

/** Written without a template: what Excel on a Swedish computer opens right. */
const usual: ExportTemplate = exportTemplates.connectEmail;

const sinceLast = ['sincelast', 'sedansist'];
const perDepartments = ['perdepartment', 'peravdelning'];
const departmentWords = Object.values(keyNames.department);
const longestName = 100;
const fileEnding = /\.(csv|tsv|txt|xlsx?|zip)$/i;
/** What Windows lets no file's name hold, or end with. */
const unfit = /[\\/:*?"<>|\p{Cc}]/u;

/**
 * Reads `[TEMPLATE] [FILTER] [since-last] [per department] [as NAME.csv]`. A template's name needs no quotes. Throws `template_unknown` with
 * the nearest, `export_no_name`, `export_per_department`.
 */
export function readExportLine(args: readonly Token[], templates: readonly ExportTemplate[]): ExportLine {
  const { rest, name } = withoutName(args);
  if (name === '') throw refuse('export_no_name');
  const news = without(rest, sinceLast);
  const parts = without(news.rest, perDepartments);
  requireDepartments(parts.rest);
  const { template, filter } = templateIn(parts.rest, templates) ?? withoutTemplate(parts.rest, templates);
  return { template, filter, onlyNew: news.found, perDepartment: parts.found, name };
}

/** Whether arguments ask for an export for certain: by the name of a file, or by nothing but a built-in template and a filter. */
export function isExportLine(args: readonly Token[]): boolean {
  const { rest, name = '' } = withoutName(args);
  if (fileEnding.test(name)) return true;
  const plain = without(without(rest, sinceLast).rest, perDepartments).rest;
  const found = templateIn(plain, Object.values(exportTemplates));
  return found?.filter.every(isFilter) === true && !(/\s/.test(name) && isSentence(name));
}

/**
 * Throws `export_since_passing` where what is new is asked of those whom something means that may come to be true of somebody
 * later: whoever confirmed before that would be in no file. Who comes to a company is known from the day of it.
 */
export function requireLasting({ departments, offices, roles, active }: Filter): void {
  const passing: readonly [FilterKey, boolean][] = [
    ['department', departments.length > 0],
    ['office', offices.length > 0],
    ['role', roles.length > 0],
    ['active', active !== undefined],
  ];
  const keys = passing.flatMap(([key, isSaid]) => (isSaid ? [keyNames[key]] : []));
  if (keys.length > 0) throw refuse('export_since_passing', { keys });
}

/** The template that the arguments begin with, and the others; undefined: what they begin with is called like none. */
function templateIn(
  args: readonly Token[],
  templates: readonly ExportTemplate[],
): Pick<ExportLine, 'template' | 'filter'> | undefined {
  const [first] = args;
  if (!first || isFilter(first)) return { template: usual, filter: [...args] };
  const byKey = templates.find(({ key }) => key === tokenText(first));
  if (byKey) return { template: byKey, filter: args.slice(1) };
  const words = leadingWords(args);
  for (let count = words.length; count > 0; count--) {
    const called = words.slice(0, count).join(' ');
    const template = templates.find((one) => isNamed(one, called));
    if (template) return { template, filter: args.slice(count) };
  }
  return undefined;
}

/** What begins like no template: a filter where it is written as one, for its reader to say what is wrong with its key. */
function withoutTemplate(
  args: readonly Token[],
  templates: readonly ExportTemplate[],
): Pick<ExportLine, 'template' | 'filter'> {
  const [first] = args;
  if (first?.kind === 'pair' && !namesTemplate(first)) return { template: usual, filter: [...args] };
  throw unknown(leadingWords(args).join(' '), templates);
}

/** Throws `export_per_department` where a file is asked for each of something else. */
function requireDepartments(args: readonly Token[]): void {
  const written = args.flatMap((token, i) => {
    const next = args[i + 1];
    if (token.kind !== 'word' || token.quoted) return [];
    if (/^per-/i.test(token.text)) return [token.text.slice(4)];
    return isWord(token, 'per') && next?.kind === 'word' && !next.quoted ? [next.text] : [];
  });
  // Somebody may be called Per.
  const other = written.find((word) => keyOf(word) !== undefined || nearestSlip(word, departmentWords));
  if (other !== undefined) throw refuse('export_per_department', { written: other });
}

/** Whether a line without a template begins with it. */
function isFilter(token: Token): boolean {
  if (token.kind === 'word') return !token.quoted && meansEverybody(token.text);
  return keyOf(token.key) !== undefined;
}

const namesTemplate = (token: Token): token is Extract<Token, { kind: 'pair' }> =>
  token.kind === 'pair' && ['export', 'exportmall'].includes(fold(token.key));

/** The words before the first pair; `export:"To Flex HRM"` counts as the name behind it. */
function leadingWords(args: readonly Token[]): string[] {
  const [first, ...others] = args;
  if (!first) return [];
  const named = namesTemplate(first);
  const end = others.findIndex(({ kind }) => kind === 'pair');
  const words = others.slice(0, end < 0 ? undefined : end).map(tokenText);
  return [named ? first.value : tokenText(first), ...words];
}

function unknown(name: string, templates: readonly ExportTemplate[]): Error {
  const near = nearest(
    name,
    templates.flatMap((one) => [one.name.sv, one.name.en]),
  );
  return refuse('template_unknown', { name, ...(near ? { nearest: near } : {}) });
}

const isWord = (token: Token | undefined, ...words: string[]): boolean =>
  token?.kind === 'word' && !token.quoted && words.includes(bare(token.text));

/** Splits off the name of the file behind "as"; undefined: nothing is said of it. */
function withoutName(args: readonly Token[]): { rest: readonly Token[]; name: string | undefined } {
  const at = args.findLastIndex((token) => isWord(token, 'as', 'som'));
  if (at < 0) return { rest: args, name: undefined };
  const name = args
    .slice(at + 1)
    .map(tokenText)
    .join(' ');
  return { rest: args.slice(0, at), name };
}

/** Takes words out of the arguments, written as one or as two. */
function without(
  args: readonly Token[],
  words: readonly string[],
): { rest: readonly Token[]; found: boolean } {
  const at = args.findIndex((token, i) => lengthOf(words, token, args[i + 1]) > 0);
  const count = lengthOf(words, args[at], args[at + 1]);
  return { rest: count > 0 ? [...args.slice(0, at), ...args.slice(at + count)] : args, found: count > 0 };
}

function lengthOf(words: readonly string[], token: Token | undefined, next: Token | undefined): number {
  if (isWord(token, ...words)) return 1;
  const isPlain = token?.kind === 'word' && next?.kind === 'word' && !token.quoted && !next.quoted;
  return isPlain && words.includes(bare(token.text + next.text)) ? 2 : 0;
}

/** The name of a file, as it was written or by its template and the day. Throws `export_name_unfit`, `export_name_long`. */
export function exportName(
  written: string | undefined,
  { name }: ExportTemplate,
  language: Language,
  now: Date,
  perDepartment = false,
): string {
  const wanted = clean(written ?? '');
  const ending = perDepartment ? 'zip' : 'csv';
  if (wanted === '')
    return `${name[language].replace(new RegExp(unfit, 'gu'), '-')} ${localDay(now)}.${ending}`;
  if (unfit.test(wanted) || /^\.|\.$/.test(wanted)) throw refuse('export_name_unfit', { written: wanted });
  const own = perDepartment ? /\.zip$/i : /\.(csv|tsv|txt)$/i;
  const called = own.test(wanted) ? wanted : `${wanted.replace(fileEnding, '')}.${ending}`;
  if (called.length > longestName) throw refuse('export_name_long', { most: longestName });
  return called;
}
