import { expect, test } from 'vitest';
import { canDelimit } from '../../src/rules/delimiters.ts';
import { builtIn, exportTemplates, isNamed, opensInExcel, templates } from '../../src/rules/templates.ts';

test('I2 "Connect e-mail" saves addresses only and creates nobody', () => {
  expect(templates.connectEmail).toMatchObject({
    fields: ['userId', 'employmentNumber', 'connectEmail'],
    byHeader: true,
    does: 'addresses',
  });
});

test('I2 "Employees" reads every known column and creates users', () => {
  expect(templates.employees).toMatchObject({
    fields: ['userId', 'employmentNumber'],
    byHeader: true,
    does: 'create',
    further: true,
  });
});

test('the built-in exports are what Excel on a Swedish computer opens right, and what Flex HRM takes', () => {
  expect(exportTemplates.connectEmail).toMatchObject({ delimiter: ';', encoding: 'UTF-8 BOM', header: true });
  expect(exportTemplates.toFlex).toMatchObject({
    fields: ['userId', 'employmentNumber', 'connectEmail'],
    delimiter: '\t',
  });
});

test.each([
  [';', 'UTF-8 BOM', true],
  [';', 'Windows-1252', true],
  ['\t', 'UTF-16', true],
  [';', 'UTF-16', false],
  [';', 'UTF-8', false],
  [';', 'IBM437', false],
  [',', 'UTF-8 BOM', false],
  ['\t', 'UTF-8 BOM', false],
] as const)(
  'a file with %j in %s opens right in Excel on a Swedish computer: %s',
  (delimiter, encoding, opens) => {
    expect(opensInExcel({ delimiter, encoding })).toBe(opens);
  },
);

test('names of built-in templates are told apart within a purpose, in either language and any case', () => {
  for (const template of builtIn) {
    const alike = builtIn.filter(
      ({ purpose, ...other }) =>
        purpose === template.purpose && isNamed(other, template.name.sv.toUpperCase()),
    );
    expect(alike).toEqual([template]);
  }
});

test.each([
  ...['\t', ';', ',', '|', ':', '~', '^'].map((character) => [character, true] as const),
  ...['a', 'Å', '1', ' ', '"', "'", '\n', '', ';;', '@', '.', '-', '+', '=', '_', '¤', '\ud83d'].map(
    (character) => [character, false] as const,
  ),
])('%j stands between cells: %s', (character, can) => {
  expect(canDelimit(character)).toBe(can);
});
