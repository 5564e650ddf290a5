import { expect, it } from 'vitest';
import { addJob } from '../../src/database/add-job.ts';
import { eachStore } from '../support/database.ts';

eachStore('the store', (database) => {
  it('answers', async () => {
    expect(await database().ready()).toBe(true);
    expect(await database().prisma.user.count()).toBe(0);
  });

  it('commits a job together with what it is about', async () => {
    await database().transaction(async (tx) => {
      await tx.user.create({ data: { userId: 'Anna', userKey: 'anna', name: 'Anna', nameKey: 'anna' } });
      await addJob(tx, 'greet', { user: 'anna' }, { jobKey: 'greet-anna' });
    });
    expect(await database().prisma.user.count()).toBe(1);
    expect(
      (await database().pool.query('select task_identifier, key from graphile_worker.jobs')).rows,
    ).toEqual([{ task_identifier: 'greet', key: 'greet-anna' }]);
  });
});
