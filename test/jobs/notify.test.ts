import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessageView } from '../../src/core/view.ts';
import type { Tx } from '../../src/database/database.ts';
import { createNotifyJob } from '../../src/jobs/notify.ts';
import { type Runner, startRunner } from '../../src/jobs/runner.ts';
import { createMessages, type Reader } from '../../src/services/messages.ts';
import { createPeople } from '../../src/services/people.ts';
import { createPresses, spendPress } from '../../src/services/presses.ts';
import { eachStore } from '../support/database.ts';
import { channel, createPlatform, directWith, type Platform } from '../support/platform.ts';
import { soon } from '../support/until.ts';

eachStore('live messages', (database) => {
  let runner: Runner | undefined;
  let platform: Platform;
  let at: Date;
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
    at = new Date('2026-11-21T13:02:00Z');
    platform = createPlatform({ lena: { name: 'Lena Berg', address: 'lena@company.se' } });
    const { prisma, pool } = database();
    await prisma.liveMessage.deleteMany();
    await prisma.press.deleteMany();
    await prisma.person.deleteMany();
    await pool.query('delete from graphile_worker._private_jobs');
    const data = { surface: 'test', tenant: 'T1', platformId: 'lena', name: 'Lena' };
    lena = (await prisma.person.create({ data })).id;
  });
  afterEach(() => runner?.stop());

  interface StartOptions {
    admins?: string[];
    /** Another platform. */
    silent?: Platform;
  }

  async function start({ admins = ['lena@company.se'], silent }: StartOptions = {}): Promise<void> {
    const outboxes = new Map([['test', platform.outbox]]);
    if (silent) outboxes.set('silent', silent.outbox);
    const job = createNotifyJob({
      database: database(),
      people: createPeople({ database: database(), outboxes, admins, now: () => at }),
      presses: createPresses(database()),
      views: { campaign: view, import: view, export: view, verification: view },
      outboxes,
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

  /** A job has failed, and waits to be tried again. */
  const failed = () =>
    vi.waitFor(async () => {
      const { rows } = await database().pool.query(
        'select attempts from graphile_worker.jobs where last_error is not null and locked_at is null',
      );
      expect(rows).toHaveLength(1);
    }, soon);
  /** Tries again what failed. */
  const again = async () => {
    await database().pool.query('update graphile_worker._private_jobs set run_at = now()');
    await idle();
  };

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
    for (let i = 0; i < 5; i++) await change(`Step ${i}`, { within: 3_600 });
    expect(shown()).toEqual([['Sending: 3']]);
    await again();
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

  it('are all queued by one statement, however many there are', async () => {
    for (let i = 0; i < 3; i++) await announce();
    let statements = 0;
    const counting = database().prisma.$extends({
      query: {
        $allOperations({ args, query }) {
          statements += 1;
          return query(args);
        },
      },
    });
    await counting.$transaction((tx) => messages.changed(tx as Tx, 'campaign', [41, 42]));
    expect(statements).toBe(1);
    const { rows } = await database().pool.query('select key, revision from graphile_worker.jobs');
    expect(rows.map(({ revision }) => revision)).toEqual([1, 1, 1]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
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
    await announce({ place: directWith('lena'), orElse: lena }, 'en');
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

  describe('whose reader may no longer know', () => {
    const pass = (minutes: number) => {
      at = new Date(at.getTime() + minutes * 60_000);
    };
    const targets = (): [what: string, to: Target][] => [
      ['in a conversation that is known', { place: directWith('lena'), orElse: lena }],
      ['in one that is found', { personId: lena }],
    ];

    it('A1 show nothing new to somebody who became a guest', async () => {
      await start();
      for (const [, to] of targets()) await announce(to);
      await idle();
      platform.people.set('lena', { name: 'Lena Berg', refused: 'guest' });
      pass(10);
      await change('Done');
      for (const [, to] of targets()) await announce(to);
      await idle();
      expect(shown()).toEqual([['Sending: Anna, Bo, Cia'], ['Sending: Anna, Bo, Cia']]);
    });

    it('A1 believe the platform for ten minutes', async () => {
      await start();
      await announce({ personId: lena });
      await idle();
      pass(9);
      await change('Half-way');
      await idle();
      expect(platform.asked).toEqual(['lena']);
      pass(1);
      await change('Done');
      await idle();
      expect(platform.asked).toEqual(['lena', 'lena']);
      expect(shown()).toEqual([['Sending', 'Half-way', 'Done'].map((now) => `${now}: Anna, Bo, Cia`)]);
    });

    it('A2 show nothing to somebody whom ADMINS names no more, whatever another process wrote', async () => {
      await database().prisma.person.update({
        where: { id: lena },
        data: { addressKey: 'lena@company.se', administrator: true, checkedAt: at },
      });
      await start({ admins: ['anna@company.se'] });
      for (const [, to] of targets()) await announce(to);
      await idle();
      expect(platform.posted).toEqual([]);
    });

    it('A1 show nothing while the platform does not say who they are, and then all', async () => {
      await start();
      await announce({ personId: lena });
      await idle();
      const { profile } = platform.outbox;
      platform.outbox.profile = () => Promise.reject(new Error('503'));
      pass(10);
      await change('Done');
      await failed();
      expect(shown()).toEqual([['Sending: Anna, Bo, Cia']]);
      platform.outbox.profile = profile;
      await again();
      expect(shown()).toEqual([['Sending: Anna, Bo, Cia', 'Done: Anna, Bo, Cia']]);
    });

    it('A3 show nothing in a direct conversation of nobody knows whom', async () => {
      await start();
      await announce({ place: directWith('lena') });
      await idle();
      expect(platform.posted).toEqual([]);
    });
  });

  describe('in a channel that another organisation came to read', () => {
    it('A1 go to the caller alone, posted or edited', async () => {
      await start();
      await announce({ place: channel, orElse: lena });
      await idle();
      platform.shared.add(channel.id);
      await change('Done');
      await announce({ place: channel, orElse: lena });
      await idle();
      expect(platform.posted.map(({ place: { id } }) => id)).toEqual(['C1', 'D-lena', 'D-lena']);
      expect(shown()).toEqual([['Sending: 3'], ['Done: Anna, Bo, Cia'], ['Done: Anna, Bo, Cia']]);
    });

    it('A1 end there where nobody is known to tell instead', async () => {
      platform.shared.add(channel.id);
      await start();
      await announce();
      await idle();
      expect(platform.posted).toEqual([]);
    });
  });

  it('wait for a platform that is away', async () => {
    platform.away = new Error('503');
    await start();
    await announce();
    await failed();
    platform.away = undefined;
    await again();
    expect(shown()).toEqual([['Sending: 3']]);
  });

  it('to a platform that is silent leave room for those to another', async () => {
    const silent = createPlatform();
    let answers = () => {};
    silent.slow = new Promise<void>((resolve) => {
      answers = resolve;
    });
    await start({ silent });
    for (let i = 0; i < 20; i++) await announce({ place: { ...channel, surface: 'silent' } });
    await vi.waitFor(() => expect(drawn).not.toEqual([]), soon);
    await announce();
    await vi.waitFor(() => expect(shown()).toEqual([['Sending: 3']]), soon);
    answers();
    await idle();
    expect(silent.posted).toHaveLength(20);
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
