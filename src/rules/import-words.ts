import { rowOutcomes } from './import-row.ts';
import type { Text } from './language.ts';
import { formatNumber } from './say.ts';
import type { Doing } from './templates.ts';
import type { VerdictGroup } from './verdict.ts';

/** How many rows are in a group, or in all. */
export type Tally = (group: VerdictGroup | undefined) => number;

/** "1 204 rader: 1 150 adresser sparas, 40 är oförändrade, 14 har fel." */
export function plannedSentence(tally: Tally, does: Doing | undefined): Text {
  const rows = counted(tally(undefined), ['rad', 'rader'], ['row', 'rows']);
  const parts = [
    counted(
      tally('created'),
      ['användare skapas', 'användare skapas'],
      ['user to create', 'users to create'],
    ),
    does === 'addresses'
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

/** "1 204 användare: 1 150 får sin vanliga e-postadress som adress för inloggningen, 40 hoppas över, 14 kan inte fyllas i." */
export function fillSentence(tally: Tally): Text {
  const users = counted(tally(undefined), ['användare', 'användare'], ['user', 'users']);
  const parts = [
    counted(
      tally('updated'),
      [
        'får sin vanliga e-postadress som adress för inloggningen',
        'får sin vanliga e-postadress som adress för inloggningen',
      ],
      [
        'gets the ordinary email as address for logging in',
        'get their ordinary email as address for logging in',
      ],
    ),
    counted(skipped(tally), ['hoppas över', 'hoppas över'], ['skipped', 'skipped']),
    counted(
      tally('rejected'),
      ['kan inte fyllas i', 'kan inte fyllas i'],
      ['cannot be filled in', 'cannot be filled in'],
    ),
  ];
  return sentence((language) => `${users[language]}: ${enumerated(parts, language)}.`);
}

/** "1 150 ifyllda, 40 överhoppade, 14 avvisade." */
export function filledSentence(tally: Tally): Text {
  const parts = [
    counted(tally('updated'), ['ifylld', 'ifyllda'], ['filled in', 'filled in']),
    counted(skipped(tally), ['överhoppad', 'överhoppade'], ['skipped', 'skipped']),
    counted(tally('rejected'), ['avvisad', 'avvisade'], ['rejected', 'rejected']),
  ];
  return sentence((language) => `${enumerated(parts, language)}.`);
}

/** "1 150 användare: 50 får tillbaka sin tidigare adress, 1 050 blir utan adress, 50 ändras inte." `removed` of those who change. */
export function putBackSentence(tally: Tally, removed: number): Text {
  const users = counted(tally(undefined), ['användare', 'användare'], ['user', 'users']);
  const parts = [
    counted(
      tally('updated') - removed,
      ['får tillbaka sin tidigare adress', 'får tillbaka sin tidigare adress'],
      ['gets the earlier address back', 'get their earlier address back'],
    ),
    counted(removed, ['blir utan adress', 'blir utan adress'], ['is left without', 'are left without']),
    counted(
      tally(undefined) - tally('updated'),
      ['ändras inte', 'ändras inte'],
      ['is not changed', 'are not changed'],
    ),
  ];
  return sentence((language) => `${users[language]}: ${enumerated(parts, language)}.`);
}

/** "50 tidigare adresser tillbaka, 1 050 adresser borttagna, 50 inte ändrade." */
export function undoneSentence(tally: Tally, removed: number): Text {
  const parts = [
    counted(
      tally('updated') - removed,
      ['tidigare adress tillbaka', 'tidigare adresser tillbaka'],
      ['earlier address back', 'earlier addresses back'],
    ),
    counted(removed, ['adress borttagen', 'adresser borttagna'], ['address removed', 'addresses removed']),
    counted(
      tally(undefined) - tally('updated'),
      ['inte ändrad', 'inte ändrade'],
      ['not changed', 'not changed'],
    ),
  ];
  return sentence((language) => `${enumerated(parts, language)}.`);
}

/** I3: a known user's further employment is told apart. */
const changed = (tally: Tally): number => tally('updated') - tally('further');

/** Rows that nothing was wrong with and that change nothing, for whatever reason. */
export const skipped = (tally: Tally): number =>
  rowOutcomes.reduce((sum, outcome) => sum + (outcome.startsWith('skipped') ? tally(outcome) : 0), 0);

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
