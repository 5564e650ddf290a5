import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageView } from '../../src/core/view.ts';
import { createNotifyJob } from '../../src/jobs/notify.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import { createMessages, type Reader } from '../../src/services/messages.ts';
import { createPresses, spendPress } from '../../src/services/presses.ts';
import { eachStore } from '../support/database.ts';
import { channel, createPlatform, directWith, type Platform } from '../support/platform.ts';

const soon = { timeout: 20_000, interval: 20 };

eachStore('live messages', (database) => {
  let runner: Runner | undefined;
  let platform: Platform;
  let lena: number;
  /** What the subject says now; undefined: it is gone. */
  let state: string | undefined;
  let drawn: Reader[];
  let withButtons: boolean;
  const messages = createMessages();

  const view = async (_id: number, reader: Reader): Promise<MessageView | undefined> => {
    drawn.push(reader);
    if (state === undefined) return undefined;
    const text = reader.audience === 'place' ? `${state}: 3` : `${state}: Anna, Bo, Cia`;
    const actions = [
      { label: 'Cancel', line: 'bulk-verify cancel #42', acting: true },
      { label: 'Show log', line: 'log #42', acting: false },
    ];
    return { kind: 'note', tone: 'plain', text, ...(withButtons ? { actions } : {}) };
  };

  beforeEach(async () => {
    [state, drawn, withButtons] = ['Sending', [], false];
    platform = createPlatform();
    const { prisma, pool } = database();
    await prisma.liveMessage.deleteMany();
    await prisma.press.deleteMany();
    await prisma.person.deleteMany();
    await pool.query('delete from graphile_worker._private_jobs');
    const data = { surface: 'test', tenant: 'T1', platformId: 'lena', name: 'Lena' };
    lena = (await prisma.person.create({ data })).id;
  });
  afterEach(() => runner?.stop());

  async function start(): Promise<void> {
    const job = createNotifyJob({
      database: database(),
      presses: createPresses(database()),
      views: { campaign: view, import: view, verification: view },
      outboxes: new Map([['test', platform.outbox]]),
      log: pino({ level: 'silent' }),
    });
    runner = await startRunner({ database: database(), jobs: [job], log: pino({ level: 'silent' }) });
  }

  type Target = Parameters<typeof messages.announce>[1]['to'];
  const announce = (to: Target = { place: channel }, language: 'sv' | 'en' = 'en') =>
    database().transaction((tx) => messages.announce(tx, { kind: 'campaign', subjectId: 42, to, language }));
  const change = (now: string | undefined, options = {}) => {
    state = now;
    return database().transaction((tx) => messages.changed(tx, 'campaign', 42, options));
  };
  const shown = () => platform.posted.map((posted) => posted.shown);
  const idle = () =>
    vi.waitFor(
      async () =>
        expect((await database().pool.query('select 1 from graphile_worker.jobs')).rows).toEqual([]),
      soon,
    );

  it('B3 are posted once and edited in place', async () => {
    await start();
    await announce();
    await vi.waitFor(() => expect(shown()).toEqual([['Sending: 3']]), soon);
    await change('Half-way');
    await vi.waitFor(() => expect(shown()).toEqual([['Sending: 3', 'Half-way: 3']]), soon);
    await change('Done');
    await vi.waitFor(() => expect(shown()).toEqual([['Sending: 3', 'Half-way: 3', 'Done: 3']]), soon);
  });

  it('are told of nothing that was rolled back', async () => {
    await start();
    const failed = database().transaction(async (tx) => {
      await messages.announce(tx, {
        kind: 'campaign',
        subjectId: 42,
        to: { place: channel },
        language: 'en',
      });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await idle();
    expect(shown()).toEqual([]);
  });

  it('are not edited where they would show the same', async () => {
    withButtons = true;
    await start();
    await announce();
    await idle();
    for (let i = 0; i < 3; i++) {
      await change('Sending');
      await idle();
    }
    expect(drawn).toHaveLength(4);
    expect(shown()).toEqual([['Sending: 3']]);
  });

  it('are posted once when many changes come at once, from the beginning on', async () => {
    let go = () => {};
    platform.slow = new Promise<void>((resolve) => {
      go = resolve;
    });
    await start();
    await announce();
    await vi.waitFor(() => expect(drawn).toHaveLength(1), soon);
    await Promise.all(Array.from({ length: 12 }, (_, i) => change(`Step ${i}`)));
    const last = state;
    go();
    await idle();
    expect(platform.posted).toHaveLength(1);
    expect(shown()[0]?.at(-1)).toBe(`${last}: 3`);
  });

  it('B3 gather changes that may wait into one edit', async () => {
    await start();
    await announce();
    await idle();
    for (let i = 0; i < 5; i++) await change(`Step ${i}`, { within: 1 });
    await idle();
    expect(shown()).toEqual([['Sending: 3', 'Step 4: 3']]);
  });

  it('B3 show at once what cannot wait, whatever waits', async () => {
    await start();
    await announce();
    await idle();
    await change('Slowly', { within: 3_600 });
    await change('Now');
    await idle();
    expect(shown()).toEqual([['Sending: 3', 'Now: 3']]);
  });

  it('redraw several subjects at once', async () => {
    await start();
    await announce();
    await idle();
    state = 'Changed';
    await database().transaction((tx) => messages.changed(tx, 'campaign', [41, 42, 43]));
    await idle();
    await database().transaction((tx) => messages.changed(tx, 'campaign', []));
    await database().transaction((tx) => messages.changed(tx, 'import', 42));
    expect(shown()).toEqual([['Sending: 3', 'Changed: 3']]);
  });

  it('stay as they are when their subject is gone', async () => {
    await start();
    await announce();
    await idle();
    await change(undefined);
    await idle();
    expect(shown()).toEqual([['Sending: 3']]);
  });

  it('A3 show counts in a channel, names to one person, each in its language', async () => {
    await start();
    await announce({ place: channel }, 'sv');
    await idle();
    await announce({ personId: lena }, 'en');
    await announce({ place: directWith('lena') }, 'en');
    await idle();
    expect(shown().flat().sort()).toEqual(['Sending: 3', 'Sending: Anna, Bo, Cia', 'Sending: Anna, Bo, Cia']);
    expect(drawn[0]).toEqual({ language: 'sv', audience: 'place' });
    expect(drawn.slice(1)).toEqual([1, 2].map(() => ({ language: 'en', audience: 'caller' })));
    expect(platform.posted.slice(1).map(({ place }) => place.id)).toEqual(['D-lena', 'D-lena']);
  });

  describe('where the bot is not let in', () => {
    it('A3 go to the caller alone', async () => {
      platform.closed.add(channel.id);
      await start();
      await announce({ place: channel, orElse: lena });
      await idle();
      await change('Done');
      await idle();
      expect(platform.posted.map(({ place }) => place.id)).toEqual(['D-lena']);
      expect(shown()).toEqual([['Sending: Anna, Bo, Cia', 'Done: Anna, Bo, Cia']]);
    });

    it('A3 go to the caller alone where it was let in before', async () => {
      await start();
      await announce({ place: channel, orElse: lena });
      await idle();
      platform.closed.add(channel.id);
      await change('Done');
      await idle();
      expect(shown()).toEqual([['Sending: 3'], ['Done: Anna, Bo, Cia']]);
      await change('Connected');
      await idle();
      expect(shown()[1]).toEqual(['Done: Anna, Bo, Cia', 'Connected: Anna, Bo, Cia']);
    });

    it('end where nobody is left to tell', async () => {
      for (const id of [channel.id, 'D-lena']) platform.closed.add(id);
      await start();
      await announce({ place: channel, orElse: lena });
      await announce({ place: channel });
      await announce({ personId: lena });
      await idle();
      expect(platform.posted).toEqual([]);
    });
  });

  it('wait for a platform that is away', async () => {
    platform.away = new Error('503');
    await start();
    await announce();
    const failed =
      'select attempts from graphile_worker.jobs where last_error is not null and locked_at is null';
    await vi.waitFor(async () => expect((await database().pool.query(failed)).rows).toHaveLength(1), soon);
    platform.away = undefined;
    await database().pool.query('update graphile_worker._private_jobs set run_at = now()');
    await idle();
    expect(shown()).toEqual([['Sending: 3']]);
  });

  describe('their buttons', () => {
    const idsOf = () =>
      platform.posted.map(({ view: { actions } }) => actions?.map((action) => 'id' in action && action.id));
    beforeEach(async () => {
      withButtons = true;
      await start();
    });

    it('A6 stay the same through every edit', async () => {
      await announce();
      await idle();
      const before = idsOf();
      await change('Half-way');
      await idle();
      expect(shown()).toEqual([['Sending: 3', 'Half-way: 3']]);
      expect(idsOf()).toEqual(before);
      expect(await database().prisma.press.count()).toBe(2);
    });

    it('A6 are new ones where a spent one is offered again', async () => {
      await announce();
      await idle();
      const [[cancel, log] = []] = idsOf();
      await database().transaction((tx) => spendPress(tx, String(cancel)));
      await change('Sending');
      await idle();
      const [[again, sameLog] = []] = idsOf();
      expect(again).not.toBe(cancel);
      expect(sameLog).toBe(log);
    });

    it('stand in the latest message about the same to the same person', async () => {
      for (const to of [{ personId: lena }, { place: channel }, { personId: lena }]) {
        await announce(to);
        await change('Sending');
        await idle();
      }
      const labels = platform.posted.map(({ view: { actions } }) => actions?.map(({ label }) => label));
      expect(labels).toEqual([[], ['Cancel', 'Show log'], ['Cancel', 'Show log']]);
    });

    it('A6 are for anybody in a channel, and for their reader alone in a direct conversation', async () => {
      await announce();
      await idle();
      await announce({ personId: lena }, 'sv');
      await idle();
      const owners = await database().prisma.press.findMany({ distinct: ['messageId'] });
      expect(owners.map(({ personId, language }) => [personId, language])).toEqual(
        expect.arrayContaining([
          [null, null],
          [lena, 'sv'],
        ]),
      );
    });
  });
});
