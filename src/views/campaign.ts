import { askedWord } from '../core/args.ts';
import type { Button, ConfirmView, Count, Example, MessageView } from '../core/view.ts';
import { resumableFor, type SkipReason, skipNames, skipReasons } from '../rules/campaign.ts';
import { describeFilter, describeForPlace, type Filter, parseFilter } from '../rules/filter.ts';
import { type Language, type Say, speaker } from '../rules/language.ts';
import { tokenize } from '../rules/line.ts';
import { formatNumber, plural } from '../rules/say.ts';
import type { CampaignStatus } from '../services/campaigns/index.ts';
import type { Reader } from '../services/messages.ts';
import { type AskingButton, asking } from './parts/question.ts';

const day = 24 * 60 * 60 * 1000;

/** The one message about a confirmed campaign: its progress, a pause, or its summary, as it stands. */
export function campaignMessage(status: CampaignStatus, reader: Reader): MessageView {
  switch (status.state) {
    case 'running':
      return progress(status, reader);
    case 'paused':
      return paused(status, reader);
    default:
      return summary(status, reader);
  }
}

function progress(status: CampaignStatus, { language, audience }: Reader): MessageView {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const { sent, failed } = status.counts;
  const total = all(status);
  const { count, words } = status.delayed;
  const delayed =
    count > 0
      ? [
          say(
            `${number(count)} väntar på ett nytt försök. ${serverSaid(words, { language, audience })}`,
            `${number(count)} ${plural(count, 'is', 'are')} waiting for another try. ${serverSaid(words, { language, audience })}`,
          ),
        ]
      : [];
  return {
    kind: 'progress',
    title: say(`Utskick #${status.id} pågår`, `Campaign #${status.id} is being sent`),
    text: [
      say(
        `${number(sent)} av ${number(total)} mejl har skickats.`,
        `${number(sent)} of ${number(total)} emails have been sent.`,
      ),
      ...(failed > 0
        ? [say(`${number(failed)} gick inte att skicka.`, `${number(failed)} could not be sent.`)]
        : []),
    ].join(' '),
    done: sent + failed,
    total,
    lines: [whom(status, { language, audience }), ...delayed],
    actions: [cancelButton(status, language)],
  };
}

/** V6: only a person can tell when the server will take our mail again, so it waits for one. */
function paused(status: CampaignStatus, { language, audience }: Reader): MessageView {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const { sent, sending, waiting } = status.counts;
  const left = number(waiting + sending);
  return {
    kind: 'summary',
    tone: 'warning',
    title: say(`Utskick #${status.id} är pausat`, `Campaign #${status.id} is paused`),
    text: [
      say('Mejlservern tar inte emot våra mejl.', 'The mail server does not accept our email.'),
      ...(all(status) > 0
        ? [
            say(
              `${number(sent)} av ${number(all(status))} mejl hann skickas, ${left} väntar.`,
              `${number(sent)} of ${number(all(status))} emails were sent, ${left} are waiting.`,
            ),
          ]
        : []),
      say(
        `Rätta felet och tryck på Återuppta inom ${resumableFor / day} dagar, annars avbryts utskicket.`,
        `Fix the problem and press Resume within ${resumableFor / day} days, or the campaign is cancelled.`,
      ),
    ].join(' '),
    counts: [],
    lines: [serverSaid(status.pausedWords, { language, audience }), whom(status, { language, audience })],
    actions: [
      // The state makes it work once a pause; the button itself must work at the next pause as well.
      button(say('Återuppta', 'Resume'), `resume #${status.id}`, { acting: false, style: 'primary' }),
      cancelButton(status, language),
      logButton(status, language),
    ],
  };
}

function summary(status: CampaignStatus, reader: Reader): MessageView {
  const { language } = reader;
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const { sent, connected } = { sent: status.counts.sent, connected: status.connected };
  return {
    kind: 'summary',
    tone: status.state === 'cancelled' || status.counts.failed > 0 ? 'plain' : 'good',
    title: say(`Utskick #${status.id}`, `Campaign #${status.id}`),
    text: [
      status.state === 'cancelled' ? cancelled(status, language) : done(status, language),
      skipSentence(status.skipped, language, say('hoppades över:', 'skipped:')),
    ]
      .filter(Boolean)
      .join(' '),
    counts: skipCounts(status.skipped, language),
    lines: [
      ...(sent > 0
        ? [
            say(
              `${number(connected)} av ${number(sent)} har kopplats sedan dess.`,
              `${number(connected)} of ${number(sent)} ${plural(connected, 'has', 'have')} connected since.`,
            ),
          ]
        : []),
      ...(status.pausedWords === null ? [] : [serverSaid(status.pausedWords, reader)]),
      whom(status, reader),
    ],
    actions: [logButton(status, language)],
  };
}

