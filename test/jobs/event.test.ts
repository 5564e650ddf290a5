import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createEventJob } from '../../src/jobs/event.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import { createEvents } from '../../src/services/events.ts';
import { eachStore } from '../support/database.ts';
import { soon } from '../support/until.ts';

eachStore('events', (database) => {
  let runner: Runner | undefined;
  const handled: object[] = [];
  let handle: (body: object) => Promise<void> = async () => {};

  beforeEach(async () => {
    handled.length = 0;
    handle = async () => {};
    await database().prisma.incomingEvent.deleteMany();
    await database().pool.query('delete from graphile_worker._private_jobs');
  });
  afterEach(() => runner?.stop());

  const store = (id: string, { room = 'D1', ...body }: { room?: string; text?: string } = { text: id }) =>
    createEvents(database()).store('test', id, room, body);
  const door = async (body: object) => {
    handled.push(body);
    await handle(body);
  };
  async function start(surface = 'test'): Promise<void> {
    const job = createEventJob(createEvents(database()), new Map([[surface, door]]));
    runner = await startRunner({ database: database(), jobs: [job], log: pino({ level: 'silent' }) });
  }
  const waiting = async () =>
    (await database().pool.query('select attempts, max_attempts from graphile_worker.jobs')).rows;
  const ended = () => vi.waitFor(async () => expect(await waiting()).toEqual([]), soon);

  it('A6 are handled by their door, and forget what they said', async () => {
    expect(await store('e1', { text: 'I cannot log in' })).toBe('new');
    await start();
    await ended();
    expect(handled).toEqual([{ text: 'I cannot log in' }]);
    expect(await database().prisma.incomingEvent.findMany()).toMatchObject([{ id: 'e1', body: null }]);
  });

  it('A5 leave nothing of what they said in the queue', async () => {
    await store('e1', { text: 'my secret' });
    const { rows } = await database().pool.query('select payload::text from graphile_worker._private_jobs');
    expect(rows).toEqual(
      [{ payload: '{"event": "e1"}' }].map(() => ({ payload: expect.not.stringContaining('secret') })),
    );
  });

  it('I8 are done once, however often they come', async () => {
    await start();
    expect(await store('e1')).toBe('new');
    expect(await store('e1')).toBe('known');
    await ended();
    expect(await store('e1')).toBe('known');
    await store('e2');
    await ended();
    expect(handled).toEqual([{ text: 'e1' }, { text: 'e2' }]);
  });

  it('I8 are kept once when they come many times at once', async () => {
    const fates = await Promise.all(Array.from({ length: 8 }, () => store('e1')));
    expect(fates.filter((fate) => fate === 'new')).toHaveLength(1);
    await start();
    await ended();
    expect(handled).toHaveLength(1);
  });

  it('are handled again where handling failed, eight times in all', async () => {
    let answers = () => {};
    const silent = new Promise<void>((resolve) => {
      answers = resolve;
    });
    handle = async () => {
      if (handled.length === 1) throw new Error('Slack does not answer');
      await silent;
    };
    await store('e1');
    await start();
    await vi.waitFor(() => expect(handled).toHaveLength(2), soon);
    expect(await waiting()).toEqual([{ attempts: 2, max_attempts: 8 }]);
    answers();
    await ended();
  });

  it('are handled again after a crash before their end was written, and then no more', async () => {
    await store('e1');
    const events = createEvents(database());
    const crashed = createEventJob(
      { ...events, done: () => Promise.reject(new Error('killed')) },
      new Map([['test', door]]),
    );
    await expect(crashed.run({ event: 'e1' }, { signal: new AbortController().signal })).rejects.toThrow(
      'killed',
    );
    await start();
    await ended();
    expect(handled).toHaveLength(2);
    await createEventJob(events, new Map([['test', door]])).run(
      { event: 'e1' },
      { signal: new AbortController().signal },
    );
    expect(handled).toHaveLength(2);
  });

  it('of one room are done in the order in which they came, and leave room for those of others', async () => {
    let goesOn = () => {};
    const held = new Promise<void>((resolve) => {
      goesOn = resolve;
    });
    handle = async (body) => {
      if ((body as { text?: string }).text === 'first') await held;
    };
    for (const text of ['first', 'second', 'third']) await store(text, { room: 'D1', text });
    const others = Array.from({ length: 9 }, (_, i) => `other ${i}`);
    for (const text of others) await store(text, { room: text, text });
    await start();
    const said = () => handled.map((body) => (body as { text: string }).text);
    await vi.waitFor(() => expect(said().some((text) => others.includes(text))).toBe(true), soon);
    expect(said()).not.toContain('second');
    goesOn();
    await ended();
    expect(said().filter((text) => !others.includes(text))).toEqual(['first', 'second', 'third']);
  });

  it('of a platform that is silent leave room for those of another', async () => {
    let answers = () => {};
    const silent = new Promise<void>((resolve) => {
      answers = resolve;
    });
    const events = createEvents(database());
    for (let i = 0; i < 12; i++) await events.store('silent', `s${i}`, `D${i}`, {});
    for (let i = 0; i < 3; i++) await store(`e${i}`);
    const doors = new Map([
      ['silent', () => silent],
      ['test', door],
    ]);
    runner = await startRunner({
      database: database(),
      jobs: [createEventJob(events, doors)],
      log: pino({ level: 'silent' }),
    });
    await vi.waitFor(() => expect(handled).toHaveLength(3), soon);
    answers();
    await ended();
  });

  it('of a surface that is not there any more end in silence', async () => {
    await store('e1');
    await start('elsewhere');
    await ended();
    expect(handled).toEqual([]);
  });
});
