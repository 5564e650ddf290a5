import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Embedded, startEmbedded } from '../../../src/database/embedded/index.ts';
import { message, query, startup } from '../../../src/database/embedded/messages.ts';
import { type EmptyStore, emptyStore } from '../../support/database.ts';
import { soon } from '../../support/until.ts';

/** Of the store with a client that says nothing, in milliseconds: longer than a busy machine keeps another from speaking. */
const patience = 5_000;
/** Waits as long as a busy machine may take. */
const eventually = (check: () => void) => vi.waitFor(check, soon);
let store: EmptyStore;
let embedded: Embedded;

beforeAll(async () => {
  store = await emptyStore('embedded');
  embedded = await startEmbedded(store.dataDir, patience);
});

afterAll(async () => {
  await embedded.close();
  await store.remove();
});

async function client(): Promise<pg.Client> {
  const { close, ...address } = embedded;
  const connected = new pg.Client(address);
  connected.on('error', () => {});
  await connected.connect();
  return connected;
}

async function using<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const connected = await client();
  try {
    return await work(connected);
  } finally {
    await connected.end();
  }
}

/** A connection without a driver, and all that it has heard. */
async function rawConnection(): Promise<{ socket: Socket; heard: () => Buffer }> {
  const socket = connect(join(embedded.host, `.s.PGSQL.${embedded.port}`));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, heard: () => Buffer.concat(chunks) };
}

const answers = (connected: pg.Client) => connected.query('select 1 as one').then(({ rows }) => rows);
const endsWithReady = (bytes: Buffer) => bytes.subarray(-6, -1).equals(Buffer.from('Z\0\0\0\x05'));

describe('the wire', () => {
  it('declines encryption and goes on without', async () => {
    const { socket, heard } = await rawConnection();
    for (const code of [80877103, 80877104]) {
      const request = Buffer.alloc(8);
      request.writeInt32BE(8, 0);
      request.writeInt32BE(code, 4);
      socket.write(request);
    }
    await eventually(() => expect(heard().toString()).toBe('NN'));
    socket.write(startup('postgres', 'postgres'));
    await eventually(() => expect(endsWithReady(heard())).toBe(true));
    socket.destroy();
  });

  it('ends a cancel request without an answer', async () => {
    const { socket, heard } = await rawConnection();
    const request = Buffer.alloc(16);
    request.writeInt32BE(16, 0);
    request.writeInt32BE(80877102, 4);
    socket.write(request);
    await once(socket, 'close');
    expect(heard()).toHaveLength(0);
  });

  it('reads messages that arrive one byte at a time', async () => {
    const { socket, heard } = await rawConnection();
    socket.setNoDelay(true);
    for (const byte of Buffer.concat([startup('postgres', 'postgres'), query("select 'bytewise'")])) {
      await new Promise((resolve) => socket.write(Buffer.from([byte]), resolve));
    }
    await eventually(() => expect(heard().toString('latin1')).toContain('bytewise'));
    socket.destroy();
  });

  it('answers what is sent in one piece in order', async () => {
    const { socket, heard } = await rawConnection();
    const queries = Array.from({ length: 200 }, (_, at) => query(`select 'no ${at};'`));
    socket.write(Buffer.concat([startup('postgres', 'postgres'), ...queries]));
    await eventually(() => expect(heard().toString('latin1')).toContain('no 199;'));
    const order = [
      ...heard()
        .toString('latin1')
        .matchAll(/no (\d+);/g),
    ].map(([, at]) => Number(at));
    expect(order).toEqual(Array.from({ length: 200 }, (_, at) => at));
    socket.destroy();
  });

  it('answers a flush before the sync', async () => {
    const { socket, heard } = await rawConnection();
    const parse = message('P', Buffer.from("\0select 'flushed'\0\0\0"));
    const bind = message('B', Buffer.from('\0\0\0\0\0\0\0\0'));
    const execute = message('E', Buffer.from('\0\0\0\0\0'));
    socket.write(Buffer.concat([startup('postgres', 'postgres'), parse, bind, execute, message('H')]));
    await eventually(() => expect(heard().toString('latin1')).toContain('flushed'));
    expect(endsWithReady(heard())).toBe(false);
    socket.write(message('S'));
    await eventually(() => expect(endsWithReady(heard())).toBe(true));
    socket.destroy();
  });

  it('ends a client that sends an impossible length, and serves the others', async () => {
    const { socket, heard } = await rawConnection();
    socket.write(
      Buffer.concat([startup('postgres', 'postgres'), Buffer.from('Q\x7f\xff\xff\xff', 'latin1')]),
    );
    await once(socket, 'close');
    expect(heard().toString()).toContain('08P01');
    expect(await using(answers)).toEqual([{ one: 1 }]);
  });

  it('tells every client what was notified', async () => {
    await using(async (listener) => {
      const notified = once(listener, 'notification');
      await listener.query('listen news');
      await using((other) => other.query("notify news, 'hello'"));
      const [{ channel, payload }] = await notified;
      expect({ channel, payload }).toEqual({ channel: 'news', payload: 'hello' });
    });
  });

  it('hands a copy out, and refuses to take one in without harm', async () => {
    const { socket, heard } = await rawConnection();
    socket.write(Buffer.concat([startup('postgres', 'postgres'), query("copy (select 'row') to stdout")]));
    await eventually(() => expect(heard().toString('latin1')).toContain('COPY 1'));
    socket.write(query('create table copied (a text); copy copied from stdin'));
    await eventually(() => expect(heard().toString('latin1')).toContain('takes no copy from stdin'));
    socket.destroy();
    expect(await using(answers)).toEqual([{ one: 1 }]);
  });
});