function done({ counts: { sent, failed }, more }: CampaignStatus, language: Language): string {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const total = sent + failed;
  if (total === 0 && more)
    return say('Klart. Fler detaljer står i loggen.', 'Done. There are more details in the log.');
  if (total === 0)
    return say('Klart. Det fanns ingen kvar att skicka till.', 'Done. Nobody was left to send to.');
  if (failed === 0) {
    if (sent === 1) return say('Klart. Mejlet skickades.', 'Done. The email was sent.');
    return say(`Klart. Alla ${number(sent)} mejl skickades.`, `Done. All ${number(sent)} emails were sent.`);
  }
  return say(
    `Klart. ${number(sent)} av ${number(total)} mejl skickades, ${number(failed)} gick inte att skicka.`,
    `Done. ${number(sent)} of ${number(total)} emails sent, ${number(failed)} could not be sent.`,
  );
}

function cancelled(status: CampaignStatus, language: Language): string {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const { sent, sending, failed } = status.counts;
  const why = whyCancelled(status, say);
  if (all(status) === 0 && status.more)
    return `${why} ${say('Fler detaljer står i loggen.', 'There are more details in the log.')}`;
  return [
    why,
    say(
      `${number(sent)} av ${number(all(status))} mejl hann skickas.`,
      `${number(sent)} of ${number(all(status))} emails were sent.`,
    ),
    ...(failed > 0
      ? [say(`${number(failed)} gick inte att skicka.`, `${number(failed)} could not be sent.`)]
      : []),
    ...(sending > 0
      ? [
          say(
            `${number(sending)} är redan på väg.`,
            `${number(sending)} ${plural(sending, 'is', 'are')} already on the way.`,
          ),
        ]
      : []),
    ...unreached(status, language),
  ].join(' ');
}

/** Who gets nothing, and how they are reached after all. */
function unreached({ counts, pausedWords }: CampaignStatus, language: Language): string[] {
  const say = speaker(language);
  const n = counts.cancelled;
  if (n === 0) return [];
  const fix = pausedWords === null ? '' : say('rätta felet hos mejlservern och ', 'fix the mail server and ');
  return n === 1
    ? [
        say(
          `En person får inget mejl: ${fix}gör ett nytt utskick för att nå den.`,
          `One person gets no email: ${fix}make a new campaign to reach them.`,
        ),
      ]
    : [
        say(
          `${formatNumber(n, 'sv')} personer får inget mejl: ${fix}gör ett nytt utskick för att nå dem.`,
          `${formatNumber(n, 'en')} people get no email: ${fix}make a new campaign to reach them.`,
        ),
      ];
}

/** V6: by somebody, or because nobody resumed it. */
function whyCancelled({ pausedWords }: CampaignStatus, say: Say): string {
  if (pausedWords === null) return say('Avbrutet.', 'Cancelled.');
  return say(
    `Avbrutet, eftersom utskicket hade varit pausat i ${resumableFor / day} dagar.`,
    `Cancelled, because the campaign had been paused for ${resumableFor / day} days.`,
  );
}

/** After cancelling: instead of the preview, or beside the progress, which then tells the rest. */
export function campaignCancelled(id: number, nothingSent: boolean, language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'plain',
    text: nothingSent
      ? say(`Utskick #${id} är avbrutet. Inget skickades.`, `Campaign #${id} is cancelled. Nothing was sent.`)
      : say(
          `Utskick #${id} är avbrutet. Det som redan är på väg går inte att stoppa. Mitt meddelande om utskicket visar hur många som hann få mejlet.`,
          `Campaign #${id} is cancelled. What is already on its way can't be stopped. My message about the campaign shows how many were sent.`,
        ),
  };
}

/** After resuming. */
export function campaignResumed(id: number, language: Language): MessageView {
  const text = speaker(language)(
    `Utskick #${id} fortsätter. Mitt meddelande om det visar läget.`,
    `Campaign #${id} goes on. My message about it shows the progress.`,
  );
  return { kind: 'note', tone: 'good', text };
}

const all = ({ counts }: CampaignStatus): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** "38 hoppas över:", before the reasons; '' where nobody is. */
export function skipSentence(skipped: CampaignStatus['skipped'], language: Language, words: string): string {
  const n = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return n === 0 ? '' : `${formatNumber(n, language)} ${words}`;
}

/** The reasons with their numbers, in the order in which they apply. */
export function skipCounts(skipped: CampaignStatus['skipped'], language: Language): Count[] {
  return skipReasons.flatMap((reason: SkipReason) => {
    const count = skipped[reason] ?? 0;
    const { one, many } = skipNames[reason];
    return count > 0 ? [{ label: (count === 1 ? one : many)[language], count }] : [];
  });
}

function whom({ filter }: { filter: Filter }, { language, audience }: Reader): string {
  const line = audience === 'place' ? describeForPlace(filter, language) : describeFilter(filter, language);
  return filterLine(line, language);
}

