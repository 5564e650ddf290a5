import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { connectFile, hrExport } from './people.ts';

test('the export has a thousand users, some of them twice, as the HR system writes it', () => {
  const { bytes, rows } = hrExport(1_000);
  expect(rows).toHaveLength(1_040);
  const users = new Map(rows.map((row) => [row.userId, row]));
  expect(users.size).toBe(1_000);
  expect([...users.values()].filter(({ email }) => email === '')).toHaveLength(50);
  expect(new Set(rows.map(({ company, number }) => `${company} ${number}`)).size).toBe(1_040);
  const addresses = [...users.values()].map(({ email }) => email).filter(Boolean);
  expect(new Set(addresses).size).toBe(950);
  const [header, first] = iconv.decode(bytes, 'windows-1252').split('\r\n');
  expect(header).toContain('Användar-id;Anställningsnummer;Namn;Företag');
  expect(first).toBe(
    '14;0014;Anna Svensson;X;Ekonomi & Lön;Stockholm;anna@company.se;Månadslön;anna@company.se;Lena Berg',
  );
});

test('the filled-in file has three columns, in the language and the writing that is asked for', () => {
  const [anna] = hrExport(1).rows;
  if (!anna) throw new Error('The export is empty');
  expect(connectFile([anna]).toString()).toBe(
    '\uFEFFAnvändar-id;Anställningsnummer;E-post Visma Connect\r\n14;0014;anna@company.se\r\n',
  );
  const english = connectFile([anna], { language: 'en', delimiter: '\t', encoding: 'utf8', lineEnd: '\n' });
  expect(english.toString()).toBe(
    'User-ID\tEmployment number\tEmail Visma Connect\n14\t0014\tanna@company.se\n',
  );
});
