import { beforeAll, expect, test } from 'vitest';
import type { Access, Reach } from '../../src/core/access.ts';
import { emptyFilter } from '../../src/rules/filter.ts';
import { createRuns, type Runs } from '../../src/services/runs.ts';
import { eachStore } from '../support/database.ts';
import { addExport } from '../support/exports.ts';
import { addImport } from '../support/imports.ts';
import { accessTo } from '../support/request.ts';
import { addUser } from '../support/users.ts';
import { addPerson } from './campaigns/house.ts';

eachStore('the list of imports, exports and campaigns', (database) => {
  let runs: Runs;
  const ids: Record<string, number> = {};
  const inCompanies = (companies: Access['companies']) =>
    accessTo(['import', 'verify', 'protected'], companies);

  beforeAll(async () => {
    runs = createRuns(database());
    const lena = await addPerson(database());
    const made = async (reach: Reach) => addImport(database(), { by: lena, reach });
    ids.everywhere = await made({ companies: 'all', protected: true });
    ids.inX = await made({ companies: ['x'], protected: true });
    ids.inXY = await made({ companies: ['y', 'x'], protected: true });
    const inX = await addUser(database(), { employments: [{ company: 'X' }] });
    const inXAndY = await addUser(database(), { employments: [{ company: 'X' }, { company: 'Y' }] });
    const inY = await addUser(database(), { employments: [{ company: 'Y' }] });
    const campaign = async (...users: number[]) => {
      const { id } = await database().prisma.campaign.create({
        data: {
          filter: { ...emptyFilter(), all: true },
          createdBy: lena,
          place: {},
          recipients: { create: users.map((userId, i) => ({ position: i + 1, userId, state: 'waiting' })) },
        },
      });
      return id;
    };
    ids.toX = await campaign(inX, inXAndY);
    ids.toAll = await campaign(inX, inY);
    ids.toNobody = await campaign();
  });

  const listed = async (access: Access) => {
    const { runs: found, total } = await runs.list(access, 1, 50);
    expect(total).toBe(found.length);
    return found.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id));
  };

  test('A2 it holds what was made wholly within reach', async () => {
    expect(await listed(inCompanies('all'))).toEqual([
      'toNobody',
      'toAll',
      'toX',
      'inXY',
      'inX',
      'everywhere',
    ]);
    expect(await listed(inCompanies(['x']))).toEqual(['toNobody', 'toX', 'inX']);
    expect(await listed(inCompanies(['x', 'y', 'z']))).toEqual(['toNobody', 'toAll', 'toX', 'inXY', 'inX']);
    expect(await listed(inCompanies([]))).toEqual(['toNobody']);
    expect(await listed(accessTo([]))).toEqual([]);
  });

  test('A2 what is out of reach is unknown by its number as well', async () => {
    const kinds = async (access: Access, ...names: string[]) =>
      Promise.all(names.map((name) => runs.kindOf(ids[name] ?? 0, access)));
    expect(await kinds(inCompanies('all'), 'everywhere', 'toAll')).toEqual(['import', 'campaign']);
    expect(await kinds(inCompanies(['x']), 'inX', 'toX')).toEqual(['import', 'campaign']);
    expect(await kinds(inCompanies(['x']), 'everywhere', 'inXY', 'toAll')).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(await kinds(accessTo([]), 'inX', 'toX')).toEqual([undefined, undefined]);
    expect(await runs.kindOf(999_999_999, inCompanies('all'))).toBeUndefined();
  });

  test('it says who, when and how many, a page at a time', async () => {
    const page = await runs.list(inCompanies('all'), 2, 4);
    expect(page).toMatchObject({ total: 6, page: 2, pages: 2 });
    expect(page.runs).toMatchObject([
      { id: ids.inX, kind: 'import', by: 'Lena Berg', state: 'done', fileName: 'adresser.csv' },
      { id: ids.everywhere },
    ]);
    const [, toAll] = (await runs.list(inCompanies('all'), 1, 4)).runs;
    expect(toAll).toMatchObject({ kind: 'campaign', counts: { waiting: 2 }, filter: { all: true } });
  });

  test('I8 files in a channel that were none for the bot are not listed; told faults are', async () => {
    const by = await addPerson(database());
    const reach: Reach = { companies: ['v'], protected: true };
    const failed = { by, reach, state: 'failed', shape: null } as const;
    await addImport(database(), failed);
    ids.told = await addImport(database(), { ...failed, place: 'direct' });
    ids.fits = await addImport(database(), { ...failed, shape: {} });
    expect(await listed(accessTo(['import'], ['v']))).toEqual(['fits', 'told']);
  });

  test('A2 U8 exports are listed to those who may export, where they reach what was exported', async () => {
    const by = await addPerson(database());
    const made = async (reach: Reach) => addExport(database(), { by, reach });
    ids.exportedAll = await made({ companies: 'all', protected: true });
    ids.exportedW = await made({ companies: ['w'], protected: false });
    const exported = async (...args: Parameters<typeof accessTo>) => listed(accessTo(...args));
    expect(await exported(['export', 'protected'])).toEqual(['exportedW', 'exportedAll']);
    expect(await exported(['export'])).toEqual(['exportedW']);
    expect(await exported(['export', 'protected'], ['w', 'x'])).toEqual(['exportedW']);
    expect(await exported(['export'], ['x'])).toEqual([]);
    expect(await exported(['protected'])).toEqual([]);
    expect(await runs.kindOf(ids.exportedW, accessTo(['export'], ['w']))).toBe('export');
    expect(await runs.kindOf(ids.exportedAll, accessTo(['export']))).toBeUndefined();
    const [run] = (await runs.list(accessTo(['export']), 1, 5)).runs;
    expect(run).toMatchObject({
      kind: 'export',
      by: 'Lena Berg',
      fileName: 'lista.csv',
      users: 3,
      state: 'done',
    });
  });

  test('they are numbered in one series without gaps, also where one came to nothing', async () => {
    const { prisma, transaction } = database();
    const lena = await addPerson(database());
    const data = { filter: {}, createdBy: lena, place: {} };
    const { id: before } = await prisma.campaign.create({ data });
    const failed = transaction(async (tx) => {
      await tx.campaign.create({ data });
      throw new Error('a crash');
    });
    await expect(failed).rejects.toThrow('a crash');
    const reach = { companies: 'all', protected: true } as const;
    const made = await Promise.all([
      prisma.campaign.create({ data }).then(({ id }) => id),
      addImport(database(), { by: lena, reach }),
      prisma.campaign.create({ data }).then(({ id }) => id),
    ]);
    expect(made.sort((a, b) => a - b)).toEqual([before + 1, before + 2, before + 3]);
    await prisma.campaign.deleteMany({ where: { id: { in: [before, ...made] } } });
    await prisma.import.deleteMany({ where: { id: { in: made } } });
  });
});
