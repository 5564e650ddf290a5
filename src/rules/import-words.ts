import type { Text } from './language.ts';
import { formatNumber } from './say.ts';
import type { TemplateKey } from './templates.ts';
import type { VerdictGroup } from './verdict.ts';

/** How many rows are in a group, or in all. */
export type Tally = (group: VerdictGroup | undefined) => number;

/** "1 204 rader: 1 150 adresser sparas, 40 är oförändrade, 14 har fel." */
export function plannedSentence(tally: Tally, template: TemplateKey | null): Text {
  const rows = counted(tally(undefined), ['rad', 'rader'], ['row', 'rows']);
  const parts = [
    counted(
      tally('created'),
      ['användare skapas', 'användare skapas'],
      ['user to create', 'users to create'],
    ),
    template === 'connectEmail'
      ? counted(
          tally('updated'),
          ['adress sparas', 'adresser sparas'],
          ['address to save', 'addresses to save'],
        )
      : counted(changed(tally), ['ändras', 'ändras'], ['to change', 'to change']),
    counted(
      tally('further'),
      ['anställning läggs till', 'anställningar läggs till'],
      ['employment to add', 'employments to add'],
    ),
    counted(tally('unchanged'), ['är oförändrad', 'är oförändrade'], ['unchanged', 'unchanged']),
    counted(skipped(tally), ['hoppas över', 'hoppas över'], ['skipped', 'skipped']),
    counted(tally('rejected'), ['har fel', 'har fel'], ['with errors', 'with errors']),
  ];
  return sentence((language) => `${rows[language]}: ${enumerated(parts, language)}.`);
}

/** "1 150 sparade, 40 oförändrade, 14 avvisade." */
export function doneSentence(tally: Tally): Text {
  const parts = [
    counted(tally('created'), ['skapad', 'skapade'], ['created', 'created']),
    counted(
      tally('further'),
      ['anställning tillagd', 'anställningar tillagda'],
      ['employment added', 'employments added'],
    ),
    counted(changed(tally), ['sparad', 'sparade'], ['saved', 'saved']),
    counted(tally('unchanged'), ['oförändrad', 'oförändrade'], ['unchanged', 'unchanged']),
    counted(skipped(tally), ['överhoppad', 'överhoppade'], ['skipped', 'skipped']),
    counted(tally('rejected'), ['avvisad', 'avvisade'], ['rejected', 'rejected']),
  ];
  return sentence((language) => `${enumerated(parts, language)}.`);
}

/** I3: a known user's further employment is told apart. */
const changed = (tally: Tally): number => tally('updated') - tally('further');

const skipped = (tally: Tally): number => tally('skipped_connected') + tally('skipped_empty');

const sentence = (write: (language: keyof Text) => string): Text => ({ sv: write('sv'), en: write('en') });

/** A number with the word that goes with it; '' for 0. */
function counted(n: number, sv: [one: string, many: string], en: [one: string, many: string]): Text {
  if (n === 0) return { sv: '', en: '' };
  const i = n === 1 ? 0 : 1;
  return { sv: `${formatNumber(n, 'sv')} ${sv[i]}`, en: `${formatNumber(n, 'en')} ${en[i]}` };
}

function enumerated(parts: readonly Text[], language: keyof Text): string {
  return parts
    .map((part) => part[language])
    .filter(Boolean)
    .join(', ');
}
