import { describe, expect, test } from 'vitest';
import { disagreements, lackingToMatch, matching } from '../../src/rules/template-match.ts';
import {
  type ExportTemplate,
  exportTemplates,
  type ImportTemplate,
  templates,
} from '../../src/rules/templates.ts';

const exported: ExportTemplate = exportTemplates.toFlex;
const name = { sv: 'Import', en: 'Import' };
const match = (of: ExportTemplate): ImportTemplate => ({ ...matching(of), key: 'own:1', name });
const imported = match(exported);

describe('where an export and an import template disagree', () => {
  const cases: [string, Partial<ExportTemplate>, Partial<ImportTemplate>, string[]][] = [
    ['the one made to match', {}, {}, []],
    ['a field that is not exported', { fields: ['userId', 'employmentNumber'] }, {}, ['fields']],
    ['another order', { fields: ['employmentNumber', 'userId', 'connectEmail'] }, {}, ['order']],
    ['a further column by order', { fields: [...exported.fields, 'name'] }, {}, ['order']],
    [
      'another order by header',
      { fields: ['connectEmail', ...exported.fields.slice(0, 2)] },
      { byHeader: true },
      [],
    ],
    ['a further column by header', { fields: ['name', ...exported.fields] }, { byHeader: true }, []],
    ['another delimiter', { delimiter: ';' }, {}, ['delimiter']],
    ['a delimiter that is found', { delimiter: ',' }, { delimiter: null }, []],
    ['a delimiter that is not found', { delimiter: '|' }, { delimiter: null }, ['delimiter']],
    ['a mark that is passed over', { encoding: 'UTF-8 BOM' }, {}, []],
    ['another encoding', { encoding: 'Windows-1252' }, {}, ['encoding']],
    ['an encoding that is found', { encoding: 'IBM437' }, { encoding: null }, []],
    ['names that are taken for a user', {}, { header: false }, ['header']],
    ['names that are not there', { header: false }, {}, ['header']],
    ['rows that are not there', {}, { skipRows: 2 }, ['skipRows']],
    [
      'everything',
      {
        fields: ['employmentNumber', 'userId', 'connectEmail'],
        delimiter: ';',
        encoding: 'UTF-16',
        header: false,
      },
      { skipRows: 1 },
      ['order', 'delimiter', 'encoding', 'header', 'skipRows'],
    ],
  ];
  test.each(cases)('%s', (_name, out, back, about) => {
    const found = disagreements({ ...exported, ...out }, { ...imported, ...back });
    expect(found.map((one) => one.about)).toEqual(about);
    for (const { text } of found) expect(text.sv).not.toBe(text.en);
  });

  test('both orders are shown', () => {
    const [found] = disagreements(
      { ...exported, fields: ['employmentNumber', 'userId', 'connectEmail'] },
      imported,
    );
    expect(found?.text.en).toBe(
      'The export writes Employment number, User-ID and Email Visma Connect. The import reads User-ID, Employment number and Email Visma Connect. Column 1 is the first that differs: Employment number in the export, User-ID in the import.',
    );
  });

  test('one that goes on where the other has ended is named', () => {
    const [found] = disagreements({ ...exported, fields: [...exported.fields, 'name'] }, imported);
    expect(found?.text.sv).toContain(
      'Kolumn 4 är den första som skiljer sig: Namn i exporten, ingen i importen.',
    );
  });
});

test.each(Object.values(exportTemplates))(
  '$key: the matching import template agrees, and saves addresses only',
  (of) => {
    expect(lackingToMatch(of)).toEqual([]);
    expect(disagreements(of, match(of))).toEqual([]);
    expect(match(of)).toMatchObject({ fields: of.fields, byHeader: false, does: 'addresses' });
    expect(disagreements(of, templates.connectEmail)).toEqual([]);
  },
);

test('without an address to save, the matching import template changes users; without a number there is none', () => {
  const fields = ['userId', 'employmentNumber', 'office'] as const;
  expect(matching({ ...exported, fields }).does).toBe('change');
  expect(lackingToMatch({ ...exported, fields: ['userId', 'office'] })).toEqual(['employmentNumber']);
});
