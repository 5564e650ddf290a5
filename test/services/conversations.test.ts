import { beforeEach, expect, it } from 'vitest';
import type { Sighting } from '../../src/core/conversations.ts';
import { createConversations } from '../../src/services/conversations.ts';
import { eachStore } from '../support/database.ts';

const hr: Sighting = {
  tenant: 'T1',
  conversation: '19:hr@thread.tacv2',
  kind: 'internal',
  platformId: 'lena',
  serviceUrl: 'https://smba.example/emea/',
  botId: '28:bot',
};
const own: Sighting = { ...hr, conversation: 'a:lena', kind: 'direct', language: 'sv' };

eachStore('conversations', (database) => {
  let at = 0;
  const now = () => new Date(at);
  const open = (surface = 'teams') => createConversations(database(), surface, now);

  beforeEach(async () => {
    at = Date.parse('2026-11-21T12:00:00Z');
    await database().prisma.conversation.deleteMany();
  });

  it('are found again by another process: by what they are called, and by who was seen there', async () => {
    await open().remember(own);
    at += 1_000;
    await open().remember(hr);
    expect(await open().find('T1', hr.conversation)).toEqual(hr);
    expect(await open().of('T1', 'lena')).toEqual([own, hr]);
    expect(await open().of('T1', 'anna')).toEqual([]);
    expect(await open().find('T1', 'a:nobody')).toBeUndefined();
  });

  it('are each of one surface and tenant', async () => {
    await open().remember(own);
    expect(await open('elsewhere').of('T1', 'lena')).toEqual([]);
    expect(await open().of('T2', 'lena')).toEqual([]);
    expect(await open().find('T2', own.conversation)).toBeUndefined();
  });

  it('are reached as whoever was seen there last reached them', async () => {
    const conversations = open();
    await conversations.remember(hr);
    at += 1_000;
    await conversations.remember({ ...hr, platformId: 'erik', serviceUrl: 'https://smba.example/amer/' });
    expect((await conversations.find('T1', hr.conversation))?.serviceUrl).toBe('https://smba.example/amer/');
    at += 1_000;
    await conversations.remember({ ...hr, serviceUrl: 'https://smba.example/apac/' });
    expect((await conversations.find('T1', hr.conversation))?.serviceUrl).toBe('https://smba.example/apac/');
  });

  it('that were just written are not written again, and are after an hour', async () => {
    const conversations = open();
    const seenAt = async () => (await database().prisma.conversation.findFirst())?.seenAt.getTime();
    await conversations.remember(own);
    const first = at;
    at += 60_000;
    await conversations.remember(own);
    expect(await seenAt()).toBe(first);
    at += 60 * 60_000;
    await conversations.remember(own);
    expect(await seenAt()).toBe(at);
  });

  it('are forgotten whole, and can be remembered anew', async () => {
    const conversations = open();
    await conversations.remember(hr);
    await conversations.remember({ ...hr, platformId: 'erik' });
    await conversations.forget('T1', hr.conversation);
    expect(await conversations.find('T1', hr.conversation)).toBeUndefined();
    await conversations.remember(hr);
    expect(await conversations.find('T1', hr.conversation)).toEqual(hr);
  });

  it('that another process forgot are remembered anew', async () => {
    const [one, other] = [open(), open()];
    await one.remember(hr);
    await other.forget('T1', hr.conversation);
    await one.remember(hr);
    expect(await other.find('T1', hr.conversation)).toEqual(hr);
  });
});
