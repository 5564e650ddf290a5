import type { Language, Text } from './language.ts';
import { clean, cut, fold } from './text.ts';

/** A department of a company; null: of those who have none. */
export interface Department {
  readonly company: string;
  readonly department: string | null;
}

/** Said of those who have no department. */
const withoutDepartment: Text = { sv: 'Utan avdelning', en: 'No department' };

/** What Windows lets no file's name hold, end with, or be. */
const unfit = /[\\/:*?"<>|\p{Cc}]/gu;
const edges = /^[. ]+|[. ]+$/g;
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;
const longestName = 80;

/**
 * What the departments' files are called, without an ending, in their order: by the department, with the company behind it
 * where several companies have one of that name. No two are alike, in any case and with what no name may hold left out.
 */
export function departmentFileNames(departments: readonly Department[], language: Language): string[] {
  const named = departments.map(({ department }) => nameOf(department, language));
  const times = countOf(named.map(fold));
  const full = departments.map(({ company }, i) => {
    const name = named[i] ?? '';
    return fit((times.get(fold(name)) ?? 0) > 1 && company !== '' ? `${name} (${company})` : name);
  });
  const taken = new Set<string>();
  return full.map((name) => {
    let free = name;
    for (let n = 2; taken.has(fold(free)); n++) free = `${name} ${n}`;
    taken.add(fold(free));
    return free;
  });
}

/** What a department is called where it has a file or a sheet of its own. */
export const nameOf = (department: string | null, language: Language): string =>
  department === null || clean(department) === '' ? withoutDepartment[language] : clean(department);

function fit(name: string): string {
  const bare = cut(name.replace(unfit, '-').normalize('NFC'), longestName).replace(edges, '');
  return bare === '' || reserved.test(bare) ? `_${bare}` : bare;
}

function countOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
