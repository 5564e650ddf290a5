import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { departmentFileNames } from '../../src/rules/department-files.ts';
import { fold } from '../../src/rules/text.ts';

const names = (...departments: (string | null)[]) =>
  departmentFileNames(
    departments.map((department) => ({ company: 'X', department })),
    'sv',
  );

describe("what departments' files are called", () => {
  test.each<[string | null, string]>([
    ['Ekonomi & Lön', 'Ekonomi & Lön'],
    ['Butik: Visby / Hemse?', 'Butik- Visby - Hemse-'],
    ['..hemligt. ', 'hemligt'],
    ['CON', '_CON'],
    ['???', '---'],
    ['.', '_'],
    [null, 'Utan avdelning'],
    ['x'.repeat(200), `${'x'.repeat(79)}…`],
  ])('%s is called %s', (department, name) => {
    expect(names(department)).toEqual([name]);
  });

  test('no two alike, in any case, and with what no name may hold left out', () => {
    expect(names('A/B', 'A:B', 'a?b')).toEqual(['A-B', 'A-B 2', 'a-b 3']);
    expect(names('Utan avdelning', null)).toEqual(['Utan avdelning (X)', 'Utan avdelning (X) 2']);
  });

  test('with their company where several have one of that name', () => {
    const departments = [
      { company: 'Nord AB', department: 'IT' },
      { company: 'Syd AB', department: 'it' },
      { company: 'Syd AB', department: 'Lager' },
    ];
    expect(departmentFileNames(departments, 'en')).toEqual(['IT (Nord AB)', 'it (Syd AB)', 'Lager']);
  });

  test('any departments have names that any file can have, all different', () => {
    const department = fc.record({
      company: fc.string(),
      department: fc.option(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('A', 'a', 'A ', 'A 2'))),
    });
    fc.assert(
      fc.property(fc.array(department), (departments) => {
        const made = departmentFileNames(departments, 'sv');
        expect(new Set(made.map(fold)).size).toBe(departments.length);
        for (const name of made) expect(name).toMatch(/^[^\\/:*?"<>|\p{Cc}]+$/u);
      }),
    );
  });
});
