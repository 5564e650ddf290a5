import { beforeAll, expect, test } from 'vitest';
import type { Reach } from '../../src/core/access.ts';
import { Prisma } from '../../src/database/client/client.ts';
import { tokenize } from '../../src/rules/line.ts';
import { createFilters } from '../../src/services/filter.ts';
import { matching } from '../../src/services/filter-sql.ts';
import { eachStore } from '../support/database.ts';
import { addUser } from '../support/users.ts';

const everybody: Reach = { companies: 'all', protected: true };
const now = new Date('2026-11-18T12:00:00Z');

eachStore('filters', (database) => {
  const read = (line: string, reach = everybody) => createFilters(database()).read(tokenize(line), reach);

  async function found(line: string, reach = everybody): Promise<string> {
    const filter = await read(line, reach);
    const rows = await database().prisma.$queryRaw<{ user_id: string }[]>(Prisma.sql`
      select u.user_id from "user" u where ${matching(filter, reach, now)} order by u.user_id`);
    return rows.map(({ user_id }) => user_id).join(' ');
  }

  beforeAll(async () => {
    const add = (given: Parameters<typeof addUser>[1]) => addUser(database(), given);
    const economy = { company: 'Företaget AB', department: 'Ekonomi & Lön', office: 'Malmö' };
    await add({ userId: 'anna', name: 'Anna Åberg', connection: 'connected', employments: [economy] });
    await add({
      userId: 'Bo',
      connection: 'pending',
      employments: [{ ...economy, department: 'IT' }],
      openedAt: now,
    });
    const cia = await add({
      userId: 'cia',
      bouncedAt: now,
      employments: [
        { company: 'Dotter AB', department: 'IT' },
        { company: 'Företaget AB', department: 'Lager', number: '0042' },
      ],
    });
    const dan = { userId: 'dan', active: false, disownedAt: now };
    await add({ ...dan, employments: [{ company: 'Dotter AB', number: 'Ö-7' }] });
    const eva = await add({ userId: 'eva', connect: null, protected: true, employments: [economy] });
    const fia = await add({ userId: 'fia', connection: 'pending', employments: [] });
    const { prisma } = database();
    await prisma.user.update({
      where: { userKey: 'cia' },
      data: { aliasUserId: 'CIA-ÅSTRÖM', signature: 'ÉÄÆÜ' },
    });
    await prisma.verification.create({
      data: {
        userId: fia,
        address: 'fia@company.se',
        sentAt: new Date('2026-11-10T12:00:00Z'),
        links: { create: { tokenHash: 'x', expiresAt: new Date('2026-11-15T12:00:00Z') } },
      },
    });
    await prisma.import.create({
      data: {
        id: 41,
        dropKey: 'a',
        fileName: 'a.csv',
        source: {},
        language: 'sv',
        reach: { companies: ['dotter ab'], protected: false },
        createdBy: 1,
        place: {},
        blocks: {
          create: { block: 0, cells: '[[2],[3]]', grams: new Uint8Array(), verdicts: 'ux', saved: [eva] },
        },
      },
    });
    await prisma.campaign.create({
      data: {
        id: 42,
        filter: {},
        place: {},
        createdBy: 1,
        recipients: { create: { position: 1, userId: fia } },
      },
    });
    await prisma.campaign.create({
      data: {
        id: 43,
        filter: {},
        place: {},
        createdBy: 1,
        recipients: { create: { position: 1, userId: cia } },
      },
    });
    await prisma.person.create({
      data: {
        surface: 'slack',
        tenant: 't',
        platformId: 'u',
        name: 'Bo',
        administrator: true,
        user: { connect: { userKey: 'bo' } },
      },
    });
  });

  test.each([
    ['alla', 'Bo anna cia dan eva fia'],
    ['company:"företaget ab"', 'Bo anna cia eva'],
    ['företag:"Dotter AB" företag:"Företaget AB"', 'Bo anna cia dan eva'],
    ['avdelning:"ekonomi & lön"', 'anna eva'],
    ['office:malmö department:IT', 'Bo'],
    ['status:väntar', 'Bo fia'],
    ['status:none status:connected', 'anna eva'],
    ['status:bounced status:wrong', 'cia dan'],
    ['status:opened', 'Bo'],
    ['status:expired', 'fia'],
    ['active:nej', 'dan'],
    ['user:ANNA user:bo', 'Bo anna'],
    ['role:administratör', 'Bo'],
    ['import:41', 'eva'],
    ['campaign:42', 'fia'],
    ['campaign:42 active:no', ''],
    ['åberg', 'anna'],
    ['0042', 'cia'],
    ['cia-Åström', 'cia'],
    ['ÉÄæ', 'cia'],
    ['Ö-7', 'dan'],
    ['anna@company', 'anna'],
    ['100%', ''],
  ])('B1 %s means %s', async (line, users) => {
    expect(await found(line)).toBe(users);
  });

  test('U3 department and company must hold of one and the same employment', async () => {
    expect(await found('company:"Företaget AB" department:IT')).toBe('Bo');
    expect(await found('company:"Dotter AB" department:IT')).toBe('cia');
  });

  test('A2 numbers of imports and campaigns out of reach are unknown', async () => {
    const daughter: Reach = { companies: ['dotter ab'], protected: false };
    const parent: Reach = { companies: ['företaget ab'], protected: true };
    expect(await found('import:41', daughter)).toBe('');
    await expect(read('import:41', parent)).rejects.toMatchObject({ code: 'import_unknown' });
    await expect(read('campaign:42', daughter)).rejects.toMatchObject({ code: 'campaign_unknown' });
    expect(await found('campaign:43', daughter)).toBe('cia');
    await expect(read('campaign:42', parent)).rejects.toMatchObject({ code: 'campaign_unknown' });
  });

  test('A2, U8 a filter finds nobody out of reach, and knows no names from there', async () => {
    const daughter: Reach = { companies: ['dotter ab'], protected: false };
    expect(await found('all', daughter)).toBe('cia dan');
    await expect(found('department:Lager', daughter)).rejects.toMatchObject({ code: 'filter_unknown_value' });
    await expect(found('user:anna', daughter)).rejects.toMatchObject({ code: 'filter_unknown_value' });
    expect(await createFilters(database()).knownValues(daughter)).toMatchObject({
      companies: ['Dotter AB'],
      departments: ['IT'],
      offices: [],
    });
    expect(await found('all', { companies: 'all', protected: false })).not.toContain('eva');
    expect(await found('all', { companies: [], protected: true })).toBe('');
  });

  test.each([
    ['company:Företagt', 'Menade du `företag:"Företaget AB"`?'],
    ['department:Malmö', 'Menade du `kontor:Malmö`?'],
    ['user:anan', 'Menade du `användare:anna`?'],
    ['campaign:7', 'Det finns inget utskick #7.'],
    ['import:42', 'Det finns ingen import #42.'],
    ['role:chef', 'Det finns ingen roll som heter ”chef”.'],
  ])('B1 %s is refused: %s', async (line, words) => {
    await expect(read(line)).rejects.toMatchObject({ text: { sv: expect.stringContaining(words) } });
  });
});
