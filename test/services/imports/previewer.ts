import type { Reach } from '../../../src/core/access.ts';
import { plain } from '../../../src/core/plain.ts';
import type { ImportTemplate } from '../../../src/rules/templates.ts';
import { importMessage } from '../../../src/views/import/message.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createPlatform, directWith } from '../../support/platform.ts';
import { addPerson, type Download, everything, openHouse, people } from './house.ts';

/** What a preview says, with plain spaces in numbers: to whoever dropped the file, and where others read. */
export interface Shown {
  caller: string;
  place: string;
}

/** Empties the store of users and imports, and drops files into it, each read at once. */
export async function openPreviewer(database: TestDatabase) {
  const { prisma, place } = database;
  for (const table of ['import', 'export', 'person', '"user"', 'allowed_domain'])
    await prisma.$executeRawUnsafe(`delete from ${table}`);
  let file = '';
  const download: Download = async () =>
    (async function* () {
      yield Buffer.from(file);
    })();
  const platform = createPlatform(people);
  const house = openHouse({ database, dataDir: place.dataDir, platform, download });
  const personId = await addPerson(database);
  let drops = 0;
  /** What is said of an import now. */
  async function shows(id: number): Promise<Shown> {
    const status = await house.imports.status(id);
    if (!status) throw new Error('There is no such import');
    const shown = (audience: 'caller' | 'place') =>
      plain(importMessage(status, { language: 'sv', audience }), 'sv').replaceAll('\u00a0', ' ');
    return { caller: shown('caller'), place: shown('place') };
  }
  return {
    house,
    personId,
    shows,
    /** Begins to read the newest import once more, whose rows are in the store: as after a kill. */
    async goesOn(): Promise<void> {
      const { id } = await prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
      await prisma.import.update({ where: { id }, data: { state: 'reading', finishedAt: null } });
      await house.run('import-read', { importId: id });
    },
    /** Has it read by another template. */
    async choose(id: number, template: ImportTemplate): Promise<void> {
      await house.imports.choose(id, template, { personId, reach: everything });
      await house.run('import-read', { importId: id });
    },
    /** Reads a file of these lines, dropped by somebody with that reach. */
    async preview(lines: readonly string[], reach: Reach = everything): Promise<Shown> {
      file = `${lines.join('\n')}\n`;
      const by = { personId, place: directWith('lena'), language: 'sv', reach } as const;
      await house.imports.begin({ name: 'file.csv', size: 100, source: { file: ++drops } }, by);
      const { id } = await prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
      await house.run('import-read', { importId: id });
      return shows(id);
    },
  };
}
