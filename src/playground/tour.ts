import type { Database } from '../database/database.ts';
import { employees } from './demo/members.ts';
import type { TourState } from './wire.ts';

/**
 * What of the tour has been done, as the store has it: whoever did it, in whichever browser, and however often the program
 * was killed meanwhile. `hasLoggedIn`: whether the holder of an address ever did, at the stand-in.
 */
export async function tourState(
  { prisma }: Pick<Database, 'prisma'>,
  hasLoggedIn: (address: string) => boolean,
): Promise<TourState> {
  const [inStore] = await prisma.$queryRaw<[Omit<TourState, 'login'>]>`
    select
      exists (select from audit where what = 'help' and outcome = 'done') as help,
      exists (select from import where state = 'done') as import,
      exists (select from verification where address = any(${employees}) and used_at is not null) as verify,
      exists (
        select from campaign join audit on audit.place = '/campaigns/' || campaign.id
        where state = 'done' and what = 'log read' and outcome = 'done'
      ) as bulk`;
  return { ...inStore, login: employees.some(hasLoggedIn) };
}
