import { describe, expect, test } from 'vitest';
import { faultsOfMessage, faultsOfOptions, faultsOfView } from '../../../src/playground/slack/check.ts';
import type { Block } from '../../../src/playground/slack/types.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (label: string, more: object = {}) => ({
  type: 'button',
  text: plain(label),
  action_id: label,
  ...more,
});
const section = (text: string): Block => ({ type: 'section', text: mrkdwn(text) });

describe('what Slack would not take', () => {
  const of = (blocks: Block[]) => faultsOfMessage({ text: 'x', blocks });
  const select = (options: number) => ({
    type: 'static_select',
    action_id: 's',
    options: Array.from({ length: options }, (_, n) => ({ text: plain(`${n}`), value: `${n}` })),
  });
  test.each<[string, Block[], string]>([
    ['blocks', Array(51).fill({ type: 'divider' }), '51 blocks in a message, at most 50'],
    ['an unknown block', [{ type: 'card' }], 'is no kind of block'],
    [
      'a block_id twice',
      [1, 2].map(() => ({ type: 'divider', block_id: 'a' })),
      'two blocks with the block_id "a"',
    ],
    ['an empty text', [section('')], 'text is empty'],
    ['a header in mrkdwn', [{ type: 'header', text: mrkdwn('x') }], 'text must be plain_text'],
    ['a header', [{ type: 'header', text: plain('x'.repeat(151)) }], '151 characters, at most 150'],
    [
      'a value',
      [{ type: 'actions', elements: [button('a', { value: 'x'.repeat(2_001) })] }],
      '2001 characters',
    ],
    [
      'a style',
      [{ type: 'actions', elements: [button('a', { style: 'good' })] }],
      'neither primary nor danger',
    ],
    ['options', [{ type: 'actions', elements: [select(101)] }], '101 options, at most 100'],
    ['elements', [{ type: 'actions', elements: [] }], 'no elements'],
    [
      'a question',
      [{ type: 'actions', elements: [button('a', { confirm: { title: plain('') } })] }],
      'is empty',
    ],
    ['much of everything', Array(10).fill(section('x'.repeat(1_500))), 'too long for Slack'],
  ])('%s', (_, blocks, fault) => {
    expect(of(blocks).join('\n')).toContain(fault);
  });

  test('a modal', () => {
    const view = {
      id: 'V',
      type: 'modal',
      title: plain('x'.repeat(25)),
      private_metadata: 'x'.repeat(3_001),
      blocks: [
        {
          type: 'input',
          label: plain('a'),
          element: { type: 'plain_text_input', placeholder: plain('x'.repeat(151)) },
        },
      ],
    };
    expect(faultsOfView(view)).toEqual([
      expect.stringContaining('the title has 25 characters'),
      expect.stringContaining('private_metadata has 3001 characters'),
      expect.stringContaining('placeholder has 151 characters'),
      'a modal with inputs needs a submit button',
    ]);
    expect(faultsOfOptions({ options: [{ text: plain('x'.repeat(76)), value: 'a' }] })).toEqual([
      expect.stringContaining('76 characters, at most 75'),
    ]);
  });

  test('blocks that leave notifications nothing to say', () => {
    expect(faultsOfMessage({ blocks: [section('x')] })).toEqual([
      expect.stringContaining('blocks without a text'),
    ]);
  });
});