/** Whom the campaign is about, as it was asked for. */
export function filterLine(line: string, language: Language): string {
  return speaker(language)(`Urval: ${line}`, `Filter: ${line}`);
}

/** V6: the server's words; where others read, its codes alone, for the words may name a recipient (A3). */
function serverSaid(words: string | null, { language, audience }: Reader): string {
  const say = speaker(language);
  if (audience === 'caller')
    return say(`Mejlservern svarade: ${words ?? ''}`, `The mail server answered: ${words ?? ''}`);
  const code = /^\s*([245]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3})?)\b/.exec(words ?? '')?.[1];
  return code === undefined
    ? say('Mejlserverns svar står i loggen.', "The mail server's answer is in the log.")
    : say(
        `Mejlservern svarade ${code}. Hela svaret står i loggen.`,
        `The mail server answered ${code}. Its whole answer is in the log.`,
      );
}

/** A button that says `/vc bulk-verify LINE`. */
export function button(label: string, line: string, rest: Omit<Button, 'label' | 'line'>): Button {
  return { label, line: `bulk-verify ${line}`, ...rest };
}

/** B3: what the button asks, of whoever typed its line. */
export function cancelQuestion(id: number, language: Language): ConfirmView<Button> {
  const cancel = cancelButton({ id }, language);
  const about = speaker(language)(`Utskick #${id}:`, `Campaign #${id}:`);
  return asking({ ...cancel, line: `${cancel.line} ${askedWord}` }, about, [logButton({ id }, language)]);
}

function cancelButton({ id }: Pick<CampaignStatus, 'id'>, language: Language): AskingButton {
  const say = speaker(language);
  return {
    ...button(say('Avbryt utskicket', 'Cancel sending'), `cancel #${id}`, { acting: true, style: 'danger' }),
    ask: {
      title: say('Avbryta utskicket?', 'Cancel the campaign?'),
      text: say(
        'De som inte har fått mejlet ännu får det inte. Det går inte att ångra, men ett nytt utskick når dem.',
        "Those who haven't got the email yet won't get it. This can't be undone, but a new campaign reaches them.",
      ),
      yes: say('Avbryt utskicket', 'Cancel sending'),
      no: say('Fortsätt skicka', 'Keep sending'),
    },
  };
}

function logButton({ id }: Pick<CampaignStatus, 'id'>, language: Language): Button {
  return { label: speaker(language)('Visa logg', 'Show log'), line: `log show #${id}`, acting: false };
}

const skipped = { connected: 21, no_address: 12, deactivated: 5 };
const running: CampaignStatus = {
  id: 42,
  state: 'running',
  filter: parseFilter(tokenize('company:"Företaget AB" department:"Ekonomi & Lön"')),
  counts: { waiting: 292, sending: 5, sent: 112, failed: 3, cancelled: 0 },
  skipped,
  delayed: { count: 0, words: null },
  connected: 0,
  pausedWords: null,
  more: false,
};
const over = { ...running.counts, waiting: 0, sending: 0 };
const caller = (language: Language): Reader => ({ audience: 'caller', language });
const place = (language: Language): Reader => ({ audience: 'place', language });
const delayed = { count: 4, words: '450 4.2.1 anna.svensson: try again later' };
const pausedWords = '550 5.7.1 Sender address rejected: not allowed to send as hr@company.se';

export const examples: Record<string, Example> = {
  'under way': (language) => campaignMessage(running, place(language)),
  'under way, some delayed': (language) => campaignMessage({ ...running, delayed }, place(language)),
  paused: (language) => campaignMessage({ ...running, state: 'paused', pausedWords }, caller(language)),
  'paused, in a place': (language) =>
    campaignMessage({ ...running, state: 'paused', pausedWords }, place(language)),
  done: (language) =>
    campaignMessage(
      { ...running, state: 'done', counts: { ...over, sent: 409 }, connected: 12 },
      place(language),
    ),
  'done, everything sent': (language) =>
    campaignMessage(
      { ...running, state: 'done', skipped: {}, counts: { ...over, sent: 412, failed: 0 } },
      place(language),
    ),
  'done, to people whom a place is not told of': (language) =>
    campaignMessage(
      { ...running, state: 'done', skipped: {}, counts: { ...over, sent: 0, failed: 0 }, more: true },
      place(language),
    ),
  'cancelled half-way': (language) =>
    campaignMessage(
      { ...running, state: 'cancelled', counts: { ...over, sending: 5, cancelled: 292 }, connected: 1 },
      place(language),
    ),
  'cancelled, because nobody resumed it': (language) =>
    campaignMessage(
      { ...running, state: 'cancelled', counts: { ...over, cancelled: 297 }, pausedWords },
      caller(language),
    ),
  'cancelling, typed': (language) => cancelQuestion(42, language),
  'cancelled by command': (language) => campaignCancelled(42, false, language),
  resumed: (language) => campaignResumed(42, language),
};
