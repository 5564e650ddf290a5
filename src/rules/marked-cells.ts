import { type FieldKey, fieldNames } from './fields.ts';
import type { Text } from './language.ts';

/**
 * What a workbook's cells are besides their text: a `formula` whose last value was read; a formula with `no_value` or an
 * `error_value` (which text files have too); a User-ID or number that is a `number`, and may have lost its leading zeros.
 */
export const markedKinds = ['error_value', 'no_value', 'formula', 'number'] as const;
export type MarkedKind = (typeof markedKinds)[number];

/** What is said of such a cell beside its row. */
export function markedText(kind: MarkedKind, field: FieldKey): Text {
  const { sv, en } = fieldNames[field];
  const text = cellTexts[kind];
  return { sv: `${sv}: ${text.sv}`, en: `${en}: ${text.en}` };
}

const cellTexts: Readonly<Record<MarkedKind, Text>> = {
  error_value: {
    sv: 'cellen visar ett formelfel i stället för ett värde. Skriv värdet i cellen.',
    en: 'the cell shows the error of a formula in place of a value. Write the value in the cell.',
  },
  no_value: {
    sv: 'cellen har en formel som inte är uträknad. Öppna filen i Excel, spara den och släpp den igen, eller skriv värdet i cellen.',
    en: 'the cell has a formula that has not been worked out. Open the file in Excel, save it and drop it again, or write the value in the cell.',
  },
  formula: {
    sv: 'cellen är en formel. Det värde som den hade när filen sparades har lästs.',
    en: 'the cell is a formula. The value that it had when the file was saved was read.',
  },
  number: {
    sv: 'cellen är ett tal, så inledande nollor kan ha försvunnit. Formatera kolumnen som Text och fyll i numret igen.',
    en: 'the cell is a number, so leading zeros may be lost. Format the column as Text and enter the number again.',
  },
};

/** A warning about `count` rows that have such cells, from its verb on. */
export function markedWarning(kind: MarkedKind, count: number): Text {
  const has = count === 1 ? 'has' : 'have';
  switch (kind) {
    case 'error_value':
      return {
        sv: 'har celler som visar ett formelfel, till exempel #SAKNAS!. De värdena sparas inte.',
        en: `${has} cells that show the error of a formula, such as #N/A. Those values are not saved.`,
      };
    case 'no_value':
      return {
        sv: 'har formler som inte är uträknade. Öppna filen i Excel, spara den och släpp den igen.',
        en: `${has} formulas that have not been worked out. Open the file in Excel, save it and drop it again.`,
      };
    case 'formula':
      return {
        sv: 'har formler. Värdena som de hade när filen sparades har lästs.',
        en: `${has} formulas. The values that they had when the file was saved were read.`,
      };
    case 'number':
      return {
        sv: 'har ett id eller nummer som är ett tal i arbetsboken, så inledande nollor kan ha försvunnit. Kontrollera numren.',
        en: `${has} an ID or number that is a number in the workbook, so leading zeros may be lost. Check the numbers.`,
      };
  }
}

export const isMarkedKind = (kind: string): kind is MarkedKind => markedKinds.some((one) => one === kind);
