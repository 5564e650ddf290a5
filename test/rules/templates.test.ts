import { expect, test } from 'vitest';
import { fieldKeys } from '../../src/rules/fields.ts';
import { templates } from '../../src/rules/templates.ts';

test('I2 "Connect e-mail" writes the address only and creates nobody', () => {
  expect(templates.connectEmail).toMatchObject({
    columns: ['userId', 'employmentNumber', 'connectEmail'],
    writes: ['connectEmail'],
    creates: false,
  });
});

test('I2 "Employees" writes every known column but those that find the user, and needs a company to create', () => {
  const { columns, required, requiredToCreate, writes, creates } = templates.employees;
  expect([columns, required, requiredToCreate, creates]).toEqual([
    ['userId', 'employmentNumber'],
    ['userId', 'employmentNumber'],
    ['company'],
    true,
  ]);
  expect([...required, ...writes].sort()).toEqual([...fieldKeys].sort());
});
