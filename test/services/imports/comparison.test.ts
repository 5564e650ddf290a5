import { beforeEach, describe, expect, test } from 'vitest';
import type { Reach } from '../../../src/core/access.ts';
import { createPurgeJob } from '../../../src/jobs/purge.ts';
import { exportTemplates, templates } from '../../../src/rules/templates.ts';
import { writePairs } from '../../../src/services/exports/pairs.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { eachStore } from '../../support/database.ts';
import { addExport } from '../../support/exports.ts';
import { addUser } from '../../support/users.ts';
import { openPreviewer } from './previewer.ts';

const head = 'Användar-id;Anställningsnummer;Namn;Företag;Avdelning;E-post Visma Connect';
const ids = Array.from({ length: 20 }, (_, i) => String(14 + i));
const line = (userId: string, number = `00${userId}`) => `${userId};${number};;;;u${userId}@company.se`;
const whole = () => ids.map((id) => line(id));

eachStore('a file that comes back from an export', (database) => {
  let previewer: Awaited<ReturnType<typeof openPreviewer>>;
  const preview = (rows: readonly string[], of = head, reach?: Reach) =>
    previewer.preview([of, ...rows], reach);

  /** An export of these users, some minutes ago. */
  async function exported(users: readonly string[] = ids, minutesAgo = 5, toFlex = false): Promise<number> {
    const finishedAt = new Date(Date.now() - minutesAgo * 60_000);
    const id = await addExport(database(), { by: previewer.personId, finishedAt });
    const template = exportTemplates.toFlex;
    if (toFlex) await database().prisma.export.update({ where: { id }, data: { template: { ...template } } });
    const rows = users.map((userId) => ({ userId, employmentNumber: `00${userId}` }));
    await writePairs(database().pool, id, { page: 0, file: null, rows });
    return id;
  }

  beforeEach(async () => {
    previewer = await openPreviewer(database());
    for (const userId of ids)
      await addUser(database(), {
        userId,
        name: `Person ${userId}`,
        connect: null,
        employments: [{ number: `00${userId}` }],
      });
  });

  test('is known again, and nothing more is said where it agrees', async () => {
    const id = await exported();
    const { caller, place } = await preview(whole());
    expect(caller).toContain(`Filen kommer från export #${id}: 20 av 20 rader.`);
    expect(caller).not.toMatch(/nollor|än i exporten|fanns inte|finns inte i filen|varandras/);
    expect(place).toContain(`Filen kommer från export #${id}.`);
  });

  test('counts rows: whoever has a number in two companies has two', async () => {
    const id = await exported([...ids, '14', '15']);
    const rows = [...ids, '14', '15'].map((userId) => line(userId, userId === '14' ? '14' : `00${userId}`));
    const { caller } = await preview(rows);
    expect(caller).toContain(`Filen kommer från export #${id}: 22 av 22 rader.`);
    expect(caller).toContain('2 rader har förlorat inledande nollor');
  });

  test('tells what has changed, with the rows to whoever dropped it alone', async () => {
    await exported();
    const rows = whole();
    rows[0] = line('14', '14');
    rows[3] = line('17', '17');
    rows[5] = line('0019', '19');
    rows[6] = line('20', '9999');
    rows[7] = line('2l', '0021');
    rows[8] = line('99', '0099');
    const { caller, place } = await preview(rows.slice(0, 18));
    expect(caller).toContain('18 rader');
    expect(caller).toContain(
      '2 rader har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
    );
    expect(caller).toContain('Rad 2 och 5.');
    expect(caller).toContain('1 rad har ett annat anställningsnummer än i exporten. Rad 8.');
    expect(caller).toContain('1 rad har ett annat användar-id än i exporten. Rad 9.');
    expect(caller).toMatch(/rad(er)? fanns inte i exporten\./);
    expect(place).toContain(
      '2 rader har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
    );
    expect(place).not.toMatch(/Rad \d/);
  });

  test.each(['E-post Visma Connect', 'Anställda'])(
    'is read with the zeros that a spreadsheet has taken away (%s)',
    async (template) => {
      await exported();
      const rows = ids.map((userId) => line(userId, userId));
      await preview(rows);
      const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
      if (template === 'Anställda') await previewer.choose(id, templates.employees);
      const { counts, blocks } = await database().prisma.import.findFirstOrThrow({
        where: { id },
        include: { blocks: true },
      });
      expect(counts).toEqual({ u: 20, zeros_restored: 20 });
      expect(blocks[0]?.notes).toMatchObject({ 0: 'zeros_restored' });
      expect(blocks[0]?.cells.split('\n')[0]).toBe('[2,"14","14","","","","u14@company.se"]');
    },
  );

  test('is not mended where it is uncertain which zeros it had', async () => {
    await exported([...ids, '001', '01']);
    await addUser(database(), { userId: '001', connect: null, employments: [{ number: '00001' }] });
    const { caller } = await preview([...whole(), line('1', '1')]);
    expect(caller).toContain('20 nya adresser');
    expect(caller).toContain('1 med okänt användar-id');
    expect(caller).not.toContain('nollor');
  });

  test('is left alone where a User-ID and number without zeros are somebody’s', async () => {
    await exported([...ids, '007']);
    await addUser(database(), { userId: '007', connect: null, employments: [{ number: '00007' }] });
    await addUser(database(), { userId: '7', connect: null, employments: [{ number: '7' }] });
    const { caller } = await preview([...whole(), line('7', '7')]);
    expect(caller).toContain('21 nya adresser');
    expect(caller).not.toContain('nollor');
    const { counts } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(counts).toEqual({ u: 21 });
  });

  test('tells of two columns that were swapped', async () => {
    const id = await exported();
    const { caller } = await preview(ids.map((userId) => `00${userId};${userId};;;;u${userId}@company.se`));
    expect(caller).toContain('20 rader har användar-id och anställningsnummer på varandras plats.');
    expect(caller).toContain('Till exempel rad 2, 3 och 4.');
    expect(caller).toContain(`Filen kommer från export #${id}: 20 av 20 rader.`);
  });

  test('says nothing of rows that are gone where it is the rejected rows, which are meant to be few', async () => {
    const id = await exported();
    const { caller } = await preview(
      whole()
        .slice(0, 2)
        .map((row) => `${row};x`),
      `${head};Fel`,
    );
    expect(caller).toContain(`Filen kommer från export #${id}: 2 av 20 rader.`);
    expect(caller).not.toContain('finns inte i filen');
  });

  test('tells of rows that are gone, and of those that were added', async () => {
    await exported();
    await addUser(database(), { userId: 'ny', connect: null, employments: [{ number: '00ny' }] });
    const { caller } = await preview([...whole().slice(2), line('ny')]);
    expect(caller).toContain('18 av 20 rader.');
    expect(caller).toContain(
      '2 rader i exporten finns inte i filen. Det gäller Person 14 (14) och Person 15 (15).',
    );
    expect(caller).toContain('1 rad fanns inte i exporten. Rad 20.');
  });

  test('A3 names some of many that are gone, to whoever dropped the file alone', async () => {
    await exported([...ids, '14']);
    const { caller, place } = await preview(whole().slice(4));
    expect(caller).toContain(
      '5 rader i exporten finns inte i filen. Det gäller bland andra Person 14 (14), Person 15 (15) och Person 16 (16).',
    );
    expect(place).toContain('5 rader i exporten finns inte i filen.');
    expect(place).not.toContain('Person');
  });

  test('tells of one of two equal rows, and names nobody who may be on a row that cannot be read', async () => {
    const id = await exported([...ids, '14']);
    const one = await preview(whole());
    expect(one.caller).toContain(`Filen kommer från export #${id}: 20 av 21 rader.`);
    expect(one.caller).toContain('1 rad i exporten finns inte i filen. Det gäller Person 14 (14).');
    const { caller } = await preview([...whole().slice(1), line('14'), `${line('14')};en cell för mycket`]);
    expect(caller).toContain(
      '1 rad i exporten finns inte i filen, om den inte är bland dem som inte gick att läsa.',
    );
    expect(caller).not.toContain('Person');
  });

  test('tells of one person, who has two rows', async () => {
    await exported([...ids, '14']);
    const { caller } = await preview(whole().slice(1));
    expect(caller).toContain('2 rader i exporten finns inte i filen. Det gäller Person 14 (14).');
  });

  test('A2, U8 names nobody who is deleted, protected or beyond reach since', async () => {
    const reach: Reach = { companies: ['företaget ab'], protected: false };
    await exported();
    await database().prisma.export.updateMany({ data: { reach: { ...reach } } });
    await preview(whole().slice(4), head, reach);
    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const named = async () => (await previewer.shows(id)).caller;
    expect(await named()).toContain('Person 14 (14), Person 15 (15) och Person 16 (16).');
    await database().prisma.user.delete({ where: { userKey: '14' } });
    await database().prisma.user.update({ where: { userKey: '15' }, data: { protectedIdentity: true } });
    expect(await named()).toContain(
      '4 rader i exporten finns inte i filen. Det gäller bland andra Person 16 (16).',
    );
    await database().prisma.employment.updateMany({
      where: { user: { userKey: '16' } },
      data: { company: 'Z', companyKey: 'z' },
    });
    expect(await named()).toContain('4 rader i exporten finns inte i filen.\n');
  });

  test('U8 counts and names nobody with protected identity where it may not', async () => {
    await exported();
    await database().prisma.user.updateMany({
      where: { userKey: { in: ['14', '15'] } },
      data: { protectedIdentity: true },
    });
    const rows = whole().slice(1);
    rows[0] = line('15', '15');
    rows[1] = line('16', '16');
    const { caller, place } = await preview(rows);
    expect(caller).toContain(
      '2 rader har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
    );
    expect(caller).toContain('Till exempel rad 3.');
    expect(caller).toContain('1 rad i exporten finns inte i filen.');
    expect(caller).not.toContain('Person');
    expect(place).toContain(
      '1 rad har förlorat inledande nollor, troligen i Excel, och läses som i exporten.',
    );
    expect(place).not.toContain('finns inte i filen');
  });

  test('is the export that it is most like', async () => {
    await exported(ids.slice(0, 5), 20);
    const some = await exported(ids.slice(5, 12), 15);
    await exported(ids, 10);
    const { caller } = await preview(whole().slice(5, 12));
    expect(caller).toContain(`Filen kommer från export #${some}: 7 av 7 rader.`);
  });

  test('is no comparison where that is not sure', async () => {
    const nothing = /från export|exporten/;
    expect((await preview(whole())).caller).not.toMatch(nothing);
    await exported(ids.slice(0, 10));
    expect((await preview(whole())).caller).not.toMatch(nothing);
    await exported(ids, 5, true);
    expect((await preview(whole())).caller).not.toMatch(nothing);
    const bare = ids.map((userId) => `${userId};00${userId};u${userId}@company.se`);
    const swapped = 'Anställningsnummer;Användar-id;E-post Visma Connect';
    expect(
      (
        await preview(
          ids.map((id) => `00${id};${id};`),
          swapped,
        )
      ).caller,
    ).not.toMatch(nothing);
    expect((await preview(bare, 'Användar-id;Anställningsnummer;E-post Visma Connect')).caller).toMatch(
      nothing,
    );
  });

  describe('of a department', () => {
    /** An export of three workbooks, some minutes ago: seven users, seven more, and the rest. */
    async function exportedByDepartment(): Promise<number> {
      const id = await addExport(database(), {
        by: previewer.personId,
        finishedAt: new Date(Date.now() - 5 * 60_000),
      });
      await database().prisma.export.update({ where: { id }, data: { perDepartment: true } });
      for (const [file, some] of [ids.slice(0, 7), ids.slice(7, 14), ids.slice(14)].entries()) {
        const rows = some.map((userId) => ({ userId, employmentNumber: `00${userId}` }));
        await writePairs(database().pool, id, { page: file, file, rows });
      }
      return id;
    }

    test('is compared with that department alone', async () => {
      const id = await exportedByDepartment();
      const { caller } = await preview(whole().slice(7, 13));
      expect(caller).toContain(`Filen kommer från export #${id}: 6 av 7 rader.`);
      expect(caller).toContain('1 rad i exporten finns inte i filen. Det gäller Person 27 (27).');
    });

    test('changes only its own people', async () => {
      await exportedByDepartment();
      const { caller } = await preview([...whole().slice(7, 14), ...whole().slice(0, 2), line('99')]);
      expect(caller).toContain('7 nya adresser');
      expect(caller).toContain('2 om någon som inte fanns i avdelningens fil');
      expect(caller).toContain('1 med okänt användar-id');
      expect(caller).not.toContain('fanns inte i exporten');
      const { blocks } = await database().prisma.import.findFirstOrThrow({ include: { blocks: true } });
      expect(blocks.map(({ verdicts }) => verdicts).join('')).toBe('uuuuuuullx');
    });

    test('is the whole export where the departments were put together in one file', async () => {
      const id = await exportedByDepartment();
      const { caller } = await preview([...whole().slice(0, 5), ...whole().slice(7)]);
      expect(caller).toContain(`Filen kommer från export #${id}: 18 av 20 rader.`);
      expect(caller).toContain('18 nya adresser');
      expect(caller).not.toContain('avdelningens fil');
    });

    test('is judged alike when it is read once more', async () => {
      await exportedByDepartment();
      await preview([...whole().slice(7, 14), line('14')]);
      await previewer.goesOn();
      const { blocks } = await database().prisma.import.findFirstOrThrow({ include: { blocks: true } });
      expect(blocks.map(({ verdicts }) => verdicts).join('')).toBe('uuuuuuul');
    });
  });

  test('A2 is not told by whoever could not have made the export', async () => {
    await exported();
    const reach = { companies: 'all', protected: false } as const;
    const { caller } = await previewer.preview([head, ...whole()], reach);
    expect(caller).not.toMatch(/från export|exporten/);
  });

  test('what was kept for it goes with the row logs, after 90 days', async () => {
    const old = await exported(ids, 91 * 24 * 60);
    const young = await exported(ids, 89 * 24 * 60);
    const { dataDir } = database().place;
    const purge = createPurgeJob({ database: database(), messages: createMessages(), dataDir });
    await purge.run({}, { signal: new AbortController().signal });
    const kept = await database().prisma.exportPairs.findMany();
    expect(kept.map(({ exportId }) => exportId)).toEqual([young]);
    expect(kept).not.toContainEqual(expect.objectContaining({ exportId: old }));
  });
});
