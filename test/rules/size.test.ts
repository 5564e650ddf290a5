import { expect, test } from 'vitest';
import { formatSize } from '../../src/rules/size.ts';

test.each([
  [0, '0\u00a0B', '0\u00a0B'],
  [1023, '1\u00a0023\u00a0B', '1,023\u00a0B'],
  [1024, '1\u00a0kB', '1\u00a0kB'],
  [1536, '1,5\u00a0kB', '1.5\u00a0kB'],
  [20 * 1024, '20\u00a0kB', '20\u00a0kB'],
  [1024 ** 2 * 1.25, '1,3\u00a0MB', '1.3\u00a0MB'],
  [200 * 1024 ** 2, '200\u00a0MB', '200\u00a0MB'],
  [3 * 1024 ** 3, '3\u00a0072\u00a0MB', '3,072\u00a0MB'],
])('%i bytes read as %j and %j', (bytes, sv, en) => {
  expect(formatSize(bytes, 'sv')).toBe(sv);
  expect(formatSize(bytes, 'en')).toBe(en);
});
