import { describe, expect, test } from 'vitest';
import { asJson } from '../../src/playground/local/http.ts';
import { connectFile } from '../support/files.ts';
import type { Message } from '../support/teams.ts';
import { inWorld, patience } from './harness/run.ts';
import { employ } from './harness/staff.ts';
import { teamsSurface } from './harness/teams.ts';

const surface = teamsSurface();
const head = 'Användar-id;Anställningsnummer;E-post Visma Connect';
const wrong = Buffer.from(`${head}\n14;0014;fel@company\n15;0015;ny@company.se\n`);
const aboutIt = 'Den avvisade raden i import #2. Rätta den och släpp filen här igen.';

/** The answer to an offer, as a client sends it. */
function acceptance({ attachments }: Message, uploadUrl: string) {
  const { acceptContext: context } = asJson(attachments[0]?.content);
  const contentUrl = 'https://contoso-my.sharepoint.com/personal/x/Documents/Applications/x.csv';
  const uploadInfo = { uploadUrl, contentUrl, name: 'x.csv', uniqueId: 'U', fileType: 'csv' };
  return { name: 'fileConsent/invoke', value: { type: 'fileUpload', action: 'accept', context, uploadInfo } };
}

describe('files in Teams', () => {
  test(
    'A6 a file that is offered is declined and asked for again, and taken once: by nobody else, and to no other machine',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena, erik }, place: { store } }) => {
        await employ(lena, 30);
        await lena.drops({ name: 'fel.csv', bytes: wrong });
        await lena.presses('Bekräfta', await lena.sees('1 adress sparas, 1 har fel.'));
        const summary = await lena.sees('Klart: 1 sparad, 1 avvisad.');
        const asks = async () => {
          await lena.presses('Hämta avvisade rader', summary);
          await lena.sees(aboutIt);
          const offer = teams.chat('lena').at(-1);
          if (!offer) throw new Error('There is no offer');
          return offer;
        };
        const actor = teams.as('lena');
        const uploads = () => teams.calls.filter(({ method }) => method === 'upload').length;

        const first = await asks();
        await actor.consents(false);
        const declined = await lena.sees('Filen lämnades inte över.');
        expect(declined.id).toContain(first.id);
        await lena.presses('Hämta filen', declined);
        await lena.sees(aboutIt);

        const offer = await asks();
        const elsewhere = 'http://127.0.0.1.evil.example/upload';
        expect(await teams.sends('erik', acceptance(offer, elsewhere))).toMatchObject({ status: 200 });
        await erik.sees("This button is somebody else's");
        expect(await teams.sends('lena', acceptance(offer, elsewhere))).toMatchObject({ status: 200 });
        await lena.sees('Filen gick inte att lämna över.');

        const again = await asks();
        await Promise.all([actor.consents(true, { in: again }), actor.consents(true, { in: again })]);
        const file = await teams.until(() => teams.chat('lena').map(teams.file).find(Boolean));
        expect(file).toMatchObject({ name: 'fel-avvisade.csv' });
        expect(file.bytes.toString()).toContain('14;0014;fel@company;');
        await lena.sees('Det är redan gjort');
        expect(uploads()).toBe(1);
        await teams.until(() => !teams.chat('lena').some(({ id }) => id === again.id));

        const late = await asks();
        await store.query('delete from import_block');
        await actor.consents(true, { in: late });
        await lena.sees('Raderna i import #2 finns inte kvar');
        expect(uploads()).toBe(1);
      }),
  );

  test(
    'I1 what is asked for in a channel is dropped in the chat, and told of in the channel as counts',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ people: { lena, erik, anna } }) => {
        await employ(lena, 30);
        await lena.types('/vc importera', 'hr');
        const asked = await erik.sees('Filer som släpps här når inte fram till mig.', {
          in: 'hr',
          mine: false,
        });
        expect(asked.links).toEqual([expect.stringContaining('https://teams.microsoft.com/l/chat/')]);
        const rows = Array.from({ length: 3 }, (_, n) => ({ userId: `${14 + n}`, number: `00${14 + n}` }));
        await lena.drops({
          name: 'hemligt.csv',
          bytes: connectFile(rows.map((row) => ({ ...row, connectEmail: `ny.${row.userId}@company.se` }))),
        });
        const preview = await lena.sees('3 adresser sparas', { in: 'bot' });
        await erik.sees('3 adresser sparas', { in: 'hr', mine: false });
        await lena.presses('Bekräfta', preview);
        const told = await erik.sees('Klart: 3 sparade.', { in: 'hr', mine: false });
        expect(told.text).not.toMatch(/hemligt|Anna|@/);
        await erik.presses('Visa logg', told);
        const link = await erik.sees('The log of import #2');
        expect(link.links).toEqual([expect.stringContaining('/log/')]);
        await anna.presses('Visa logg', told);
        await anna.sees('Det här får bara den som har behörighet göra');
      }),
  );
});
