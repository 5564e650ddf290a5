import { afterEach, expect, test } from 'vitest';
import { textOf } from '../support/slack.ts';
import { type House, openHouse } from './house.ts';

let house: House;

afterEach(() => house.stop());

/** Everything that Lena has been sent by the bot in their conversation. */
const received = () => house.slack.dm('lena').filter(({ user }) => user === house.slack.botUser);
const files = () => received().flatMap((message) => message.files.map(house.slack.file));

test('a file is uploaded to whoever asked, without the token, and is no question to the bot', async () => {
  house = await openHouse();
  await house.slack.as('lena').types('/vc file lista.csv');
  await house.slack.until(() => files().length === 1);
  expect(files()).toEqual([{ name: 'lista.csv', bytes: Buffer.from('a;b\n1;2\n') }]);
  expect(received().map(textOf)).toEqual(['Two rows']);
  const methods = house.slack.calls.map(({ method }) => method).filter((name) => /^files|upload/.test(name));
  expect(methods).toEqual(['files.getUploadURLExternal', 'upload', 'files.completeUploadExternal']);
  expect(house.slack.calls.find(({ method }) => method === 'upload')?.token).toBeUndefined();
  await house.slack.as('lena').writes('help');
  await house.slack.until(() => house.ran.some(({ line }) => line === 'help'));
  expect(house.dropped).toEqual([]);
});

test('A3 whoever asks in a channel gets it in their own conversation, and reads there that they did', async () => {
  house = await openHouse();
  await house.slack.as('lena').types('/vc file', { in: '#hr' });
  await house.slack.until(() => house.slack.ephemeral('lena', '#hr').length === 1);
  expect(house.slack.ephemeral('lena', '#hr').map(textOf)).toEqual([
    expect.stringContaining('The file is in our direct conversation.'),
  ]);
  expect(files()).toHaveLength(1);
  expect(house.slack.messages('#hr')).toEqual([]);
});

test('where the bot was installed before it asked for the scope, its other answer is said', async () => {
  house = await openHouse();
  house.slack.answers('files.getUploadURLExternal', { error: 'missing_scope' }, { times: 2 });
  await house.slack.as('lena').types('/vc file', { in: '#hr' });
  await house.slack.as('lena').types('/vc file');
  await house.slack.until(() => received().length === 1 && house.slack.ephemeral('lena', '#hr').length === 1);
  expect(received().map(textOf)).toEqual(['It is in the log']);
  expect(house.slack.ephemeral('lena', '#hr').map(textOf)).toEqual(['It is in the log']);
});

test('what goes wrong on the way is said, and nothing half is there', async () => {
  house = await openHouse();
  const { slack } = house;
  const asks = async (line: string) => {
    const before = received().length;
    await slack.as('lena').types(line);
    await slack.until(() => received().length > before);
    return received().slice(before).map(textOf);
  };
  const sorry = [expect.stringContaining('The file could not be handed over.')];
  slack.answers('upload', { status: 500 });
  expect(await asks('/vc file')).toEqual(sorry);
  slack.answers('files.completeUploadExternal', { error: 'internal_error' });
  expect(await asks('/vc file')).toEqual(sorry);
  slack.answers('files.getUploadURLExternal', {
    status: 200,
    body: JSON.stringify({ ok: true, upload_url: 'http://127.0.0.1:1/upload/x', file_id: 'F1' }),
  });
  expect(await asks('/vc file')).toEqual(sorry);
  expect(await asks('/vc file rows.csv 9')).toEqual(sorry);
  expect(files()).toEqual([]);
});
