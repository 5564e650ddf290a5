import { describe, expect, test } from 'vitest';
import { hrExport } from '../support/files.ts';
import { textOf } from '../support/teams.ts';
import { until } from '../support/until.ts';
import { conversations } from './conversations.ts';
import { holdOn, inWorld, patience } from './harness/run.ts';
import { employ } from './harness/staff.ts';
import { teamsSurface } from './harness/teams.ts';

const surface = teamsSurface();

// What happens to a killed process in the middle of sending or importing is the same whatever chat it talks to: see crash.ts.
holdOn(surface, conversations);

describe('Teams itself', () => {
  test(
    'A3 what is for one person alone stands in their chat; the channel is told so, or how such a chat begins',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena, erik, anna } }) => {
        await anna.types('/vc whoami', 'hr');
        await anna.sees('Medarbetare', { in: 'hr', mine: true });
        const pointer = await erik.sees('Jag har svarat i vår chatt.', { in: 'hr', mine: false });
        expect(pointer.text).not.toMatch(/Anna|@/);
        expect(pointer.buttons).toEqual(['Öppna chatten']);
        expect(pointer.links).toEqual([
          `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(teams.bot)}`,
        ]);
        const [question, answer] = teams.messagesFor('erik', 'hr');
        expect(answer?.thread).toBe(question?.id);

        await teams.as('anna').installs(false);
        await anna.types('/vc whoami', 'hr');
        await anna.sees('vi har ingen chatt ännu', { in: 'hr', mine: false });
        expect(erik.reads('hr').filter(({ text }) => text.includes('Jag har svarat'))).toHaveLength(1);
        await teams.as('anna').installs(true);
        await anna.types('/vc whoami', 'hr');
        await anna.sees('Medarbetare', { in: 'hr', mine: true });

        // The same where a chat of several is: only what mentions the bot is for it.
        await teams.as('lena').writes('status', { in: 'lunch' });
        await teams.as('lena').writes('@vc status', { in: 'lunch' });
        await lena.sees('Det finns inga användare ännu', { in: 'bot' });
        await teams.until(() => teams.messagesFor('lena', 'lunch').some(({ by }) => by === teams.bot));
        expect(teams.messagesFor('lena', 'lunch').filter(({ by }) => by === teams.bot)).toHaveLength(1);
      }),
  );

  test(
    'A1 other tenants are refused at the door; guests and whoever has no account get nothing',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena, guest }, place }) => {
        await employ(lena, 30);
        const refused = await teams.as('stranger').writes('@vc users', { in: 'shared' });
        expect(refused).toMatchObject({ status: 403 });
        expect(lena.reads('shared')).toEqual([]);

        await guest.types('/vc users', 'hr');
        await guest.sees('Jag svarar bara den som arbetar här', { in: 'hr', mine: true });
        // Whoever has no account makes the meeting a place where nothing is said, neither there nor alone.
        await teams.as('visitor').writes('@vc users', { in: 'meeting' });
        const refusals = () =>
          place.store.query(`select outcome from audit where what = 'users' order by outcome`);
        await teams.until(async () => (await refusals()).length === 2);
        expect(teams.messagesFor('visitor', 'meeting').filter(({ by }) => by === teams.bot)).toEqual([]);
        expect(teams.chat('visitor')).toEqual([]);
        expect(await refusals()).toEqual([{ outcome: 'person_refused' }, { outcome: 'place_shared' }]);
      }),
  );

  test(
    'a dialog that is submitted twice and a card that is no longer there work once',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena }, place: { mail } }) => {
        await employ(lena, 30);
        await lena.types('/vc verify ny@company.se');
        await lena.seesForm('Verifiera konto');
        const values = { Användare: 'Björn', 'E-post': 'ny@company.se', 'Bekräfta e-post': 'ny@company.se' };
        const both = await teams.as('lena').submitsTwice(values);
        expect(both.map(({ errors }) => errors)).toEqual([{}, {}]);
        await mail.mailTo('ny@company.se');
        await lena.sees('Mejlet skickades');
        await lena.sees('Det är redan gjort');

        await lena.types('/vc massverifiera avdelning:IT');
        await lena.sees('Utskick #2: förhandsvisning');
        const preview = teams.chat('lena').at(-1);
        if (!preview) throw new Error('The preview is gone');
        await lena.presses('Avbryt');
        await lena.sees('Inget skickades');
        await teams.as('lena').presses('Bekräfta', { in: preview, asItStood: true });
        await lena.sees(/redan/);
        await teams.as('lena').presses('Bekräfta', { in: preview, asItStood: true, oldClient: true });
        expect(mail.mails).toHaveLength(1);
      }),
  );

  test(
    'A3 a command that is picked after / in a channel is read by nobody else, and neither is its answer',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena, erik } }) => {
        await employ(lena, 30);
        const inChannel = (handle: string) => teams.messagesFor(handle, 'hr').map(textOf);
        await teams.as('lena').picks('läge', { in: 'hr' });
        await lena.sees('0 av 30 är kopplade', { in: 'bot' });
        await lena.sees('Jag har svarat i vår chatt.', { in: 'hr' });
        expect(inChannel('lena')).toEqual(['läge', expect.stringContaining('Jag har svarat')]);
        await teams.as('erik').picks('users department:IT', { in: 'hr' });
        await erik.sees('6 users', { in: 'bot' });
        await teams.as('lena').picks('importera', { in: 'lunch' });
        await teams.until(() =>
          teams.messagesFor('lena', 'lunch').some((one) => textOf(one).includes('Släpp din')),
        );
        expect(teams.messagesFor('erik', 'lunch')).toEqual([]);
        await erik.sees('I have answered in our chat.', { in: 'hr' });
        expect(inChannel('lena')).toHaveLength(2);
        expect(inChannel('erik')).toEqual([
          'users department:IT',
          expect.stringContaining('I have answered in our chat.'),
        ]);
        expect(inChannel('anna')).toEqual([]);
        await expect(teams.as('lena').picks('läge', { in: 'random' })).rejects.toThrow(
          'offers lena no command',
        );
      }),
  );

  test(
    'a message or a file that comes often is done once; what nobody knows is answered, and ends nothing',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ teams, people: { lena }, place }) => {
        const often = await teams.as('lena').repeats('status', 3);
        expect(often.map(({ status }) => status)).toEqual([200, 200, 200]);
        await lena.sees('Det finns inga användare ännu', { ever: true });
        const file = hrExport(30);
        await teams.as('lena').drops(file.bytes, file.name, { deliveries: 3 });
        await lena.sees('30 användare skapas', { ever: true });
        expect(await place.store.value('select count(*)::int from import')).toBe(1);
        expect(lena.reads('bot').filter(({ text }) => text.includes('inga användare ännu'))).toHaveLength(1);

        teams.answers('download', { status: 404 }, { times: 9 });
        await lena.drops(file);
        await lena.sees('Filen finns inte kvar');

        const statuses = [
          await teams.sends('lena', {}),
          await teams.sends('lena', { name: 'adaptiveCard/action', value: { action: 'press' } }),
          await teams.sends('lena', { name: 'task/fetch', value: { data: { press: 'invented' } } }),
          await teams.sends('lena', { name: 'task/submit', value: { data: { form: 'invented' } } }),
          await teams.sends('lena', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }),
          await teams.sends('lena', { type: 'message', value: 17 }),
          await teams.sends('lena', { conversation: 'nowhere' }),
        ].map(({ status }) => status);
        expect(statuses).toEqual([501, 501, 200, 200, 200, 200, 400]);
        await lena.types('/vc vemärjag');
        await lena.sees('Administratör');
      }),
  );

  test(
    'a process that is killed in the middle of a campaign goes on editing its one message in the channel',
    { timeout: patience },
    () =>
      inWorld(surface.open(), async ({ people: { lena, erik }, place: { mail, program, store } }) => {
        await employ(lena, 60);
        mail.holdsAfter(10);
        await lena.types('/vc massverifiera alla', 'hr');
        await lena.presses('Bekräfta', await lena.sees('57 personer får mejlet'));
        const progress = await erik.sees('Utskick #2 pågår', { in: 'hr', mine: false });
        await mail.arrived(10, { deadline: 60_000 });
        // It can be read before the program has written down which message it is.
        await until(() =>
          store.value<boolean>(`select ref is not null from live_message where kind = 'campaign'`),
        );
        await program.kill();
        await program.restart();
        mail.goesOn();
        const summary = await erik.sees('Klart. Alla 57 mejl skickades', { in: 'hr', mine: false });
        expect(summary.id).toBe(progress.id);
      }),
  );

  test('when Teams says Retry-After, the bot waits that long and says it then', { timeout: patience }, () =>
    inWorld(surface.open(), async ({ teams, people: { lena } }) => {
      await employ(lena, 30);
      await lena.types('/vc massverifiera avdelning:IT', 'hr');
      const preview = await lena.sees('6 personer får mejlet');
      const isProgress = ({ conversation, body }: { conversation?: unknown; body?: unknown }) =>
        String(conversation).startsWith(teams.id('hr')) && JSON.stringify(body).includes('Utskick #2');
      teams.answers('post', { retryAfter: 2 }, { when: isProgress });
      teams.answers('post', { status: 412, error: 'PreconditionFailed' }, { when: isProgress });
      await lena.presses('Bekräfta', preview);
      await lena.sees('Alla 6 mejl skickades', { in: 'hr', mine: false });
      const posts = teams.calls.filter(({ method, args }) => method === 'post' && isProgress(args));
      expect(posts.map(({ answer }) => answer?.error === undefined)).toEqual([false, false, true]);
      expect((posts[1]?.at ?? 0) - (posts[0]?.at ?? 0)).toBeGreaterThanOrEqual(1_900);
      expect(lena.reads('hr').filter(({ text }) => text.includes('Utskick #2'))).toHaveLength(1);
    }),
  );
});
