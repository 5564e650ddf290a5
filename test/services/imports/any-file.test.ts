import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rejectReasons } from '../../../src/rules/import-row.ts';
import { doings } from '../../../src/rules/templates.ts';
import { fold } from '../../../src/rules/text.ts';
import { stores, testDatabase } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { type KnownUser, outcomesOf } from './model.ts';
import { addresses, type Line, noUsers, stage } from './workbench.ts';

const runs = 60;
const ids = ['anna', 'Bo', 'CIA', 'dan', 'eva'];
const isReason = (outcome: string | undefined) => rejectReasons.some((reason) => reason === outcome);
const among = <T>(...values: T[]) => fc.constantFrom(...values);

const line: fc.Arbitrary<Line> = fc.oneof(
  { arbitrary: fc.constant<Line>('wrong_columns'), weight: 1 },
  {
    arbitrary: fc.record({
      userId: among(...ids, 'BO', 'new', 'New 2', ''),
      employmentNumber: among('1', '01', '2', '3', ''),
      company: among('X', 'x', 'Y', ''),
      name: among('', 'Name', 'Other name'),
      department: among('', 'IT', 'Lön'),
      connectEmail: among('', 'a@x.se', 'A@X.se', 'b@x.se', 'c@x.se', 'd@x.se', 'bad'),
    }),
    weight: 20,
  },
);

/** Users with places that nobody else has, and addresses that nobody else has. */
const users: fc.Arbitrary<KnownUser[]> = fc
  .tuple(
    fc.subarray(ids),
    fc.shuffledSubarray(['X 1', 'X 01', 'X 2', 'Y 1', 'Y 2', 'Y 3']),
    fc.shuffledSubarray(['a@x.se', 'b@x.se', 'c@x.se', 'e@x.se']),
    fc.infiniteStream(among<KnownUser['connection']>('unverified', 'pending', 'connected')),
  )
  .map(([known, places, held, states]) =>
    known.map((userId, i) => {
      const connect = held[i] ?? null;
      return {
        userId,
        name: 'Name',
        connect,
        connection: connect === null ? 'none' : (states.next().value ?? 'unverified'),
        places: places
          .filter((_, j) => j % known.length === i)
          .map((place) => ({ company: place.slice(0, 1), number: place.slice(2), department: 'IT' })),
      };
    }),
  );

describe.each(stores)('any file, whatever is in the store (%s)', (kind) => {
  const database = testDatabase(kind);

  async function keep(known: readonly KnownUser[]): Promise<void> {
    await noUsers(database());
    for (const { places, ...user } of known) await addUser(database(), { ...user, employments: places });
  }

  test.each(doings)(
    'I3 I4 I5 by a template that does this: %s',
    async (does) => {
      await fc.assert(
        fc.asyncProperty(fc.array(line, { maxLength: 14 }), users, async (lines, known) => {
          await keep(known);
          const expected = outcomesOf(lines, known, does);
          const file = await stage(database(), lines, { does });
          const bare = (log: string[]) => log.map((entry) => entry.split(' ')[0]);
          const planned = await file.plan();
          expect(bare(planned), 'as planned').toEqual(expected);
          expect(await file.apply(), 'as applied').toEqual(planned);
          await isSound(known);
          const before = await addresses(database());
          const taken = lines.filter((_, i) => !isReason(expected[i]));
          const again = await stage(database(), taken, { does });
          for (const outcome of bare(await again.apply()))
            expect(outcome, 'once more').toMatch(/unchanged|skipped/);
          expect(await addresses(database())).toEqual(before);
        }),
        { numRuns: runs },
      );
    },
    300_000,
  );

  /** U2, U3, U5, whatever the file said. */
  async function isSound(known: readonly KnownUser[]): Promise<void> {
    const now = await database().prisma.user.findMany({ include: { employments: true } });
    const held = now.flatMap(({ connectAddress }) => connectAddress ?? []);
    expect(new Set(held).size).toBe(held.length);
    for (const { userId, connect, connection, places } of known) {
      const user = now.find(({ userKey }) => userKey === fold(userId));
      expect(user?.employments.length).toBeGreaterThanOrEqual(places.length);
      if (connection === 'connected') expect(user).toMatchObject({ connectAddress: connect, connection });
    }
    for (const { connectAddress, connection } of now)
      expect(connection === 'none').toBe(connectAddress === null);
  }
});
