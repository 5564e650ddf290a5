import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';
import { type Lifetime, lifetime } from '../support/lifetime.ts';
import { until } from '../support/until.ts';
import { invoke, message } from './activities.ts';
import type { Call } from './connector.ts';
import { anna, lena } from './people.ts';
import { hrId, openSetting, ownChat, type Setting, textOf } from './setting.ts';

const database = testDatabase();
let at: Setting;
let things: Lifetime;
/** What was uploaded, and what the next upload is answered with. */
let uploaded: string[];
let status: number;
let oneDrive: string;

beforeEach(async () => {
  at = await openSetting(database());
  things = lifetime();
  uploaded = [];
  status = 201;
  const server = createServer(async (request, response) => {
    uploaded.push((await buffer(request)).toString());
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  things.keep({
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  });
  oneDrive = `http://127.0.0.1:${(server.address() as AddressInfo).port}/upload?tempauth=secret`;
});
afterEach(async () => {
  await at.stop();
  await things.end();
});

const consentCard = 'application/vnd.microsoft.teams.card.file.consent';
const infoCard = 'application/vnd.microsoft.teams.card.file.info';

interface Attached {
  contentType: string;
  name: string;
  content: Record<string, unknown>;
}

/** The only attachment of a message. */
function attachedTo(call: Call | undefined): Attached {
  const [first] = (call?.body.attachments ?? []) as Attached[];
  if (!first) throw new Error('There is no attachment');
  return first;
}

const messages = (count: number) =>
  until(() => at.posts().length === count && at.posts(), {
    what: `${count} messages`,
    seen: () => [at.teams.calls, at.house.logged],
  });

/** The file that is offered to Lena, once she has asked for it. */
async function offered(line = 'file rows.csv'): Promise<Attached> {
  const before = at.posts().length;
  await at.house.sends(message(line, lena, at.chat));
  return attachedTo((await messages(before + 1)).at(-1));
}

const acceptance = (context: unknown, uploadUrl = oneDrive) => ({
  type: 'fileUpload',
  action: 'accept',
  context,
  uploadInfo: {
    uploadUrl,
    contentUrl: 'https://company-my.sharepoint.com/personal/lena/Documents/Applications/rows.csv',
    name: 'rows.csv',
    uniqueId: 'U1',
    fileType: 'csv',
  },
});

const answers = (value: unknown, by = lena) =>
  at.house.sends(invoke('fileConsent/invoke', value, by, at.chat, { replyToId: '1:1' }));
const calls = (what: Call['what']) => at.teams.calls.filter((call) => call.what === what);

test('a file is offered first, by an opaque id; accepted, it is uploaded and shown in place of the offer', async () => {
  const { contentType, name, content } = await offered();
  expect([contentType, name]).toEqual([consentCard, 'rows.csv']);
  expect(content).toEqual({
    description: 'Two rows',
    sizeInBytes: 8,
    acceptContext: { offer: expect.stringMatching(/^press\d+$/) },
    declineContext: content.acceptContext,
  });
  expect(uploaded).toEqual([]);
  expect(await answers(acceptance(content.acceptContext))).toEqual({ status: 200, body: undefined });
  await until(() => calls('remove').length === 1);
  expect(uploaded).toEqual(['a;b\n1;2\n']);
  const shown = at.posts().at(-1);
  expect(shown).toMatchObject({
    conversation: ownChat(lena.id),
    body: {
      summary: 'Two rows',
      attachments: [
        {
          contentType: infoCard,
          contentUrl: expect.stringContaining('/Applications/rows.csv'),
          name: 'rows.csv',
          content: { uniqueId: 'U1', fileType: 'csv' },
        },
      ],
    },
  });
  expect(calls('remove')).toMatchObject([{ conversation: ownChat(lena.id) }]);
  expect(at.house.ran.map(({ line }) => line)).toEqual(['file rows.csv', 'file rows.csv']);
  expect(JSON.stringify(at.house.logged)).not.toContain('tempauth');
});

test('a name that OneDrive would not take is made one that it does', async () => {
  expect((await offered('file "a/b:c?.csv"')).name).toBe('a-b-c-.csv');
});

test('A3 whoever asks where others read is offered it in their own chat', async () => {
  await at.house.sends(message('file', lena, at.hr));
  const [offer, pointer] = await messages(2);
  expect(attachedTo(offer).contentType).toBe(consentCard);
  expect(offer?.conversation).toBe('a:opened');
  expect(pointer?.conversation).toContain(hrId);
  expect(JSON.stringify(pointer?.body)).not.toMatch(/rows|file/);
});

test('declined, the offer becomes a sentence with a button that offers it again', async () => {
  const { content } = await offered();
  const decline = { type: 'fileUpload', action: 'decline', context: content.declineContext };
  expect((await answers(decline)).status).toBe(200);
  const [update] = await until(() => calls('update').length === 1 && calls('update'));
  expect(textOf(update as Call)).toContain('Filen lämnades inte över.');
  expect(update?.body.id).toBe('1:1');
  expect(uploaded).toEqual([]);
});

test('A6 accepted twice it is handed over once; by somebody else, or made up, not at all', async () => {
  const { content } = await offered();
  await answers(acceptance(content.acceptContext), anna);
  await until(() => at.posts(ownChat(anna.id)).length === 1);
  expect(at.posts(ownChat(anna.id)).map(textOf)).toEqual([expect.stringContaining('hör till någon annan')]);
  await answers(acceptance({ offer: 'made up' }));
  await until(() => at.posts().length === 3);
  expect(uploaded).toEqual([]);
  const value = acceptance(content.acceptContext);
  const both = await Promise.all([answers(value), answers(value)]);
  expect(both.map((one) => one.status)).toEqual([200, 200]);
  await until(() => at.posts().length === 5 && calls('remove').length === 1);
  expect(uploaded).toHaveLength(1);
});

test('what cannot be uploaded, or only to somebody else, is said in place of the offer', async () => {
  for (const [line, address, answered] of [
    ['file', oneDrive, 500],
    ['file', 'http://192.0.2.1/upload', 201],
    ['file rows.csv 9', oneDrive, 201],
  ] as const) {
    const before = calls('update').length;
    const { content } = await offered(line);
    status = answered;
    await answers(acceptance(content.acceptContext, address));
    await until(() => calls('update').length > before);
    expect(textOf(calls('update').at(-1) as Call)).toContain('Filen gick inte att lämna över.');
  }
  expect(at.posts().map((call) => attachedTo(call).contentType)).toEqual(Array(3).fill(consentCard));
});

test('where Teams takes no such question, the other answer is said', async () => {
  at.teams.answers('post', { status: 400, code: 'BadSyntax' });
  await at.house.sends(message('file', lena, at.chat));
  const [, said] = await messages(2);
  expect(textOf(said as Call)).toBe('It is in the log');
});

test('an offer that somebody deleted meanwhile is handed over all the same', async () => {
  const { content } = await offered();
  at.teams.answers('remove', { status: 404, code: 'ActivityNotFoundInConversation' });
  await answers(acceptance(content.acceptContext));
  await until(() => calls('remove').length === 1);
  await at.house.door.stop();
  expect(uploaded).toHaveLength(1);
  expect(at.house.logged.filter(({ msg }) => msg === 'Teams: an answer reached nobody')).toEqual([]);
});

test('an answer that is none of ours is unknown', async () => {
  for (const value of [
    undefined,
    { type: 'fileUpload', action: 'accept', context: { offer: 'x' } },
    { type: 'fileUpload', action: 'dance', context: { offer: 'x' } },
    { ...acceptance({}), context: 'x' },
    acceptance({ offer: 'x' }, 'no address'),
  ])
    expect(await answers(value)).toEqual({ status: 501, body: undefined });
  expect(at.teams.calls).toEqual([]);
});
