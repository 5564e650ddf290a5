import { expect, test } from 'vitest';
import { withoutCode } from '../../src/doors/typed.ts';

const many = '`'.repeat(200_000);

test.each([
  ['`verify anna@company.se`', 'verify anna@company.se'],
  [' ```status``` ', 'status'],
  ['status', 'status'],
  ['`status` and `help`', '`status` and `help`'],
  ['`status', '`status'],
  ['status`', 'status`'],
  ['``', '``'],
  ['', ''],
  [`${many}x`, `${many}x`],
])('%.60j is typed as %.60j', (text, typed) => {
  expect(withoutCode(text)).toBe(typed);
});
