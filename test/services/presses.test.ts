import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { createPresses, spendPress } from '../../src/services/presses.ts';
import { eachStore } from '../support/database.ts';

const day = 24 * 60 * 60 * 1000;
const confirm = { line: 'import confirm #42', acting: true };
const show = { line: 'log #42', acting: false };
const anybody = { personId: null };

eachStore('buttons', (database) => {
  let at = 0;
  const now = () => new Date(at);
  beforeEach(async () => {
    at = Date.parse('2026-11-21T12:00:00Z');
    await database().prisma.press.deleteMany();
  });

  it('A6 each have an id of their own, that tells nothing', async () => {
    const { keep, find } = createPresses(database(), now);
    const ids = await keep([confirm, confirm], { personId: 7, language: 'sv' });
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
    expect(await find(ids[0] ?? '')).toEqual({
      ...confirm,
      personId: 7,
      language: 'sv',
      spent: false,
      expired: false,
    });
    expect(await find('unknown')).toBeUndefined();
  });

  it('A6 end after a week', async () => {
    const { keep, find } = createPresses(database(), now);
    const [id = ''] = await keep([show], anybody);
    at += 7 * day - 1;
    expect(await find(id)).toMatchObject({ expired: false });
    at += 1;
    expect(await find(id)).toMatchObject({ expired: true });
  });

  it('A6 are spent with their effect, or not at all', async () => {
    const { keep, find } = createPresses(database(), now);
    const [id = ''] = await keep([confirm], anybody);
    const spend = (after: () => void) =>
      database().transaction(async (tx) => {
        await spendPress(tx, id, now());
        after();
      });
    const failing = spend(() => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await find(id)).toMatchObject({ spent: false });
    await spend(() => {});
    expect(await find(id)).toMatchObject({ spent: true });
    await expect(spend(() => {})).rejects.toMatchObject({ code: 'press_spent' });
  });

  it('A6 are none behind a typed line', async () => {
    await createPresses(database(), now).keep([confirm, show], anybody);
    const before = await database().prisma.press.findMany();
    await database().transaction((tx) => spendPress(tx, undefined));
    expect(await database().prisma.press.findMany()).toEqual(before);
  });

  it('A6 of a live message stay the same, however often it is drawn', async () => {
    const { keepFor } = createPresses(database(), now);
    const message = randomUUID();
    const first = await keepFor(message, [confirm, show], anybody);
    expect(await keepFor(message, [show, confirm], anybody)).toEqual([...first].reverse());
    expect(await keepFor(message, [confirm], anybody)).toEqual(first.slice(0, 1));
    expect(await keepFor(randomUUID(), [confirm, show], anybody)).not.toEqual(first);
    expect(await database().prisma.press.count()).toBe(4);
  });

  it('A6 of a live message live as long as its log', async () => {
    const { keepFor, find } = createPresses(database(), now);
    const [id = ''] = await keepFor(randomUUID(), [show], anybody);
    at += 90 * day - 1;
    expect(await find(id)).toMatchObject({ expired: false });
  });

  it('A6 of a live message that is drawn again after they were spent, or too old, are new ones', async () => {
    const { keepFor, find } = createPresses(database(), now);
    const message = randomUUID();
    const draw = async () => (await keepFor(message, [confirm], anybody))[0] ?? '';
    const first = await draw();
    await database().transaction((tx) => spendPress(tx, first, now()));
    const second = await draw();
    expect(second).not.toBe(first);
    expect(await find(first)).toMatchObject({ spent: true });
    expect(await find(second)).toMatchObject({ spent: false });
    at += 90 * day;
    expect(await draw()).not.toBe(second);
  });
});
