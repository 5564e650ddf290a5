import { describe, expect, test } from 'vitest';
import { exportName, readExportLine } from '../../src/rules/export-line.ts';
import { tokenize, tokenText } from '../../src/rules/line.ts';
import { type ExportTemplate, exportTemplates } from '../../src/rules/templates.ts';

const called = (name: string, key: string): ExportTemplate => ({
  ...exportTemplates.toFlex,
  key,
  name: { sv: name, en: name },
});
const templates: ExportTemplate[] = [
  ...Object.values(exportTemplates),
  called('Till', 'own:1'),
  called('Till kollegorna som väntar', 'own:2'),
  called('a/b: "c"', 'own:3'),
];
const read = (line: string) => {
  const { template, filter, onlyNew, name } = readExportLine(tokenize(line), templates);
  return [template.key, filter.map(tokenText).join(' '), onlyNew, name];
};
const usual = exportTemplates.connectEmail.key;
const flex = exportTemplates.toFlex.key;

describe('the line of an export', () => {
  test.each([
    ['alla', usual, 'alla', false, undefined],
    ['avdelning:IT Anna', usual, 'avdelning:IT Anna', false, undefined],
    ['som lista', usual, '', false, 'lista'],
    ['avdelnign:IT som it.csv', usual, 'avdelnign:IT', false, 'it.csv'],
    ['since-last', usual, '', true, undefined],
    ['Till Flex HRM', flex, '', false, undefined],
    ['"till flex hrm" alla', flex, 'alla', false, undefined],
    ['To Flex HRM company:X as flex.csv', flex, 'company:X', false, 'flex.csv'],
    ['export:"To Flex HRM" anna', flex, 'anna', false, undefined],
    ['exportmall:To Flex HRM anna', flex, 'anna', false, undefined],
    ['own:2 status:kopplad', 'own:2', 'status:kopplad', false, undefined],
    ['Till kollegorna', 'own:1', 'kollegorna', false, undefined],
    ['"Till kollegorna som väntar" som lista till Bo.csv', 'own:2', '', false, 'lista till Bo.csv'],
    ['Till Flex HRM sedan-sist avdelning:IT', flex, 'avdelning:IT', true, undefined],
    ['Till Flex HRM avdelning:IT sedan sist som x', flex, 'avdelning:IT', true, 'x'],
    ['To Flex HRM since last', flex, '', true, undefined],
    ['Till Flex HRM "sedan-sist"', flex, 'sedan-sist', false, undefined],
    ['Till Flex HRM "som" x', flex, 'som x', false, undefined],
  ])('%s', (line, ...expected) => {
    expect(read(line)).toEqual(expected);
  });

  test.each([
    ['Till Flex HMR avdelning:IT', 'own:1'],
    ['Flex', 'template_unknown'],
    ['export:Flex alla', 'template_unknown'],
    ['"alla"', 'template_unknown'],
    ['alla som', 'export_no_name'],
    ['alla per kontor', 'export_per_department'],
    ['Till Flex HRM avdelning:IT per-company som x', 'export_per_department'],
    ['alla per avdelnign', 'export_per_department'],
    ['Till alla Per Ek', 'own:1'],
    ['alla Per Svensson', usual],
  ])('%s comes to %s', (line, outcome) => {
    const found = () => read(line)[0];
    if (!outcome.includes('_')) expect(found()).toBe(outcome);
    else expect(found).toThrow(expect.objectContaining({ code: outcome }));
  });

  test('an unknown template is told with the nearest that there is', () => {
    expect(() => read('To Flx HRM')).toThrow(/Did you mean "To Flex HRM"/);
  });
});

describe('the name of the file', () => {
  const now = new Date('2026-11-28T23:30:00Z');
  const name = (written: string | undefined, template: ExportTemplate = exportTemplates.toFlex) =>
    exportName(written, template, 'sv', now);

  test.each([
    [undefined, 'Till Flex HRM 2026-11-29.csv'],
    ['  ', 'Till Flex HRM 2026-11-29.csv'],
    ['lista', 'lista.csv'],
    ['Lista.TXT', 'Lista.TXT'],
    ['lista.xlsx', 'lista.csv'],
    ['lista.ZIP', 'lista.csv'],
    ['lista 1.2', 'lista 1.2.csv'],
    ['våra\u202e vänner.tsv', 'våra vänner.tsv'],
  ])('%j makes %s', (written, expected) => {
    expect(name(written)).toBe(expected);
  });

  test('a template’s name may have what no file’s has', () => {
    expect(name(undefined, called('a/b: "c"', 'own:3'))).toBe('a-b- -c- 2026-11-29.csv');
  });

  test.each(['../../etc/passwd', 'a\\b', 'C:x', 'a?.csv', '.csv', 'slut.', '<b>.csv', 'a|b', '"a"'])(
    '%s is refused',
    (written) => {
      expect(() => name(written)).toThrow(expect.objectContaining({ code: 'export_name_unfit' }));
    },
  );

  test('at most a hundred characters', () => {
    expect(name(`${'x'.repeat(96)}.csv`)).toHaveLength(100);
    expect(() => name('x'.repeat(97))).toThrow(expect.objectContaining({ code: 'export_name_long' }));
  });
});

test.each([
  ['per avdelning', true, ''],
  ['company:X per department as x', true, 'company:X'],
  ['"To Flex HRM" per-department since-last', true, ''],
  ['To Flex HRM per department', true, ''],
  ['avdelning:"per avdelning"', false, 'avdelning:per avdelning'],
  ['alla', false, 'alla'],
])('%s: a workbook for each department, or not', (line, perDepartment, filter) => {
  const read = readExportLine(tokenize(line), templates);
  expect([read.perDepartment, read.filter.map(tokenText).join(' ')]).toEqual([perDepartment, filter]);
});

test.each([
  [undefined, 'Connect e-mail 2026-11-28.zip'],
  ['chefer', 'chefer.zip'],
  ['chefer.zip', 'chefer.zip'],
  ['chefer.xlsx', 'chefer.zip'],
  ['chefer.csv', 'chefer.zip'],
])('%s: the file of workbooks is called %s', (written, name) => {
  expect(
    exportName(written, exportTemplates.connectEmail, 'en', new Date('2026-11-28T12:00:00Z'), true),
  ).toBe(name);
});
