import type { Button } from '../../../core/view.ts';
import { type Language, speaker } from '../../../rules/language.ts';
import { formatNumber } from '../../../rules/say.ts';
import { type TemplateKey, templates } from '../../../rules/templates.ts';
import type { ImportStatus } from '../../../services/imports/index.ts';
import type { Rows } from './rows.ts';

/** How a line names a template. */
const templateWords: Readonly<Record<TemplateKey, string>> = {
  connectEmail: 'connect-email',
  employees: 'employees',
};

/** I5: creating users is confirmed as such. */
export function confirmButton({ id }: ImportStatus, { all, told }: Rows, language: Language): Button {
  const say = speaker(language);
  const created = all('created') > 0;
  const n = told('created');
  const users =
    n < all('created')
      ? say('användare', 'users')
      : say(`${formatNumber(n, 'sv')} användare`, `${formatNumber(n, 'en')} ${n === 1 ? 'user' : 'users'}`);
  const button: Button = {
    label: created
      ? say(`Bekräfta och skapa ${users}`, `Confirm and create ${users}`)
      : say('Bekräfta', 'Confirm'),
    line: `import confirm #${id}`,
    acting: true,
    style: 'primary',
  };
  if (!created) return button;
  return {
    ...button,
    ask: {
      title: say(`Skapa ${users}?`, `Create ${users}?`),
      text: say(
        'De finns inte i registret. Kontrollera att filen är från rätt system och att Användar-id stämmer.',
        'They are not in the register. Check that the file comes from the right system and that the User-IDs are right.',
      ),
      yes: say('Skapa', 'Create'),
      no: say('Avbryt', 'Cancel'),
    },
  };
}

export function cancelButton(id: number, language: Language): Button {
  return { label: speaker(language)('Avbryt', 'Cancel'), line: `import cancel #${id}`, acting: true };
}

export function logButton({ id }: ImportStatus, { all }: Rows, language: Language): Button[] {
  if (all(undefined) === 0) return [];
  return [{ label: speaker(language)('Visa logg', 'Show log'), line: `log show #${id}`, acting: false }];
}

export function otherTemplate({ id, file, template }: ImportStatus, language: Language): Button[] {
  const other: TemplateKey = template === 'employees' ? 'connectEmail' : 'employees';
  if (!file?.header.fits.includes(other)) return [];
  const name = templates[other].name;
  return [
    {
      label: speaker(language)(`Läs som ${name.sv} i stället`, `Read as ${name.en} instead`),
      line: `import template #${id} ${templateWords[other]}`,
      acting: true,
    },
  ];
}

/** I7: a button to send verification to the addresses just saved. */
export function sendButton({ id, saved }: ImportStatus, language: Language): Button[] {
  if (!saved) return [];
  const label = speaker(language)('Skicka verifieringsmejl', 'Send verification emails');
  return [{ label, line: `bulk-verify import:${id}`, acting: false, style: 'primary' }];
}
