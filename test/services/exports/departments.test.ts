import { unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { inspect, type RowValues, readRows, surveyFile } from '../../../src/csv/index.ts';
import { departmentFiles } from '../../../src/jobs/export-departments.ts';
import { exportTemplates } from '../../../src/rules/templates.ts';
import { readExport } from '../../../src/services/exports/status.ts';
import { createTemplates } from '../../../src/services/templates.ts';
import { drop } from '../../csv/dropped.ts';
import { eachStore } from '../../support/database.ts';
import { accessTo } from '../../support/request.ts';
import { addUser } from '../../support/users.ts';
import { type House, openHouse } from './house.ts';

eachStore('a workbook for each department', (database) => {
  let house: House;

  beforeEach(async () => {
    const { prisma, pool } = database();
    for (const table of ['press', 'live_message', 'export', 'person', '"user"', 'template'])
      await prisma.$executeRawUnsafe(`delete from ${table}`);
    await pool.query('delete from graphile_worker._private_jobs');
    house = await openHouse(database());
  });

  const user = (
    userId: string,
    ...employments: [company: string, number: string, department: string | null][]
  ) =>
    addUser(database(), {
      userId,
      name: `=Person ${userId}`,
      connect: null,
      employments: employments.map(([company, number, department]) => ({
        company,
        number,
        ...(department === null ? {} : { department }),
      })),
    });

  async function rowsOf(workbook: Uint8Array): Promise<RowValues[]> {
    const path = drop(workbook);
    const { shape, header } = await inspect(path, await surveyFile(path, 10_000_000));
    const rows: RowValues[] = [];
    for await (const batch of readRows(path, shape, header))
      rows.push(...batch.rows.map(({ values }) => values));
    return rows;
  }

  /** What each file of an export says: who, with which numbers. */
  async function filesOf(id: number): Promise<Record<string, string[]>> {
    const files = unzipSync(await house.file(id));
    const read = Object.entries(files).map(async ([name, bytes]) => {
      const rows = await rowsOf(bytes);
      return [name, rows.map(({ userId, employmentNumber }) => `${userId} ${employmentNumber}`)] as const;
    });
    return Object.fromEntries(await Promise.all(read));
  }

  test('U8 leaves out whoever has protected identity, whoever asks', async () => {
    await user('14', ['X', '0014', 'IT']);
    const hidden = await user('15', ['X', '0015', 'Säkerhet']);
    await database().prisma.user.update({ where: { id: hidden }, data: { protectedIdentity: true } });
    const id = await house.exported('alla per avdelning som kollegor');
    expect(await rowsOf(await house.file(id))).toMatchObject([{ userId: '14' }]);
    const [message] = await house.draw();
    expect(message).toContain('1 användare');
    expect(message).toContain('Användare med skyddad identitet är inte med.');
    expect(message).toContain('för den enda avdelningen');
  });

  test('keeps who is in which file, for when it comes back', async () => {
    await user('14', ['X', '0014', 'Ekonomi & Lön']);
    await user('15', ['X', '0015', 'IT'], ['X', '00915', 'Ekonomi & Lön']);
    const exportId = await house.exported('alla per avdelning som kollegor');
    const kept = await database().prisma.exportPairs.findMany({
      where: { exportId },
      orderBy: { page: 'asc' },
    });
    expect(kept.map(({ file, userKeys, numbers }) => ({ file, userKeys, numbers }))).toEqual([
      { file: 0, userKeys: ['14', '15'], numbers: ['0014', '00915'] },
      { file: 1, userKeys: ['15'], numbers: ['0015'] },
    ]);
  });

  test('has those who work there, in text cells; who works in two is in both, with the number there', async () => {
    await user('14', ['X', '0014', 'Ekonomi & Lön']);
    await user('15', ['X', '0015', 'IT'], ['X', '00915', 'Ekonomi & Lön']);
    await user('16', ['X', '0016', 'it']);
    await user('17', ['X', '0017', null]);
    await user('18', ['Y', '7', 'IT']);
    const id = await house.exported('alla per avdelning som kollegor');
    expect(await filesOf(id)).toEqual({
      'Ekonomi & Lön.xlsx': ['14 0014', '15 00915'],
      'IT (X).xlsx': ['15 0015', '16 0016'],
      'IT (Y).xlsx': ['18 7'],
      'Utan avdelning.xlsx': ['17 0017'],
    });
    const [message] = await house.draw();
    expect(message).toContain(`Export #${id}: kollegor.zip`);
    expect(message).toContain('5 användare');
    expect(message).toContain('4 Excel-arbetsböcker, en för varje avdelning, i ett zip-arkiv');
    const file = unzipSync(await house.file(id))['Ekonomi & Lön.xlsx'];
    const rows = await rowsOf(file as Uint8Array);
    expect(rows[0]).toMatchObject({ name: '=Person 14', department: 'Ekonomi & Lön', connectEmail: '' });
  });

  test('comes as it is where there is one alone', async () => {
    await user('14', ['X', '0014', 'IT']);
    await user('15', ['X', '0015', 'Lager']);
    const id = await house.exported('avdelning:it per avdelning');
    expect(await rowsOf(await house.file(id))).toMatchObject([{ userId: '14', employmentNumber: '0014' }]);
    expect((await house.draw())[0]).toMatch(/Export #\d+: E-post Visma Connect \d{4}-\d\d-\d\d\.xlsx/);
  });

  test('has a row for each user, once, where the fields tell of no employment', async () => {
    await createTemplates({ database: database() }).add(
      {
        ...exportTemplates.toFlex,
        name: { sv: 'Bara id', en: 'Bara id' },
        fields: ['userId', 'connectEmail'],
      },
      {},
    );
    await user('14', ['X', '1', 'IT'], ['X', '2', 'IT'], ['X', '3', 'Lager']);
    const id = await house.exported('Bara id per avdelning');
    const files = unzipSync(await house.file(id));
    expect(Object.keys(files)).toEqual(['IT.xlsx', 'Lager.xlsx']);
    const sheet = (name: string) =>
      Buffer.from(unzipSync(files[name] as Uint8Array)['xl/worksheets/sheet1.xml'] as Uint8Array).toString();
    expect(sheet('IT.xlsx').match(/<row /g)).toHaveLength(2);
    expect(sheet('Lager.xlsx').match(/<row /g)).toHaveLength(2);
  });

  test('is a sheet of column names where whoever worked there has left meanwhile', async () => {
    await user('14', ['X', '0014', 'IT']);
    const { prisma, pool } = database();
    const id = await house.exported('per avdelning');
    const found = readExport(await prisma.export.findUniqueOrThrow({ where: { id } }));
    const tally = { users: 0, shielded: 0, rows: 0 };
    const { bytes } = await departmentFiles(pool, found, house.now(), tally, async () => {});
    await prisma.user.deleteMany();
    const parts: Uint8Array[] = [];
    for await (const part of bytes) parts.push(part);
    await expect(rowsOf(Buffer.concat(parts))).rejects.toThrow('nothing below it');
  });

  test('A2 has nobody beyond reach, and no employment there', async () => {
    await user('14', ['X', '0014', 'IT'], ['Y', '7', 'Lager']);
    await user('15', ['Y', '8', 'Lager']);
    const id = await house.exported('per avdelning', { access: accessTo(['export'], ['x']) });
    expect(await rowsOf(await house.file(id))).toMatchObject([{ userId: '14', employmentNumber: '0014' }]);
  });

  test('is written whole, however many pages of users there are', async () => {
    await database().pool.query(`
      with made as (
        insert into "user" (user_id, user_key, name, name_key)
        select n::text, n::text, 'N', 'n' from generate_series(1, 11000) n returning id, user_id)
      insert into employment (user_id, company, company_key, number, department, department_key)
      select id, 'X', 'x', user_id, 'D' || (id % 3), 'd' || (id % 3) from made`);
    const files = await filesOf(await house.exported('alla per department'));
    expect(Object.keys(files)).toEqual(['D0.xlsx', 'D1.xlsx', 'D2.xlsx']);
    const all = Object.values(files).flat();
    expect(new Set(all).size).toBe(11_000);
    expect(all).toHaveLength(11_000);
  });
});
