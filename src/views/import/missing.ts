import type { Button, ConfirmView, Example, MessageView, TableView } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { formatNumber, formatTime, plural } from '../../rules/say.ts';
import type { Deactivated, ListedMissing, Missing } from '../../services/imports/index.ts';
import type { MissingRow, UserPage } from '../../services/users.ts';
import { type AskingButton, asking } from '../parts/question.ts';
import { type FurtherColumn, listedUsers } from '../users.ts';

/** Whom a file that lists everybody does not name, a page at a time, for the caller alone (A3). */
export function missingUsers(
  id: number,
  missing: ListedMissing,
  page: UserPage<MissingRow>,
  language: Language,
  now = new Date(),
): TableView<Button> {
  if (missing.deactivated.users > 0) return afterDeactivation(id, missing, page, language, now);
  const say = speaker(language);
  const n = formatNumber(page.total, language);
  const table = listedUsers(page, `import missing #${id}`, language);
  return {
    ...table,
    title: say(
      `${n} ${plural(page.total, 'aktiv', 'aktiva')} användare saknas i filen`,
      `${n} active ${plural(page.total, 'user is', 'users are')} missing from the file`,
    ),
    text: whatNext(id, missing, language),
    actions: [...table.actions, ...deactivation(id, missing, language)],
  };
}

function whatNext(id: number, { isInPlace, isCertain }: ListedMissing, language: Language): string {
  const say = speaker(language);
  if (!isCertain)
    return say(
      `Några rader i filen säger inte vem de gäller, så någon av dem kan finnas där. Rätta raderna och släpp hela filen igen för att få veta.`,
      `Some rows of the file don't say whom they are about, so some of these may be there. Correct the rows and drop the whole file again to know.`,
    );
  return isInPlace
    ? say(
        `Import #${id} ändrar dem inte. Har de slutat kan du inaktivera dem.`,
        `Import #${id} does not change them. If they have left, you can deactivate them.`,
      )
    : say(
        `Import #${id} ändrar dem inte. Har de slutat kan du inaktivera dem när importen är klar.`,
        `Import #${id} does not change them. If they have left, you can deactivate them once it is done.`,
      );
}

/** A5: whom the list deactivated, and when; of the others, how they stand. */
function afterDeactivation(
  id: number,
  missing: ListedMissing,
  page: UserPage<MissingRow>,
  language: Language,
  now: Date,
): TableView<Button> {
  const say = speaker(language);
  const n = formatNumber(page.total, language);
  const table = listedUsers(page, `import missing #${id}`, language, [fate(language, now)]);
  return {
    ...table,
    title: say(
      `${n} användare saknades i filen till import #${id}`,
      `${n} ${plural(page.total, 'user was', 'users were')} missing from the file of import #${id}`,
    ),
    text: [deactivatedSentence(missing.deactivated.users, language), ...stillActive(missing, language)].join(
      ' ',
    ),
    actions: [...table.actions, ...deactivation(id, missing, language)],
  };
}

/** How many a list has deactivated. */
export function deactivatedSentence(count: number, language: Language): string {
  const n = formatNumber(count, language);
  return speaker(language)(
    `${n} användare som saknades i filen inaktiverades.`,
    `${n} ${plural(count, 'user who was', 'users who were')} missing from the file ${plural(count, 'was', 'were')} deactivated.`,
  );
}

function stillActive({ users }: Missing, language: Language): string[] {
  if (users === 0) return [];
  const n = formatNumber(users, language);
  return [
    speaker(language)(
      `${n} är ${plural(users, 'aktiv', 'aktiva')}.`,
      `${n} ${plural(users, 'is', 'are')} active.`,
    ),
  ];
}

function fate(language: Language, now: Date): FurtherColumn<MissingRow> {
  const say = speaker(language);
  return {
    title: say('Inaktivering', 'Deactivation'),
    of({ active, deactivatedAt }) {
      if (!deactivatedAt)
        return active
          ? say('inte inaktiverad, fortfarande aktiv', 'not deactivated, still active')
          : say('inaktiverades på annat sätt', 'deactivated in another way');
      const at = formatTime(deactivatedAt, language, now);
      return active ? say(`${at}, aktiv igen`, `${at}, active again`) : at;
    },
  };
}

/** Offered only where it can be done. */
function deactivation(id: number, missing: ListedMissing, language: Language): AskingButton[] {
  return missing.isInPlace && missing.isCertain && missing.users > 0
    ? [deactivateButton(id, missing, language)]
    : [];
}

