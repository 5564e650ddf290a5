import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plain } from '../../src/core/plain.ts';
import type { Button, Example, MessageView } from '../../src/core/view.ts';
import { languages } from '../../src/rules/language.ts';
import { tokenize } from '../../src/rules/line.ts';
import { allExamples } from '../../src/views/examples.ts';

const folder = join(import.meta.dirname, '../../src/views');
/** What gathers them all. */
const gathering = 'examples.ts';
const files = await Promise.all(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && file !== gathering)
    .map(async (file) => ({
      file,
      ...((await import(join(folder, file))) as { examples?: Record<string, Example> }),
    })),
);

/** Text that no reader should ever see. */
const leftovers = /undefined|null|NaN|\[object|\$\{| {2}/;

function buttonsOf(view: MessageView): Button[] {
  const rows = view.kind === 'table' ? view.rows.flatMap(({ action }) => action ?? []) : [];
  return [...rows, ...(view.actions ?? [])].filter((action) => 'line' in action);
}

describe.each(files.filter(({ examples }) => examples))('the views of $file', ({ examples = {} }) => {
  const all = Object.entries(examples).flatMap(([name, example]) =>
    languages.map((language) => [name, language, example(language)] as const),
  );

  test.each(all)('%s (%s): reads well', (_name, language, view) => {
    const text = view.kind === 'form' ? JSON.stringify(view) : plain(view, language);
    expect(text).not.toBe('');
    expect(text).not.toMatch(leftovers);
  });

  test.each(all)('%s (%s): what its buttons do can be typed', (_name, _language, view) => {
    const lines = view.kind === 'form' ? [view.line] : buttonsOf(view).map(({ line }) => line);
    for (const line of lines) {
      expect(line).toBe(line.trim());
      expect(tokenize(line)[0]).toMatchObject({ kind: 'word' });
    }
  });

  test.each(all)('%s (%s): its buttons say what they do', (_name, _language, view) => {
    const labels =
      view.kind === 'form' ? [view.submit, view.cancel] : buttonsOf(view).map(({ label }) => label);
    for (const label of labels) expect(label).toMatch(/^\p{Lu}.{1,74}$/u);
  });
});

test('every file of views shows examples, but for the parts that several of them have', () => {
  const silent = files.filter(({ file, examples }) => !examples && !file.includes('parts/'));
  expect(silent.map(({ file }) => file)).toEqual([]);
});

test('the examples of every file are gathered, under its path', () => {
  const shown = files.flatMap(({ file, examples }) =>
    examples ? [[file.replace(/\.tsx?$/, '').replaceAll('/', '-'), examples]] : [],
  );
  expect(Object.fromEntries(shown)).toEqual(allExamples);
});
