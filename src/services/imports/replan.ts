import { addJob } from '../../database/add-job.ts';
import { Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import type { Messages } from '../messages.ts';
import { readJob } from './queue.ts';

/**
 * Plans every import that waits for a confirmation anew, from its rows in the store: what they are judged by has changed (the
 * allowed domains, or the users by another import), and nothing else may be saved than what the preview says (I5).
 */
export async function planAgain(tx: Tx, messages: Pick<Messages, 'changed'>): Promise<void> {
  const waiting = await tx.$queryRaw<{ id: number }[]>`
    select id from import where state = 'previewed' order by id for update`;
  const ids = waiting.map(({ id }) => id);
  await tx.import.updateMany({
    where: { id: { in: ids } },
    data: { state: 'reading', fault: Prisma.DbNull, failures: 0 },
  });
  for (const id of ids) await addJob(tx, ...readJob(id));
  await messages.changed(tx, 'import', ids);
}
