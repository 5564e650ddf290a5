import { expect, test } from 'vitest';
import { createDomains } from '../../../src/services/domains.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { eachStore } from '../../support/database.ts';
import { addUser } from '../../support/users.ts';
import { everything } from './house.ts';
import { openPreviewer } from './previewer.ts';

eachStore('an import that waits for its confirmation', (database) => {
  test('D1, I5 is planned anew where other domains are allowed, and nothing is saved meanwhile', async () => {
    const { preview, shows, house, personId } = await openPreviewer(database());
    for (const userId of ['anna', 'bo'])
      await addUser(database(), { userId, connect: null, employments: [{ number: `0${userId}` }] });
    await database().prisma.allowedDomain.create({ data: { entry: 'foretaget.se' } });
    const { caller } = await preview([
      'Användar-id;Anställningsnummer;E-post Visma Connect',
      'anna;0anna;anna@dotter.se',
      'bo;0bo;bo@foretaget.se',
    ]);
    expect(caller).toContain('1 ny adress');
    expect(caller).toContain('1 med otillåten domän: rad 2 (anna@dotter.se)');
    expect(caller).toContain('/vc domäner tillåt DOMÄN');

    const { id } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const domains = createDomains({ database: database(), messages: createMessages() });
    await domains.change('allow', 'dotter.se', true, { personId, reach: everything });
    const by = { personId, reach: everything };
    await expect(house.imports.confirm(id, by)).rejects.toMatchObject({ code: 'import_reading' });

    await house.run('import-read', { importId: id });
    const anew = await shows(id);
    expect(anew.caller).toContain('2 nya adresser');
    expect(anew.caller).not.toContain('otillåten');
    await house.imports.confirm(id, by);
    await house.run('import-apply', { importId: id });
    expect((await house.imports.status(id))?.counts).toMatchObject({ u: 2 });
  });

  test('D1, I5 is planned anew where the list changed while it was being planned', async () => {
    const { preview } = await openPreviewer(database());
    for (const userId of ['anna', 'bo'])
      await addUser(database(), { userId, connect: null, employments: [{ number: `0${userId}` }] });
    await database().prisma.allowedDomain.create({ data: { entry: 'foretaget.se' } });
    // Somebody allows a domain just when the rows have been judged.
    await database().prisma.$executeRaw`
      create function allows() returns trigger language plpgsql as $$ begin
        insert into allowed_domain (entry) values ('dotter.se') on conflict do nothing;
        return new;
      end $$`;
    await database().prisma.$executeRaw`
      create trigger allows after update of verdicts on import_block for each row execute function allows()`;
    try {
      const { caller } = await preview([
        'Användar-id;Anställningsnummer;E-post Visma Connect',
        'anna;0anna;anna@dotter.se',
        'bo;0bo;bo@foretaget.se',
      ]);
      expect(caller).toContain('2 nya adresser');
      expect(caller).not.toContain('otillåten');
    } finally {
      await database().prisma.$executeRaw`drop function allows cascade`;
    }
  });

  test('I5 is planned anew where another import has changed the users', async () => {
    const { preview, shows, house, personId } = await openPreviewer(database());
    const by = { personId, reach: everything };
    const list = (department: string, activated: string) => [
      'Användar-id;Anställningsnummer;Namn;Företag;Avdelning;Aktiverad',
      `anna;1;Anna;X;${department};${activated}`,
    ];
    await preview(list('Ekonomi', 'ja'));
    const { id: first } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    const { caller } = await preview(list('IT', 'nej'));
    expect(caller).toContain('1 användare skapas');
    const { id: second } = await database().prisma.import.findFirstOrThrow({ orderBy: { id: 'desc' } });
    await house.imports.confirm(first, by);
    await house.run('import-apply', { importId: first });
    await expect(house.imports.confirm(second, by)).rejects.toMatchObject({ code: 'import_reading' });
    await house.run('import-read', { importId: second });
    const anew = await shows(second);
    expect(anew.caller).not.toContain('skapas');
    expect(anew.caller).toContain('1 rad flyttar någon');
    expect(anew.caller).toContain('1 rad inaktiverar någon');
    await house.imports.confirm(second, by);
    await house.run('import-apply', { importId: second });
    const back = await preview(list('IT', 'ja'));
    expect(back.caller).toContain('1 rad aktiverar någon igen. Kontrollera att filen inte är gammal.');
  });
});
