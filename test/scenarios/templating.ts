import { expect } from 'vitest';
import { scenario } from './harness/conversation.ts';
import { employ } from './harness/staff.ts';

const fields = 'Användar-id\nAnställningsnummer\nE-post Visma Connect';

/** Templates of one's own, and files that are read by them. */
export const templating = [
  scenario(
    'an export template, the import template that matches it, and a colleague’s list read by it',
    async ({ lena }, { store }) => {
      await employ(lena, 30);
      await store.query(
        `update "user" set connect_email = null, connect_address = null, connection = 'none'`,
      );
      await lena.types('/vc mallar');
      const list = await lena.sees('Mallar för anställda och användare');
      expect(list.text).toContain('Till Flex HRM');
      await lena.presses('Ny exportmall', list);
      const form = await lena.seesForm('Ny exportmall');
      expect(form.fields.join('\n')).toContain('Fält, i ordning');
      const faults = await lena.fills({
        Namn: 'Till kollegorna',
        'Fält, i ordning': 'Anställningsnummer\nE-post Vsima Connect\nAnställningsnummer',
        Avgränsare: 'Ett annat tecken',
        'Annat tecken': 'x',
      });
      expect(Object.keys(faults).sort()).toEqual(['Annat tecken', 'Fält, i ordning']);
      expect(faults['Annat tecken']).toContain('kan inte skilja kolumner åt');
      expect(faults['Fält, i ordning']).toMatch(
        /Rad 2: .*Menade du ”E-post Visma Connect”.*Rad 3: .*behöver Användar-id/,
      );
      expect(
        await lena.fills({
          Namn: 'Till kollegorna',
          'Fält, i ordning': fields,
          Avgränsare: 'Ett annat tecken',
          'Annat tecken': '|',
        }),
      ).toEqual({});
      const card = await lena.sees('Exportmall: Till kollegorna');
      expect(card.text).toContain('Mallen är sparad');

      await lena.presses('Gör importmallen som passar', card);
      await lena.sees('Importmall: Import Till kollegorna');
      await lena.types('/vc mallar jämför "Till kollegorna" "Import Till kollegorna"');
      await lena.sees('Mallarna stämmer överens');

      const rows = '14|0014|anna.ny@company.se\n15|0015|bjorn.ny@company.se\n';
      const named = `${fields.replaceAll('\n', '|')}\n${rows}`;
      await lena.drops({ name: 'lista.csv', bytes: Buffer.from(named) });
      const preview = await lena.sees('2 rader: 2 adresser sparas');
      expect(preview.text).toContain('Mall: Import Till kollegorna.');
      expect(preview.text).toContain('Avgränsare: |.');
      await lena.presses('Bekräfta', preview);
      await lena.sees('Klart: 2 sparade.');
      expect(await store.value(`select connect_email from "user" where user_id = '15'`)).toBe(
        'bjorn.ny@company.se',
      );
    },
  ),

  scenario(
    'an own import template: copied, changed, chosen in a preview and by typing, compared and deleted',
    async ({ lena, erik, anna }, { store }) => {
      await employ(lena, 30);
      await erik.types('/vc templates create import');
      await erik.seesForm('New import template');
      expect(
        await erik.fills({
          Name: 'Offices',
          'Fields, in order': 'User-ID\nEmployment number\nEmail Visma Connect',
        }),
      ).toEqual({});
      const card = await erik.sees('Import template: Offices');
      await erik.presses('Copy', card);
      await erik.seesForm('New import template');
      const offices = {
        'The import': 'Changes users that are there',
        'Fields, in order': 'User-ID\nEmployment number\nOffice',
      };
      const skipped = 'Rows to skip at the top';
      expect(await erik.fills({ ...offices, [skipped]: 'two' })).toEqual({
        [skipped]: 'Write a whole number from 0 to 100.',
      });
      expect(await erik.fills({ ...offices, [skipped]: '0' })).toEqual({});
      await erik.presses('Change', await erik.sees('Import template: Offices (copy)'));
      await erik.seesForm('Change template');
      expect(await erik.fills({ Name: 'Offices' })).toEqual({
        Name: expect.stringContaining('already a template'),
      });
      expect(await erik.fills({ Name: 'Where they sit' })).toEqual({});
      await erik.sees('The template is changed');

      const file = 'Användar-id;Anställningsnummer;Kontor\n14;0014;Kiruna\n';
      await erik.drops({ name: 'kontor.csv', bytes: Buffer.from(file) });
      const preview = await erik.sees('Template: Employees');
      await erik.presses('Read as Where they sit instead', preview);
      const anew = await erik.sees('Template: Where they sit');
      expect(anew.id).toBe(preview.id);
      await erik.types('/vc import template #2 "Offices"');
      await erik.sees('The template: User-ID, Employment number and Email Visma Connect.');
      await erik.presses('Confirm', preview);
      await erik.sees('Done: 1 saved.');
      expect(await store.value(`select office from employment where number = '0014'`)).toBe('Kiruna');

      await erik.types('/vc templates compare "To Flex HRM" "Where they sit"');
      await erik.sees('The export lacks Office.');
      await erik.types('/vc templates delete Where they sit');
      await erik.presses('Delete', await erik.sees('Delete the template?'));
      await erik.sees('"Where they sit" is deleted');
      await erik.types('/vc templates show Where they sit');
      await erik.sees('There is no template called "Where they sit"');
      await anna.types('/vc mallar');
      await anna.sees('Det här får bara den som har behörighet göra');
    },
  ),
];