/** U7: deactivating is asked about by itself, and says that connections remain. */
function deactivateButton(id: number, { users, connected }: Missing, language: Language): AskingButton {
  const say = speaker(language);
  const n = formatNumber(users, language);
  const c = formatNumber(connected, language);
  const remains =
    connected > 0
      ? say(
          ` ${c} av dem är ${plural(connected, 'kopplad', 'kopplade')} till Visma Connect. Det ändras inte: ${plural(connected, 'kopplingen finns kvar tills du tar bort den', 'kopplingarna finns kvar tills du tar bort dem')}.`,
          ` ${c} of them ${plural(connected, 'is', 'are')} connected to Visma Connect. That does not change: the ${plural(connected, 'connection remains until you delete it', 'connections remain until you delete them')}.`,
        )
      : '';
  return {
    label: say(`Inaktivera ${n} användare`, `Deactivate ${n} ${plural(users, 'user', 'users')}`),
    line: `import deactivate #${id}`,
    acting: true,
    style: 'danger',
    ask: {
      title: say(`Inaktivera ${n} användare?`, `Deactivate ${n} ${plural(users, 'user', 'users')}?`),
      text: say(
        `De får inga fler mejl från mig, och länkar som väntar på svar slutar gälla.${remains}`,
        `They get no more mail from me, and links that wait for an answer end.${remains}`,
      ),
      yes: say('Inaktivera', 'Deactivate'),
      no: say('Avbryt', 'Cancel'),
    },
  };
}

/** What that button asks, of whoever types its line. */
export function deactivateQuestion(id: number, missing: Missing, language: Language): ConfirmView<Button> {
  const say = speaker(language);
  return asking(
    deactivateButton(id, missing, language),
    say(`De saknas i filen till import #${id}.`, `They are missing from the file of import #${id}.`),
    [showButton(id, language)],
  );
}

/** Leads from an import's message to whom its file does not name; `isPast`: all of them that it may know of are deactivated. */
export function showButton(id: number, language: Language, isPast = false): Button {
  const say = speaker(language);
  return {
    label: isPast
      ? say('Visa vilka som inaktiverades', 'Show who was deactivated')
      : say('Visa vilka som saknas', 'Show who is missing'),
    line: `import missing #${id}`,
    acting: false,
  };
}

/** What was done; U7: where connections remain, to whom they belong. */
export function missingDeactivated(
  id: number,
  { users, connected }: Deactivated,
  language: Language,
): MessageView {
  const say = speaker(language);
  const n = formatNumber(users, language);
  const c = formatNumber(connected, language);
  return {
    kind: 'note',
    tone: connected > 0 ? 'warning' : 'good',
    text: say(
      `${n} användare är ${plural(users, 'inaktiverad', 'inaktiverade')}.`,
      `${n} ${plural(users, 'user is', 'users are')} deactivated.`,
    ),
    lines:
      connected > 0
        ? [
            say(
              `${c} av dem är fortfarande ${plural(connected, 'kopplad', 'kopplade')} till Visma Connect. Öppna kortet och ta bort kopplingen om den inte ska finnas kvar.`,
              `${c} of them ${plural(connected, 'is', 'are')} still connected to Visma Connect. Open the card and delete the connection if it should not remain.`,
            ),
          ]
        : [],
    actions: [
      showButton(id, language, true),
      ...(connected > 0
        ? [
            {
              label: say('Visa inaktiva som är kopplade', 'Show the inactive who are connected'),
              line: say('users aktiv:nej status:kopplad', 'users active:no status:connected'),
              acting: false,
            },
          ]
        : []),
    ],
  };
}

const karin: MissingRow = {
  userId: '27',
  name: 'Karin <Öberg>',
  connection: 'connected',
  facts: [],
  connectEmail: 'karin.oberg@company.se',
  active: true,
  companies: 'Företaget AB',
  deactivatedAt: null,
};
const page: UserPage<MissingRow> = { total: 3, page: 1, pages: 1, users: [karin] };
const deactivatedAt = new Date('2026-11-21T12:02:00Z');
const afterwards: UserPage<MissingRow> = {
  ...page,
  total: 4,
  users: [
    { ...karin, active: false, deactivatedAt },
    { ...karin, userId: '28', name: 'Bo Ek', connection: 'none', connectEmail: null, deactivatedAt },
    { ...karin, userId: '29', name: 'Eva Å', connection: 'none', connectEmail: null },
    { ...karin, userId: '30', name: 'Nils Ö', connection: 'none', connectEmail: null, active: false },
  ],
};
const missing: ListedMissing = {
  users: 3,
  shielded: 0,
  connected: 1,
  deactivated: { users: 0, shielded: 0 },
  isList: true,
  isInPlace: true,
  isCertain: true,
};

export const examples: Record<string, Example> = {
  'who is missing from a file': (language) => missingUsers(42, missing, page, language),
  'who is missing from a file that is not confirmed': (language) =>
    missingUsers(42, { ...missing, isInPlace: false }, page, language),
  'of whom a file perhaps does not name': (language) =>
    missingUsers(42, { ...missing, isCertain: false }, page, language),
  'who was missing from a file, once some are deactivated': (language) =>
    missingUsers(
      42,
      { ...missing, users: 2, connected: 0, deactivated: { users: 2, shielded: 0 } },
      afterwards,
      language,
      new Date('2026-11-22T12:00:00Z'),
    ),
  'whose deactivation was typed': (language) =>
    deactivateQuestion(42, { ...missing, connected: 0 }, language),
  'deactivated, some connected': (language) =>
    missingDeactivated(42, { users: 3, connected: 1, revoked: [] }, language),
  deactivated: (language) => missingDeactivated(42, { users: 1, connected: 0, revoked: [] }, language),
};
