import { type Budget, type Finding, isKept, shown } from './row.ts';

const titles = ['', 'measured', 'bare', 'ratio', 'budget', ''];

/** The findings as a table for a terminal, notes below. */
export function table(findings: readonly Finding[]): string {
  const lines = [titles, ...findings.map(cellsOf)];
  const widths = titles.map((_, i) => Math.max(...lines.map((cells) => (cells[i] ?? '').length)));
  const drawn = lines.map((cells) =>
    cells
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const notes = findings.flatMap(({ what, notes: said }) =>
    said.length > 0 ? [`${what}: ${said.join('; ')}`] : [],
  );
  return [...drawn, '', ...notes].join('\n');
}

function cellsOf(finding: Finding): string[] {
  const { what, measured, bare = '–', ratio, budget } = finding;
  return [
    what,
    measured,
    bare,
    ratio === undefined ? '–' : shown(ratio, 2),
    budgetText(budget),
    isKept(finding) ? 'ok' : 'OVER',
  ];
}

function budgetText({ is, value, unit }: Budget): string {
  return `${is === 'at least' ? '≥' : '≤'} ${value} ${unit}`;
}
