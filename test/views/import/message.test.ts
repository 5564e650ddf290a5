import { describe, expect, test } from 'vitest';
import { templates } from '../../../src/rules/templates.ts';
import type { VerdictCounts } from '../../../src/rules/verdict.ts';
import type { ImportStatus } from '../../../src/services/imports/index.ts';
import type { Reader } from '../../../src/services/messages.ts';
import { importMessage } from '../../../src/views/import/message.ts';

const status = (counts: VerdictCounts, more: Partial<ImportStatus> = {}): ImportStatus => ({
  id: 42,
  state: 'previewed',
  origin: 'file',
  filter: undefined,
  fileName: 'adresser.csv',
  file: undefined,
  template: templates.employees,
  guessed: false,
  others: [],
  rowCount: 1,
  emptyRows: 0,
  staged: true,
  counts,
  newCompanies: [],
  protected: true,
  applied: 0,
  confirmed: false,
  fault: undefined,
  files: [],
  filesInAll: 0,
  joined: undefined,
  known: [],
  comparison: undefined,
  goneUsers: [],
  examples: [],
  saved: false,
  missing: { users: 0, shielded: 0, connected: 0, deactivated: { users: 0, shielded: 0 } },
  undoable: false,
  undoneBy: undefined,
  undone: undefined,
  ...more,
});
const place: Reader = { language: 'sv', audience: 'place' };
const caller: Reader = { language: 'sv', audience: 'caller' };

function seen(counts: VerdictCounts, more?: Partial<ImportStatus>, reader = place) {
  const view = importMessage(status(counts, more), reader);
  const buttons = (view.actions ?? []).flatMap((action) => ('line' in action ? [action] : []));
  const [confirm] = buttons.filter(({ line }) => line.startsWith('import confirm'));
  return {
    text: ('text' in view ? (view.text ?? '') : '').replaceAll('\u00a0', ' '),
    confirm,
    labels: buttons.map(({ label }) => label),
  };
}

describe('I5 U8 a preview in a channel decides from all rows, and tells of those that it may', () => {
  test('somebody with protected identity is created as such', () => {
    const { text, confirm } = seen({ n: 1200, C: 1 });
    expect(text).toBe(
      'Inget är sparat ännu. 1 200 rader: 1 200 är oförändrade. Fler detaljer står i loggen.',
    );
    expect(confirm).toMatchObject({
      label: 'Bekräfta och skapa användare',
      ask: { title: 'Skapa användare?' },
    });
  });

  test('the question of creating is asked, without a number that would be wrong', () => {
    expect(seen({ u: 3, C: 2 }).confirm?.label).toBe('Bekräfta och skapa användare');
    expect(seen({ c: 3, C: 2 }).confirm?.label).toBe('Bekräfta och skapa användare');
    expect(seen({ c: 3, U: 2 }).confirm?.label).toBe('Bekräfta och skapa 3 användare');
  });

  test('a change of somebody with protected identity alone can be confirmed', () => {
    const { text, labels } = seen({ U: 1 });
    expect(text).toBe('Inget är sparat ännu. Fler detaljer står i loggen.');
    expect(labels).toEqual(['Bekräfta', 'Avbryt', 'Visa logg']);
  });

  test('what is in place is in place for all', () => {
    expect(seen({ n: 3, N: 1 }).text).toBe('Allt är redan på plats.');
    expect(seen({ n: 3, X: 1 }).text).toBe(
      'Det finns inget att spara. 3 rader: 3 är oförändrade. Fler detaljer står i loggen.',
    );
  });

  test('the caller is told all numbers', () => {
    const { text, confirm } = seen({ n: 1200, C: 1 }, {}, caller);
    expect(text).toBe('Inget är sparat ännu. 1 201 rader: 1 användare skapas, 1 200 är oförändrade.');
    expect(confirm?.label).toBe('Bekräfta och skapa 1 användare');
  });
});

describe('I7 U8 the summary in a channel', () => {
  test.each<[VerdictCounts, string]>([
    [{ U: 1 }, 'Klart. Fler detaljer står i loggen.'],
    [{ n: 3, C: 1 }, 'Klart: 3 oförändrade. Fler detaljer står i loggen.'],
    [{ n: 3, N: 1 }, 'Klart: allt var redan på plats.'],
  ])('of %j says %s', (counts, text) => {
    const summary = seen(counts, { state: 'done' });
    expect(summary.text).toBe(text);
    expect(summary.labels).toContain('Visa logg');
  });
});

test('I5 a preview where every row is rejected says what to do', () => {
  expect(seen({ x: 3 }, {}, caller).text).toBe(
    'Det finns inget att spara. 3 rader: 3 har fel. Rätta de avvisade raderna och släpp filen här igen.',
  );
});

test('I7 the addresses that were saved are offered to be verified, as long as they are not undone', () => {
  const done = { state: 'done', confirmed: true, saved: true } as const;
  expect(seen({ u: 2 }, done).labels).toContain('Skicka verifieringsmejl');
  expect(seen({ u: 2 }, { ...done, undoneBy: 46 }).labels).not.toContain('Skicka verifieringsmejl');
});