describe('transactions', () => {
  it('keep the others waiting until they end', async () => {
    await using((setup) => setup.query('create table waits (n int)'));
    const [first, second] = [await client(), await client()];
    await first.query('begin');
    await first.query('insert into waits values (1)');
    const seen = second.query('select count(*)::int as n from waits');
    await first.query('insert into waits values (2)');
    await first.query('commit');
    expect((await seen).rows).toEqual([{ n: 2 }]);
    await Promise.all([first.end(), second.end()]);
  });

  it('are rolled back when their client leaves, politely or not', async () => {
    await using((setup) => setup.query('create table left_behind (n int)'));
    const polite = await client();
    await polite.query('begin; insert into left_behind values (1)');
    await polite.end();
    const { socket, heard } = await rawConnection();
    socket.write(
      Buffer.concat([
        startup('postgres', 'postgres'),
        query('begin'),
        query('insert into left_behind values (2)'),
      ]),
    );
    await eventually(() => expect(heard().toString('latin1')).toContain('INSERT 0 1'));
    socket.destroy();
    const rows = await using((other) => other.query('select count(*)::int as n from left_behind'));
    expect(rows.rows).toEqual([{ n: 0 }]);
  });

  it('are rolled back when their client leaves after an error', async () => {
    const broken = await client();
    await broken.query('begin');
    await expect(broken.query('select * from nowhere')).rejects.toThrow('nowhere');
    await broken.end();
    expect(await using(answers)).toEqual([{ one: 1 }]);
  });

  it('are rolled back when their client leaves between two messages of one request', async () => {
    const { socket, heard } = await rawConnection();
    const parse = message('P', Buffer.from('\0create table half (n int)\0\0\0'));
    const bind = message('B', Buffer.from('\0\0\0\0\0\0\0\0'));
    const execute = message('E', Buffer.from('\0\0\0\0\0'));
    socket.write(Buffer.concat([startup('postgres', 'postgres'), parse, bind, execute, message('H')]));
    await eventually(() => expect(heard().toString('latin1')).toContain('CREATE TABLE'));
    socket.destroy();
    const { rows } = await using((other) => other.query("select to_regclass('half') as half"));
    expect(rows).toEqual([{ half: null }]);
  });

  it('end when their client is silent for too long', async () => {
    const silent = await client();
    await silent.query('begin');
    const ended = new Promise<void>((resolve) => silent.on('end', resolve));
    expect(await using(answers)).toEqual([{ one: 1 }]);
    await ended;
  });
});

describe('size', () => {
  it('takes large parameters and gives large results', async () => {
    await using(async (connected) => {
      const large = 'å'.repeat(10_000_000);
      const { rows } = await connected.query('select $1::text as large, length($1::text) as length', [large]);
      expect(rows[0].length).toBe(10_000_000);
      expect(rows[0].large === large).toBe(true);
      const many = await connected.query("select g, repeat('x', 100) from generate_series(1, 100000) g");
      expect(many.rows).toHaveLength(100_000);
    });
  });

  it('lets the others go on while a client does not read what it asked for', async () => {
    const { socket } = await rawConnection();
    socket.pause();
    socket.write(
      Buffer.concat([
        startup('postgres', 'postgres'),
        query("select repeat('x', 1000) from generate_series(1, 20000)"),
        query('select 2'),
      ]),
    );
    expect(await using(answers)).toEqual([{ one: 1 }]);
    socket.destroy();
    expect(await using(answers)).toEqual([{ one: 1 }]);
  });
});
