import { expect, test } from 'vitest';
import { redact } from '../src/log.ts';

test.each([
  ['550 5.1.1 <anna@company.se>: no such user', '550 5.1.1 <…@company.se>: no such user'],
  ['{"address":"anna.svensson@företaget.se"}', '{"address":"…@företaget.se"}'],
  ['GET /verify/q3Nn0m2x7Hc5vYk1s8Lw4Tz9Rb6Jd_AeFgPuQiXoMtE', 'GET /verify/[secret]'],
  ['token xoxb-123-456-abc', 'token [secret]'],
  ['nothing to hide', 'nothing to hide'],
])('A5 the log turns %j into %j', (given, logged) => {
  expect(redact(given)).toBe(logged);
});
