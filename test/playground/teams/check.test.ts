import { expect, test } from 'vitest';
import type { Json } from '../../../src/playground/local/types.ts';
import {
  faultsOfActivity,
  faultsOfExecuted,
  faultsOfSearch,
  faultsOfTask,
} from '../../../src/playground/teams/check.ts';

const adaptive = 'application/vnd.microsoft.card.adaptive';
const text = (words: string) => ({ type: 'TextBlock', text: words });
const execute = (more: Json = {}) => ({
  type: 'Action.Execute',
  title: 'Go',
  verb: 'press',
  fallback: { type: 'Action.Submit', title: 'Go' },
  ...more,
});
const card = (body: object[], actions: object[] = []) => ({
  type: 'AdaptiveCard',
  version: '1.5',
  body,
  actions,
});
const message = (content: object, more: Json = {}) => ({
  type: 'message',
  summary: 'Said',
  attachments: [{ contentType: adaptive, content }],
  ...more,
});
const searched = {
  type: 'Input.ChoiceSet',
  id: 'user',
  choices: [{ title: 'Anna', value: '14' }],
  'choices.data': { type: 'Data.Query' },
};

test.each<[string, Json]>([
  ['a text', { type: 'message', text: 'Hej' }],
  ['somebody typing', { type: 'typing' }],
  ['a card', message(card([text('Hej')], [execute()]))],
  [
    'a question behind a button',
    message(card([], [{ type: 'Action.ShowCard', title: 'Go', card: card([]) }])),
  ],
  ['a list that is searched', message(card([searched]))],
])('%s is taken', (_, activity) => {
  expect(faultsOfActivity(activity)).toEqual([]);
});

test.each<[string, Json, string]>([
  ['another type', { type: 'event' }, 'the type "event" is none that a bot sends'],
  ['nothing', { type: 'message', summary: 'x' }, 'the message says nothing'],
  ['no summary', { ...message(card([])), summary: '' }, 'a card without a summary'],
  ['too much', message(card([text('x'.repeat(26_000))])), 'at most 25600'],
  [
    'a picture',
    { type: 'message', text: 'x', attachments: [{ contentType: 'image/gif' }] },
    'unknown type "image/gif"',
  ],
  ['no card', message({}), 'a card that is none'],
  ['a newer card', message({ ...card([]), version: '1.6' }), 'version "1.6", at most 1.5'],
  ['an unknown element', message(card([{ type: 'Hologram' }])), 'Unknown element type "Hologram"'],
  ['an unknown button', message(card([], [{ type: 'Action.Wish', title: 'x' }])), 'Unknown action type'],
  ['a list of nothing', message(card([{ ...searched, choices: [] }])), 'at least one choice'],
  [
    'seven buttons',
    message(
      card(
        [],
        Array.from({ length: 7 }, () => execute()),
      ),
    ),
    '7 buttons in a row',
  ],
  ['a button without words', message(card([], [execute({ title: '' })])), 'without a title'],
  ['a button without a verb', message(card([], [execute({ verb: '' })])), 'it has no verb'],
  ['a button for new clients alone', message(card([], [execute({ fallback: 'drop' })])), 'has no fallback'],
  [
    'a button of a question',
    message(card([], [{ type: 'Action.ShowCard', title: 'x', card: card([], [execute({ verb: '' })]) }])),
    'it has no verb',
  ],
  [
    'a file without a size',
    {
      type: 'message',
      summary: 'x',
      attachments: [
        { contentType: 'application/vnd.microsoft.teams.card.file.consent', name: 'x', content: {} },
      ],
    },
    'does not say its size',
  ],
])('%s is a fault', (_, activity, fault) => {
  expect(faultsOfActivity(activity)).toContainEqual(expect.stringContaining(fault));
});

const dialog = (content: object) => ({
  task: { type: 'continue', value: { title: 'Form', card: { contentType: adaptive, content } } },
});

test('answers to invokes are as Teams reads them', () => {
  const said = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' };
  expect(faultsOfExecuted(said)).toEqual([]);
  expect(faultsOfExecuted({ statusCode: 200, type: adaptive, value: card([]) })).toEqual([]);
  expect(faultsOfExecuted({ ...said, type: 'text/plain' })).toHaveLength(1);
  expect(faultsOfExecuted('')).toEqual(['adaptiveCard/action: an answer without a statusCode']);

  expect(faultsOfTask('task/submit', '')).toEqual([]);
  expect(faultsOfTask('task/fetch', '')).toEqual(['task/fetch: an answer without a task']);
  expect(faultsOfTask('task/fetch', dialog(card([text('x')])))).toEqual([]);
  expect(faultsOfTask('task/fetch', { task: { type: 'message', value: 'Nej' } })).toEqual([]);
  expect(faultsOfTask('task/submit', dialog(card([], [execute()])))).toEqual([
    'task/submit: the button "Go" cannot be in a dialog, which is submitted',
  ]);

  const results = [{ title: 'Anna', value: '14' }];
  const type = 'application/vnd.microsoft.search.searchResponse';
  expect(faultsOfSearch({ type, value: { results } })).toEqual([]);
  expect(faultsOfSearch({ type, value: { results: [{ title: 'Anna' }] } })).toHaveLength(1);
  expect(faultsOfSearch({ results })).toEqual(['application/search: an answer without results']);
});
