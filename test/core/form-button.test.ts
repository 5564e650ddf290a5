import { expect, test } from 'vitest';
import { formButton } from '../../src/core/form-button.ts';
import type { OpenForm } from '../../src/core/view.ts';

test('a form that cannot be opened yet is a button that opens it', () => {
  const form: OpenForm = {
    kind: 'form',
    id: 'opaque',
    title: 'Verifiera',
    fields: [],
    submit: 'Skicka',
    cancel: 'Avbryt',
  };
  expect(formButton(form, 'sv')).toMatchObject({
    title: 'Verifiera',
    text: 'Tryck på knappen för att öppna formuläret.',
    actions: [{ label: 'Verifiera', id: 'opaque', opensForm: true }],
  });
  expect(formButton(form, 'en', { sv: 'Nej', en: 'No' })).toMatchObject({ text: 'No' });
});
