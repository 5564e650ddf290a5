import { pino } from 'pino';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Attempt } from '../../src/core/ports.ts';
import { createAudit } from '../../src/services/audit.ts';
import { eachStore, stores, testDatabase } from '../support/database.ts';
import { takeAway } from '../support/outage.ts';
import { soon } from '../support/until.ts';

const attempt = (what: string): Attempt => ({
  surface: 'test',
  who: 'lena',
  place: 'C1',
  what,
  outcome: 'done',
});

/** A log that remembers its lines. */
function remembering() {
  const lines: { msg: string; attempt?: Attempt }[] = [];
  return { lines, log: pino({ level: 'warn' }, { write: (line: string) => lines.push(JSON.parse(line)) }) };
}

eachStore('the audit trail', (database) => {
  beforeEach(() => database().prisma.audit.deleteMany());
  const written = async () =>
    (await database().prisma.audit.findMany({ orderBy: { id: 'asc' } })).map(({ what }) => what);

  it('A5 writes attempts by itself, in order', async () => {
    const audit = createAudit(database(), remembering().log);
    for (const what of ['a', 'b', 'c']) audit.record(attempt(what));
    await vi.waitFor(async () => expect(await written()).toEqual(['a', 'b', 'c']), soon);
    audit.record(attempt('d'));
    await vi.waitFor(async () => expect(await written()).toEqual(['a', 'b', 'c', 'd']), soon);
  });

  it('A5 writes what is left at the end, also while a group is being written', async () => {
    const audit = createAudit(database(), remembering().log);
    const many = Array.from({ length: 2_500 }, (_, i) => String(i));
    for (const what of many) audit.record(attempt(what));
    await vi.waitFor(async () => expect((await written()).length).toBeGreaterThan(0), soon);
    audit.record(attempt('last'));
    await audit.flush();
    expect(await written()).toEqual([...many, 'last']);
  });

  it('A5 whoever waits, waits for what another is writing', async () => {
    const audit = createAudit(database(), remembering().log);
    let ended = 0;
    const flush = () => audit.flush().then(() => ended++);
    const flushes = await database().transaction(async (tx) => {
      await tx.$executeRaw`lock table audit in exclusive mode`;
      audit.record(attempt('a'));
      const begun = [flush(), flush()];
      await tx.audit.count();
      expect(ended).toBe(0);
      return begun;
    });
    await Promise.all(flushes);
    expect(await written()).toEqual(['a']);
  });

  it('A5 keeps the moment of the attempt', async () => {
    const at = new Date('2026-11-21T12:00:00Z');
    const audit = createAudit(database(), remembering().log, () => at);
    audit.record(attempt('a'));
    await audit.flush();
    expect(await database().prisma.audit.findFirst()).toMatchObject({ at });
  });
});

describe.runIf(stores.includes('server'))('the audit trail without its database', () => {
  const database = testDatabase('server');
  const without = () => takeAway(database().place.url ?? '');
  beforeEach(() => database().prisma.audit.deleteMany());
  const count = () => database().prisma.audit.count();

  it('A5 survives a moment', async () => {
    const { log, lines } = remembering();
    const audit = createAudit(database(), log);
    const restore = await without();
    audit.record(attempt('a'));
    await vi.waitFor(
      () => expect(lines.map(({ msg }) => msg)).toContain('the audit trail could not be written yet'),
      soon,
    );
    audit.record(attempt('b'));
    await restore();
    await vi.waitFor(async () => expect(await count()).toBe(2), soon);
    expect(lines.filter((line) => line.attempt)).toEqual([]);
  });

  it('A5 waits with a bounded number, and gives the oldest to the log', async () => {
    const { log, lines } = remembering();
    const audit = createAudit(database(), log);
    const restore = await without();
    for (let i = 0; i < 10_003; i++) audit.record(attempt(String(i)));
    expect(lines.map((line) => line.attempt?.what)).toEqual(['0', '1', '2']);
    await restore();
    await audit.flush();
    expect(await count()).toBe(10_000);
  });

  it('A5 ends in the log where the database does not come back', async () => {
    const { log, lines } = remembering();
    const audit = createAudit(database(), log);
    const restore = await without();
    audit.record(attempt('a'));
    audit.record(attempt('b'));
    await audit.flush();
    expect(lines.map((line) => line.attempt?.what)).toEqual(['a', 'b']);
    await restore();
    await audit.flush();
    expect(await count()).toBe(0);
  });
});
