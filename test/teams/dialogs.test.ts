import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Card } from '../../src/teams/cards/card.ts';
import { testDatabase } from '../support/database.ts';
import { textOfCard } from '../support/teams/read.ts';
import { invoke, message } from './activities.ts';
import type { Call } from './connector.ts';
import { lena } from './people.ts';
import { dataOf, openSetting, type Setting, sentBy, textOf } from './setting.ts';

const database = testDatabase();
let at: Setting;

beforeEach(async () => {
  at = await openSetting(database());
});
afterEach(() => at.stop());

test('a form opens as a dialog, is searched, refused at its fields with what was filled in, and taken', async () => {
  await at.house.sends(message('form', lena, at.chat));
  await at.posted(1);
  expect(textOf(at.posts()[0] as Call)).toContain('Tryck på knappen för att öppna formuläret.');
  const fetched = await at.house.sends(
    invoke('task/fetch', { data: dataOf(at.posts()[0], 'Verify account') }, lena, at.chat, {
      replyToId: '1:1',
    }),
  );
  const { title, card } = dialogOf(fetched.body);
  expect(title).toBe('Verify account');
  const data = submitOf(card);

  const dataset = `${data.form}/user`;
  const search = { queryText: 'anna', queryOptions: { skip: 0, top: 15 }, dataset };
  const found = await at.house.sends(invoke('application/search', search, lena, at.chat));
  expect(found.body).toMatchObject({ type: 'application/vnd.microsoft.search.searchResponse' });
  const { results } = (found.body as { value: { results: { title: string; value: string }[] } }).value;
  expect(results).toHaveLength(100);
  expect(results[7]).toMatchObject({ value: 'user:"7"', title: expect.stringMatching(/^user anna 7 /) });

  const filled = { user: 'user:"7"', email: 'anna@company.se', again: 'anna@kompany.se', language: 'sv' };
  const refused = await at.house.sends(
    invoke('task/submit', { data: { ...data, ...filled } }, lena, at.chat),
  );
  const again = dialogOf(refused.body);
  expect(again.title).toBe('Verify account');
  const said = textOfCard(again.card);
  expect(said).toContain('Jag känner inte till ”anna@kompany.se”. Skriv /vc hjälp');
  expect(inputsOf(again.card)).toMatchObject([
    { id: 'user', value: 'user:"7"', choices: [{ title: expect.stringMatching(/^user user:"7" 7 /) }] },
    { id: 'email', value: 'anna@company.se' },
    { id: 'again', value: 'anna@kompany.se' },
    { id: 'language', value: 'sv' },
  ]);

  const right = { ...submitOf(again.card), ...filled, again: ' anna@company.se ', language: '' };
  const taken = await at.house.sends(
    invoke('task/submit', { data: right }, lena, at.chat, { replyToId: '1:1' }),
  );
  expect(taken).toEqual({ status: 200, body: undefined });
  expect(await at.posted(2)).toContain('Sent to anna@company.se');
  expect(at.house.ran.at(-1)?.line).toBe('submit user:"7" anna@company.se anna@company.se undefined');
});

test('A6 a form whose check takes too long is closed, and its faults come as an answer', async () => {
  await at.house.sends(message('form', lena, at.chat));
  await at.posted(1);
  const fetched = await at.house.sends(
    invoke('task/fetch', { data: dataOf(at.posts()[0], 'Verify account') }, lena, at.chat),
  );
  const data = submitOf(dialogOf(fetched.body).card);
  const slow = { ...data, user: 'x', email: 'slow@company.se', again: 'other@company.se' };
  expect(await at.house.sends(invoke('task/submit', { data: slow }, lena, at.chat))).toEqual({
    status: 200,
    body: undefined,
  });
  expect((await at.posted(2))[1]).toContain('other@company.se');
});

test('a dialog that is no form after all says what there is to say, or where it stands', async () => {
  const unknown = await at.house.sends(invoke('task/fetch', { data: { press: 'gone' } }, lena, at.chat));
  expect(unknown.body).toEqual({
    task: { type: 'message', value: 'Knappen gäller inte längre. Skriv kommandot igen.' },
  });
  await at.house.sends(message('say "no form"', lena, at.chat));
  await at.posted(1);
  await at.house.sends(message('ask', lena, at.chat));
  await at.posted(2);
  const confirm = await at.house.sends(
    invoke('task/fetch', { data: dataOf(at.posts()[1], 'Confirm') }, lena, at.chat),
  );
  expect(confirm.body).toEqual({ task: { type: 'message', value: 'It is done' } });
});

test('a submission of a form that nobody knows, or that was changed on the way, is answered', async () => {
  const data = { form: 'gone', shown: { form: { kind: 'form', fields: 'none' } }, email: 'x' };
  expect(await at.house.sends(invoke('task/submit', { data }, lena, at.chat))).toEqual({
    status: 200,
    body: undefined,
  });
  expect(await at.posted(1)).toEqual(['✕ Knappen gäller inte längre. Skriv kommandot igen.']);
});

function dialogOf(body: unknown): { title: string; card: Card } {
  const { task } = body as { task: { type: string; value: { title: string; card: { content: Card } } } };
  expect(task.type).toBe('continue');
  return { title: task.value.title, card: task.value.card.content };
}

/** What a dialog's button sends, but for what is filled in. */
function submitOf(card: Card): { form?: string } {
  return sentBy(card.actions?.[0]);
}

function inputsOf(card: Card) {
  return card.body.filter(({ type }) => type.startsWith('Input.'));
}
