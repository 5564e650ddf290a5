import { expect, test } from 'vitest';
import { contactHref } from '../../src/rules/contact.ts';

test.each([
  ['hr@company.se', 'mailto:hr@company.se'],
  ['https://intranet.company.se/help', 'https://intranet.company.se/help'],
  ['HR, 08-123 45 67', undefined],
  ['HR (hr@company.se)', undefined],
  ['javascript:alert(1)', undefined],
])('A7 the help contact %j leads to %j', (contact, href) => {
  expect(contactHref(contact)).toBe(href);
});
