import type { Language } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { Count, MessageView, ProgressView } from './view.ts';

const barWidth = 20;

/** A view as plain text, line by line and without its buttons: for notifications, screen readers and logs of tests. */
export function plain(view: MessageView<unknown>, language: Language): string {
  const lines = [view.title, ...body(view, language), ...(view.lines ?? [])];
  return lines.filter(Boolean).join('\n');
}

/** How far work has come, such as "42 %"; never 100 before the end. Undefined where the whole is not known yet. */
export function percent({ done, total }: Pick<ProgressView<unknown>, 'done' | 'total'>, language: Language) {
  if (total <= 0) return undefined;
  const share = Math.min(100, Math.floor((done / total) * 100));
  return language === 'sv' ? `${share}\u00a0%` : `${share}%`;
}

/** The same as a bar, as wide as twenty characters: what is done, and what is left. Undefined as for `percent`. */
export function barOf({ done, total }: Pick<ProgressView<unknown>, 'done' | 'total'>) {
  if (total <= 0) return undefined;
  const full = Math.floor((Math.min(done, total) / total) * barWidth);
  return { done: '█'.repeat(full), left: '░'.repeat(barWidth - full) };
}

function body(view: MessageView<unknown>, language: Language): (string | undefined)[] {
  switch (view.kind) {
    case 'note':
      return [view.text];
    case 'facts':
      return [view.status?.text, ...view.facts.map(({ label, value }) => `${label}: ${value}`)];
    case 'table':
      return [view.text, ...view.rows.map(({ cells }) => cells.join(' · ')), view.more];
    case 'summary':
      return [view.text, ...counts(view.counts, language)];
    case 'confirm':
      return [view.text, ...counts(view.counts, language), ...(view.warnings ?? [])];
    case 'progress':
      return [view.text, percent(view, language)];
    case 'help':
      return [
        view.text,
        ...view.entries.flatMap(({ usage, summary, examples = [] }) => [
          [usage, summary].filter(Boolean).join(' – '),
          ...examples,
        ]),
      ];
  }
}

function counts(of: readonly Count[], language: Language): string[] {
  return of.map(({ label, count }) => `${formatNumber(count, language)} ${label}`);
}
