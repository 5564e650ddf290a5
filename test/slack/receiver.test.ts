import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { expect, test } from 'vitest';
import { acknowledgesLast } from '../../src/slack/receiver.ts';

/** An app that acknowledges before it works, as Bolt does with events, on a receiver that hands requests to it. */
function bolt(work: () => Promise<void>, before: () => Promise<void> = async () => undefined) {
  const order: string[] = [];
  let receives: App['processEvent'] | undefined;
  const inner: Receiver = {
    init: (app) => {
      receives = (event) => app.processEvent(event);
    },
    start: async () => 'started',
    stop: async () => 'stopped',
  };
  const receiver = acknowledgesLast(inner, before);
  receiver.init({
    async processEvent(event: ReceiverEvent) {
      await event.ack();
      order.push('work');
      await work();
    },
  } as App);
  const receive = async (type: string) => {
    const ack = async () => {
      order.push('ack');
    };
    await receives?.({ body: { type }, ack });
  };
  return { order, receive, receiver };
}

test('A6 an event is acknowledged after the work, a press before it', async () => {
  const { order, receive, receiver } = bolt(async () => undefined);
  await receive('event_callback');
  await receive('block_actions');
  expect(order).toEqual(['work', 'ack', 'ack', 'work']);
  expect([await receiver.start(), await receiver.stop()]).toEqual(['started', 'stopped']);
});

test('A6 an event whose work fails is never acknowledged', async () => {
  const { order, receive } = bolt(() => Promise.reject(new Error('the database is gone')));
  await expect(receive('event_callback')).rejects.toThrow('the database is gone');
  expect(order).toEqual(['work']);
});

test('nothing is taken where the bot cannot work yet', async () => {
  const { order, receive } = bolt(
    async () => undefined,
    () => Promise.reject(new Error('Slack is away')),
  );
  await expect(receive('block_actions')).rejects.toThrow('Slack is away');
  expect(order).toEqual([]);
});
