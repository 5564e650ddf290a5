import { afterEach, beforeEach, expect, test } from 'vitest';
import { bulkVerifyCommand } from '../../src/commands/bulk-verify.ts';
import { createFilters } from '../../src/services/filter.ts';
import { openHouse } from '../services/campaigns/house.ts';
import { testDatabase } from '../support/database.ts';
import { createTalk, type Talk } from '../support/talk.ts';
import { addUser } from '../support/users.ts';

const database = testDatabase();
let talk: Talk;
let now: Date;
beforeEach(async () => {
  await database().prisma.user.deleteMany();
  now = new Date('2026-11-18T12:00:00Z');
  const clock = () => now;
  const house = openHouse({
    database: database(),
    smtpUrl: 'smtp://127.0.0.1:1',
    rate: '1/s',
    now: clock,
    placeFacts: (place) => talk.platform.outbox.placeFacts(place),
  });
  talk = createTalk(database(), {
    now: clock,
    commands: () => [bulkVerifyCommand(house.campaigns, createFilters(database()))],
  });
});

// An earlier test's attempts are not among a later one's.
afterEach(() => talk.audit.flush());

const lena = () => talk.as('lena');
const economy = [{ company: 'Företaget AB', department: 'Ekonomi & Lön' }];
async function addSome(): Promise<void> {
  for (let i = 0; i < 200; i++) await addUser(database(), { employments: economy });
  await addUser(database(), { employments: economy, connection: 'connected' });
  await addUser(database(), { connect: null });
}

test('B2 a preview, in the language it was asked in, by filter', async () => {
  await addSome();
  const swedish = await lena().types('massverifiera företag:"företaget ab" avdelning:"ekonomi & lön"');
  expect(swedish.text).toMatch(
    /^Utskick #\d+: förhandsvisning\n200 personer får mejlet\. 1 hoppas över:\n1 redan kopplad\nUrval: företag:"Företaget AB" avdelning:"Ekonomi & Lön"\nUtskicket tar ungefär 3 minuter\.\nInget är skickat ännu\.\n\[Bekräfta\] \[Skicka en kopia till mig\] \[Avbryt\]$/,
  );
  const english = await lena().types('bulk-verify all');
  expect(english.text).toMatch(
    /^Campaign #\d+: preview\n200 people will get the email\. 2 skipped:\n1 already connected\n1 without address\nFilter: all\n/,
  );
  expect(english.replies).toHaveLength(1);
});

test('B2 with nobody to send to there is nothing to confirm', async () => {
  await addUser(database(), { connect: null });
  const { text } = await lena().types('bulk-verify all');
  expect(text).toContain('There is nobody to send to. All are skipped:\n1 without address');
  expect(text).not.toContain('[Confirm]');
  expect((await lena().types('bulk-verify status:connected')).text).toContain('No user matches the filter.');
});

test('B2 Confirm takes the place of the preview, and works once', async () => {
  await addUser(database());
  const preview = await lena().types('bulk-verify all');
  const begun = await lena().presses('Confirm', preview);
  expect(begun.text).toMatch(
    /^Campaign #\d+ has begun\. The email goes to one person, unless something has changed since the preview\. My message here/,
  );
  expect(begun.replies[0]?.replace).toBe(true);
  expect((await lena().presses('Confirm', preview)).text).toContain('already');
});

test('A3 where the bot may not post, the preview says so and the progress goes to the caller', async () => {
  talk.platform.closed.add('C1');
  await addUser(database());
  const preview = await lena().types('bulk-verify all');
  expect(preview.text).toContain("I can't post in this channel");
  expect((await lena().presses('Confirm', preview)).text).toContain('in our direct conversation');
});

test('B2 a late Confirm asks to preview again', async () => {
  await addUser(database());
  const preview = await lena().types('bulk-verify all');
  now = new Date(now.getTime() + 16 * 60_000);
  expect((await lena().presses('Confirm', preview)).text).toContain('`/vc bulk-verify all`');
});

test('B3 Cancel takes the place of the preview, but not of the progress', async () => {
  await addUser(database());
  const first = await lena().presses('Cancel', await lena().types('bulk-verify all'));
  expect(first.text).toMatch(/^Campaign #\d+ is cancelled\. Nothing was sent\.$/);
  expect(first.replies[0]?.replace).toBe(true);
  const preview = await lena().types('bulk-verify all');
  const id = /#\d+/.exec(preview.text)?.[0] ?? '';
  await lena().presses('Confirm', preview);
  const button = { line: `bulk-verify cancel ${id}`, acting: true };
  const [pressed = ''] = await talk.presses.keep([button], { personId: null, language: 'en' });
  const second = await lena().pressesId(pressed);
  expect(second.text).toMatch(/^Campaign #\d+ is cancelled\. What is already on its way can't be stopped\./);
  expect(second.replies[0]?.replace).toBe(false);
  expect((await lena().types(`bulk-verify resume ${id}`)).text).toContain('is not paused');
});

test('B3 typed, Cancel asks what its button asks, and its answer replaces the question', async () => {
  await addUser(database());
  const preview = await lena().types('bulk-verify all');
  const id = /#\d+/.exec(preview.text)?.[0] ?? '';
  await lena().presses('Confirm', preview);
  const question = await lena().types(`massverifiera avbryt ${id}`);
  expect(question.text).toMatch(
    new RegExp(`^Avbryta utskicket\\?\nUtskick ${id}: De som .*\n\\[Avbryt utskicket\\] \\[Visa logg\\]$`),
  );
  const answer = await lena().presses('Avbryt utskicket', question);
  expect(answer.text).toMatch(/^Utskick #\d+ är avbrutet\. Det som redan är på väg går inte att stoppa\./);
  expect(answer.replies[0]?.replace).toBe(true);
  expect((await lena().types(`massverifiera avbryt ${id}`)).text).toContain(
    `Utskick ${id} är redan avbrutet`,
  );
});

test.each([
  ['bulk-verify', 'To whom?'],
  ['bulk-verify anna', "Recipients can't be chosen by search words: anna"],
  ['bulk-verify "confirm"', "Recipients can't be chosen by search words: confirm"],
  ['massverifiera företag:Dotter', 'Jag hittar inget företag som heter ”Dotter”.'],
  ['bulk-verify departmant:IT', 'Did you mean `department:`?'],
  ['bulk-verify confirm', 'Which campaign?'],
  ['bulk-verify cancel forty', 'Which campaign?'],
  ['massverifiera bekräfta #999999', 'Det finns inget utskick #999999.'],
])('%s is refused: %s', async (line, words) => {
  expect((await lena().types(line)).text).toContain(words);
});

test('A2, A5 only with permission, and every attempt is audited', async () => {
  await addUser(database());
  expect((await talk.as('anna').types('bulk-verify all')).text).toContain('permission');
  await lena().types('utskick alla');
  expect((await talk.trail()).slice(-2)).toEqual([
    'anna C1: bulk-verify → no_permission',
    'lena C1: bulk-verify → done',
  ]);
});
