import { expect, test } from 'vitest';
import type { Field, OpenForm } from '../../src/core/view.ts';
import { faultsOfCard } from '../../src/playground/teams/check.ts';
import { drawForm, drawOptions, readDataset, readValues } from '../../src/teams/cards/form.ts';
import { textOfCard } from '../support/teams/read.ts';

const user: Field = { name: 'user', type: 'user', label: 'Användare', placeholder: 'Sök på namn' };
const form: OpenForm = {
  kind: 'form',
  id: 'f1',
  title: 'Verifiera konto',
  text: 'Adressen sparas.',
  fields: [
    user,
    { name: 'email', type: 'email', label: 'E-post', value: 'åsa@företag.se', hint: 'Till jobbet' },
    { name: 'note', type: 'text', label: 'Anteckning', optional: true, value: 'x'.repeat(4_000) },
    { name: 'way', type: 'choice', label: 'Sätt', value: 'b', options: drawn(130) },
  ],
  submit: 'Skicka',
  cancel: 'Avbryt',
};

function drawn(count: number) {
  return Array.from({ length: count }, (_, n) => ({ value: `v${n}`, label: `Val ${n}` }));
}

const inputs = (card: ReturnType<typeof drawForm>) =>
  card.body.flatMap((element) => (element.type.startsWith('Input.') ? [element] : []));

test('a form is a card of inputs in order, with what is filled in, and one button', () => {
  const card = drawForm(form, 'sv');
  expect(faultsOfCard(card, 'dialog')).toEqual([]);
  expect(textOfCard(card)).toContain('Adressen sparas.\nAnvändare: \nE-post: åsa@företag.se\nTill jobbet\n');
  expect(inputs(card)).toMatchObject([
    {
      type: 'Input.ChoiceSet',
      id: 'user',
      style: 'compact',
      choices: [{ title: 'Sök på namn' }],
      'choices.data': { type: 'Data.Query', dataset: 'f1/user' },
    },
    { type: 'Input.Text', id: 'email', value: 'åsa@företag.se' },
    {
      type: 'Input.Text',
      id: 'note',
      label: 'Anteckning (valfritt)',
      maxLength: 3_000,
      value: 'x'.repeat(3_000),
    },
    { type: 'Input.ChoiceSet', id: 'way', value: 'b', choices: { length: 100 } },
  ]);
  expect(inputs(drawForm(form, 'en'))[2]).toMatchObject({ label: 'Anteckning (optional)' });
  expect(JSON.stringify(card)).not.toContain('isRequired":true');
  expect(card.actions).toEqual([
    {
      type: 'Action.Submit',
      title: 'Skicka',
      style: 'positive',
      data: { form: 'f1', shown: { form, language: 'sv' } },
    },
  ]);
});

test('what is wrong stands under its field in words, and what was filled in is kept', () => {
  const card = drawForm(form, 'sv', {
    faults: { email: 'Adresserna är inte lika.', user: 'Välj en användare.' },
    values: { user: '14', email: 'anna@company.se', note: '', way: 'v2' },
  });
  expect(textOfCard(card).split('\n').slice(1, 8)).toEqual([
    'Användare: 14',
    'Välj en användare.',
    'E-post: anna@company.se',
    'Adresserna är inte lika.',
    'Till jobbet',
    'Anteckning (valfritt): ',
    'Sätt: Val 2',
  ]);
  expect(card.body[2]).toMatchObject({ inlines: [{ text: 'Välj en användare.', color: 'attention' }] });
});

test.each([
  ['the one that the form came with', { value: '14', label: 'Anna, 14' }, '14', 'Anna, 14'],
  ['another, by the name that is known', undefined, { value: '15', label: 'Bo, 15' }, 'Bo, 15'],
  ['another, whose name is not known', { value: '14', label: 'Anna, 14' }, '15', '15'],
])('who is chosen is shown: %s', (_, first, filled, title) => {
  const one: OpenForm = { ...form, fields: [first ? { ...user, value: first } : user] };
  const value = typeof filled === 'string' ? filled : filled.value;
  expect(inputs(drawForm(one, 'sv', { values: { user: filled } }))).toMatchObject([
    { value, choices: [{ title, value }] },
  ]);
});

test('a submission is read by field; what was left blank, or nobody chosen, is not there', () => {
  const nobody = inputs(drawForm(form, 'sv'))[0];
  const value = nobody?.type === 'Input.ChoiceSet' ? nobody.choices[0]?.value : undefined;
  expect(value).toBeTruthy();
  expect(readValues({ form: 'f1', user: value, email: ' anna@company.se', note: '', msteams: {} })).toEqual({
    email: 'anna@company.se',
  });
});

test('a search names its form and its field', () => {
  const [search] = inputs(drawForm(form, 'sv'));
  const { dataset } = (search?.type === 'Input.ChoiceSet' && search['choices.data']) || { dataset: '' };
  expect(readDataset(dataset)).toEqual({ form: 'f1', field: 'user' });
});

test('suggestions are a hundred at most, each with a name', () => {
  const options = drawOptions([{ value: 'user:"0"', label: '' }, ...drawn(130)]);
  expect(options).toHaveLength(100);
  expect(options[0]).toEqual({ title: 'user:"0"', value: 'user:"0"' });
});
