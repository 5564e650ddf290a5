import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Command } from '../../src/core/command.ts';
import { bytesOf, countBytes } from '../../src/core/handout.ts';
import { tokenText } from '../../src/rules/line.ts';
import { eachStore } from '../support/database.ts';
import { channel, directWith, seen } from '../support/platform.ts';
import { createTalk, type Said, type Talk, type TalkOptions } from '../support/talk.ts';

async function* pieces(...all: string[]) {
  for (const one of all) yield Buffer.from(one);
}

/** paper TEXT: a file with that text, for whoever may export. */
const paper: Command = {
  name: 'paper',
  swedish: ['papper'],
  summary: { sv: 'papper', en: 'paper' },
  usage: [{ sv: 'papper', en: 'paper' }],
  examples: [],
  permission: () => 'export',
  async run({ language }, args) {
    const text = args.map(tokenText).join(' ');
    const file = {
      name: `${language}.txt`,
      size: text.length,
      about: 'What you wrote.',
      bytes: () => pieces(text),
    };
    const view = { kind: 'note', tone: 'plain', text: 'No files here.' } as const;
    return [{ view, file: { ...file, line: `paper ${text}` } }];
  },
};

eachStore('files that are handed over', (database) => {
  let at = 0;
  const talks: Talk[] = [];
  beforeEach(async () => {
    at = Date.parse('2026-11-21T12:00:00Z');
    await database().prisma.person.deleteMany();
    await database().prisma.audit.deleteMany();
  });
  afterEach(async () => {
    for (const { audit } of talks.splice(0)) await audit.flush();
  });

  function talk(options: TalkOptions = {}): Talk {
    const one = createTalk(database(), { now: () => new Date(at), commands: () => [paper], ...options });
    talks.push(one);
    return one;
  }

  const idOf = ({ replies }: Said) => replies[0]?.file?.id ?? '';
  const by = (platformId: string) => ({ place: directWith(platformId), platformId });
  const take = (one: Talk, id: string, platformId = 'lena') => one.dispatch.take(by(platformId), id);
  const why = async (taken: ReturnType<typeof take>) => {
    const found = await taken;
    return 'replies' in found ? found.replies.map(({ view }) => view) : found.file.name;
  };

  it('come with what is said where none can be, and an opaque id', async () => {
    const said = await talk().as('lena').types('paper a secret');
    expect(said.text).toBe('No files here.');
    expect(said.replies).toMatchObject([
      { language: 'en', file: { name: 'en.txt', size: 8, about: 'What you wrote.' } },
    ]);
    expect(idOf(said)).toMatch(/^[\w-]{22}$/);
    expect(JSON.stringify(said.replies)).not.toContain('paper a secret');
  });

  it('A6 are taken once, in the language of their offer, and written down', async () => {
    const one = talk();
    const id = idOf(await one.as('lena').types('papper x'));
    const [first, second] = await Promise.all([take(one, id), take(one, id)]);
    const taken = 'file' in first ? first : second;
    if (!('file' in taken)) throw new Error('Neither was taken');
    expect(taken).toMatchObject({ file: { name: 'sv.txt' }, language: 'sv' });
    expect(await countBytes(taken.file.bytes())).toBe(1);
    expect(await why(take(one, id))).toMatchObject([{ tone: 'fault', text: /already done|redan gjort/ }]);
    expect((await one.trail()).sort()).toEqual([
      'lena C1: paper → done',
      'lena D-lena: paper take → done',
      'lena D-lena: paper take → press_spent',
      'lena D-lena: take → press_spent',
    ]);
  });

  it('A6 are nobody else’s, not for ever, and made up by nobody', async () => {
    const one = talk({ admins: ['lena@company.se', 'anna@company.se'] });
    const id = idOf(await one.as('lena').types('paper x'));
    expect(await why(take(one, id, 'anna'))).toMatchObject([{ text: /somebody else's/ }]);
    expect(await why(take(one, 'forged'))).toMatchObject([{ text: /no longer valid/ }]);
    at += 8 * 24 * 60 * 60 * 1000;
    expect(await why(take(one, id))).toMatchObject([{ text: /no longer valid/ }]);
  });

  it('A2 are for whoever may have them when they are taken', async () => {
    const id = idOf(await talk().as('lena').types('paper x'));
    expect(await why(take(talk({ admins: [] }), id))).toMatchObject([
      { text: /Only people with permission/ },
    ]);
    expect(await why(take(talk(), id))).toBe('en.txt');
  });

  it('are nothing that another button leads to', async () => {
    const one = talk();
    const [id = ''] = await one.presses.keep([{ line: 'status', acting: false }], { personId: null });
    expect(await why(take(one, id))).toMatchObject([{ text: /no longer valid/ }]);
  });

  it('can be declined, and asked for again by a button', async () => {
    const one = talk();
    const id = idOf(await one.as('lena').types('paper x'));
    const replies = await one.dispatch.decline(by('lena'), id);
    expect(replies.map(({ view }) => view.kind !== 'form' && seen(view))).toEqual([
      'The file was not handed over. You can get it whenever you like.\n[Get the file]',
    ]);
    expect(replies).toMatchObject([{ replace: true }]);
    const again = await one.as('lena', channel).presses('Get the file', { text: '', replies });
    expect(await why(take(one, idOf(again)))).toBe('en.txt');
    expect(await one.dispatch.decline(by('anna'), id)).toMatchObject([{ view: { tone: 'fault' } }]);
  });
});

describe('the bytes of a file', () => {
  const read = async (size: number, ...all: string[]) => {
    const got: Uint8Array[] = [];
    for await (const piece of bytesOf({ size, bytes: () => pieces(...all) })) got.push(piece);
    return Buffer.concat(got).toString();
  };

  it('are as many as it says, or it is not handed over', async () => {
    expect(await read(5, 'ab', 'cde')).toBe('abcde');
    await expect(read(4, 'ab', 'cde')).rejects.toThrow('another size');
    await expect(read(6, 'ab', 'cde')).rejects.toThrow('another size');
  });
});
