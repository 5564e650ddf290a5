import { describe, expect, test } from 'vitest';
import { fieldNames } from '../../src/rules/fields.ts';
import { hintText, noteText, rejectionTexts } from '../../src/rules/row-notes.ts';
import { warningText } from '../../src/rules/row-warnings.ts';

describe('I4 an address that is not valid', () => {
  const said = (...[values]: [Parameters<typeof rejectionTexts>[2]]) => ({
    sv: rejectionTexts('invalid_email', [], values).map(({ sv }) => sv),
    en: rejectionTexts('invalid_email', [], values).map(({ en }) => en),
  });

  test.each([
    ['åsa.fors@company.se', 'Före @ fungerar bara a–z', 'Before the @ only a–z'],
    ['nils@company,se', 'Det som står efter @ saknar punkt', 'What stands after the @ has no dot'],
    ['nils', 'Adressen saknar @', 'The address has no @'],
  ])('"%s" is told what the form says of it', (connectEmail, sv, en) => {
    const texts = said({ connectEmail });
    expect(texts.sv).toEqual([
      'E-postadressen är inte giltig.',
      expect.stringContaining(`E-post Visma Connect: ${sv}`),
    ]);
    expect(texts.en).toEqual([
      'The email address is not valid.',
      expect.stringContaining(`Email Visma Connect: ${en}`),
    ]);
  });

  test('each of two faulty ones is named, and none that is in order', () => {
    expect(said({ email: 'a', connectEmail: 'b' }).sv.map((text) => text.split(':')[0])).toEqual([
      'E-postadressen är inte giltig.',
      'E-post',
      'E-post Visma Connect',
    ]);
    expect(said({ email: 'a@company.se', connectEmail: 'b' }).sv).toHaveLength(2);
  });

  test('one that was faulty when it was judged, and is not by today’s rules, is still told', () => {
    expect(said({ connectEmail: 'a@company.se' }).sv).toEqual(['E-postadressen är inte giltig. Rätta den.']);
  });
});

test.each([
  ['language', 'Skriv svenska eller engelska.', 'Write Swedish or English.'],
  ['activated', 'Skriv Ja eller Nej.', 'Write Yes or No.'],
  ['protectedIdentity', 'Skriv Ja eller Nej.', 'Write Yes or No.'],
  ['employedFrom', 'Skriv ett datum som 2026-01-31.', 'Write a date such as 2026-01-31.'],
  ['employedTo', 'Skriv ett datum som 2026-01-31.', 'Write a date such as 2026-01-31.'],
] as const)('a cell of %s that cannot be read says what can', (field, sv, en) => {
  const text = hintText({ kind: 'unreadable', field });
  expect(text.sv).toContain(`: cellen går inte att läsa och sparas inte. ${sv}`);
  expect(text.en).toContain(`: the cell cannot be read and is not saved. ${en}`);
});

test.each([
  ['moved:IT|Malmö', 'avdelningen IT och kontoret Malmö', 'the department IT and the office Malmö'],
  ['moved:Ekonomi & Lön|', 'avdelningen Ekonomi & Lön', 'the department Ekonomi & Lön'],
  ['moved:|Malmö', 'kontoret Malmö', 'the office Malmö'],
])('whoever moves is told from where (%s)', (note, sv, en) => {
  expect(noteText(note, undefined)).toEqual({ sv: `Flyttas från ${sv}.`, en: `Moves from ${en}.` });
});

test.each([
  ['deactivates', 'Inaktiveras.', 'Is deactivated.'],
  ['reactivates', 'Aktiveras igen.', 'Is activated again.'],
  ['protects', 'Får skyddad identitet.', 'Gets protected identity.'],
  ['unprotects', 'Har inte längre skyddad identitet.', 'No longer has protected identity.'],
])('a yes or a no is told by what it does (%s)', (note, sv, en) => {
  expect(noteText(note, undefined)).toEqual({ sv, en });
});

test('what else changes is told by the names of its columns', () => {
  expect(noteText('changes:language employedTo', undefined)).toEqual({
    sv: `Ändras: ${fieldNames.language.sv} och ${fieldNames.employedTo.sv}.`,
    en: `Changes: ${fieldNames.language.en} and ${fieldNames.employedTo.en}.`,
  });
});

test('a move that was noted without where from is told all the same', () => {
  expect(noteText('moved', undefined)?.sv).toBe('Flyttas till en annan avdelning eller ett annat kontor.');
});

test('the warning counts rows and says that their cells are meant', () => {
  expect(warningText('unreadable', 1, undefined)).toEqual({
    sv: 'har celler som inte går att läsa. De cellerna sparas inte.',
    en: 'has cells that cannot be read. Those cells are not saved.',
  });
});
