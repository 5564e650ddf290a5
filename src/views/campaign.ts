import type { Button, Count, MessageView } from '../core/view.ts';
import { maskAddress } from '../rules/address.ts';
import { type SkipReason, skipNames, skipReasons } from '../rules/campaign.ts';
import { describeFilter, describeForPlace, type Filter } from '../rules/filter.ts';
import { type Language, speaker } from '../rules/language.ts';
import { formatNumber, plural } from '../rules/say.ts';
import type { Begun, CampaignStatus, Preview } from '../services/campaigns/index.ts';
import type { Reader } from '../services/messages.ts';

/** B2: what would be sent, before anything is. It may name people, so it goes to the caller alone (A3). */
export function campaignPreview(preview: Preview, language: Language): MessageView {
  const { id, filter, send, skipped, seconds, canPost } = preview;
  const say = speaker(language);
  const counts = skipCounts(skipped, language);
  const title = say(`Utskick #${id}: förhandsvisning`, `Campaign #${id}: preview`);
  const whom = filterLine(describeFilter(filter, language), language);
  if (send === 0) {
    const text =
      counts.length > 0
        ? say(
            'Det finns ingen att skicka till. Alla hoppas över:',
            'There is nobody to send to. All are skipped:',
          )
        : say('Ingen motsvarar urvalet.', 'Nobody matches the filter.');
    return { kind: 'summary', tone: 'warning', title, text, counts, lines: [whom] };
  }
  return {
    kind: 'confirm',
    title,
    text: [sendSentence(send, language), skipSentence(skipped, language, say('hoppas över:', 'skipped:'))]
      .filter(Boolean)
      .join(' '),
    counts,
    lines: [
      whom,
      say(`Att skicka tar ${duration(seconds, language)}.`, `Sending takes ${duration(seconds, language)}.`),
      ...(canPost
        ? []
        : [
            say(
              'Jag får inte skriva i den här kanalen, så läget och sammanfattningen kommer till dig direkt.',
              "I can't post in this channel, so the progress and the summary go to you directly.",
            ),
          ]),
      say('Inget är skickat ännu.', 'Nothing is sent yet.'),
    ],
    actions: [
      button(say('Bekräfta', 'Confirm'), `confirm #${id}`, { acting: true, style: 'primary' }),
      button(say('Skicka en kopia till mig', 'Send me a copy'), `copy #${id}`, { acting: false }),
      button(say('Avbryt', 'Cancel'), `cancel #${id}`, { acting: true }),
    ],
  };
}

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
            `${number(count)} väntar på ett nytt försök. Mejlservern svarade: ${shown(words, audience)}`,
            `${number(count)} waiting for another try. The mail server answered: ${shown(words, audience)}`,
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
  const { sent } = status.counts;
  return {
    kind: 'summary',
    tone: 'warning',
    title: say(`Utskick #${status.id} är pausat`, `Campaign #${status.id} is paused`),
    text: say(
      `Mejlservern tar inte emot våra mejl. ${number(sent)} av ${number(all(status))} hann skickas. Rätta felet och tryck på Återuppta.`,
      `The mail server does not take our mail. ${number(sent)} of ${number(all(status))} were sent. Mend the fault and press Resume.`,
    ),
    counts: [],
    lines: [
      say(
        `Mejlservern svarade: ${shown(status.pausedWords, audience)}`,
        `The mail server answered: ${shown(status.pausedWords, audience)}`,
      ),
      whom(status, { language, audience }),
    ],
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
              `${number(connected)} of ${number(sent)} connected since.`,
            ),
          ]
        : []),
      whom(status, reader),
    ],
    actions: [logButton(status, language)],
  };
}

function done({ counts: { sent, failed } }: CampaignStatus, language: Language): string {
  const say = speaker(language);
  const number = (n: number) => formatNumber(n, language);
  const total = sent + failed;
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
  return [
    say(
      `Avbrutet. ${number(sent)} av ${number(all(status))} mejl hann skickas.`,
      `Cancelled. ${number(sent)} of ${number(all(status))} emails were sent.`,
    ),
    ...(failed > 0
      ? [say(`${number(failed)} gick inte att skicka.`, `${number(failed)} could not be sent.`)]
      : []),
    ...(sending > 0
      ? [say(`${number(sending)} är redan på väg.`, `${number(sending)} already on their way.`)]
      : []),
  ].join(' ');
}

/** Instead of the preview, once confirmed. */
export function campaignBegun(id: number, { send, inPlace }: Begun, language: Language): MessageView {
  const say = speaker(language);
  const where = inPlace
    ? say('Läget visas i mitt meddelande här.', 'My message here shows the progress.')
    : say('Läget visas i vår direktkonversation.', 'The progress is shown in our direct conversation.');
  return {
    kind: 'note',
    tone: 'good',
    text: `${say(`Utskick #${id} har börjat.`, `Campaign #${id} has begun.`)} ${sendSentence(send, language)} ${where}`,
  };
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
          `Utskick #${id} är avbrutet. Det som redan är på väg går inte att stoppa.`,
          `Campaign #${id} is cancelled. What is already on its way can't be stopped.`,
        ),
  };
}

/** After resuming. */
export function campaignResumed(id: number, language: Language): MessageView {
  const text = speaker(language)(`Utskick #${id} fortsätter.`, `Campaign #${id} goes on.`);
  return { kind: 'note', tone: 'good', text };
}

/** After "Send me a copy". */
export function copySent(address: string, language: Language): MessageView {
  const to = maskAddress(address);
  const text = speaker(language)(
    `En kopia är skickad till ${to}. Länkarna i den leder ingenstans.`,
    `A copy is sent to ${to}. Its links lead nowhere.`,
  );
  return { kind: 'note', tone: 'plain', text };
}

const all = ({ counts }: CampaignStatus): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

function sendSentence(send: number, language: Language): string {
  const n = formatNumber(send, language);
  return speaker(language)(
    send === 1 ? 'En person får mejlet.' : `${n} personer får mejlet.`,
    send === 1 ? 'One person will get the email.' : `${n} people will get the email.`,
  );
}

function skipSentence(skipped: Preview['skipped'], language: Language, words: string): string {
  const n = Object.values(skipped).reduce((sum, count) => sum + count, 0);
  return n === 0 ? '' : `${formatNumber(n, language)} ${words}`;
}

function skipCounts(skipped: Preview['skipped'], language: Language): Count[] {
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

function filterLine(line: string, language: Language): string {
  return speaker(language)(`Urval: ${line}`, `Filter: ${line}`);
}

/** The server's words; in a place that others read, without anybody's address (A3). */
function shown(words: string | null, audience: Reader['audience']): string {
  return audience === 'place'
    ? (words ?? '').replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…')
    : (words ?? '');
}

/** "mindre än en minut", "ungefär 7 minuter"; "less than a minute", "about 7 minutes". */
function duration(seconds: number, language: Language): string {
  const say = speaker(language);
  if (seconds < 60) return say('mindre än en minut', 'less than a minute');
  const minutes = Math.round(seconds / 60);
  const hours = Math.round(minutes / 60);
  const days = Math.round(hours / 24);
  if (minutes < 90) return about(minutes, [say('minut', 'minute'), say('minuter', 'minutes')], language);
  if (hours < 36) return about(hours, [say('timme', 'hour'), say('timmar', 'hours')], language);
  return about(days, [say('dygn', 'day'), say('dygn', 'days')], language);
}

function about(n: number, [one, many]: [string, string], language: Language): string {
  return `${speaker(language)('ungefär', 'about')} ${formatNumber(n, language)} ${plural(n, one, many)}`;
}

function button(label: string, line: string, rest: Omit<Button, 'label' | 'line'>): Button {
  return { label, line: `bulk-verify ${line}`, ...rest };
}

function cancelButton({ id }: CampaignStatus, language: Language): Button {
  const say = speaker(language);
  return button(say('Avbryt utskicket', 'Cancel sending'), `cancel #${id}`, {
    acting: true,
    style: 'danger',
    ask: {
      title: say('Avbryta utskicket?', 'Cancel the campaign?'),
      text: say(
        'De som inte har fått mejlet ännu får det inte. Det går inte att ångra, men ett nytt utskick når dem.',
        "Those who haven't got the email yet won't get it. This can't be undone, but a new campaign reaches them.",
      ),
      yes: say('Avbryt utskicket', 'Cancel sending'),
      no: say('Fortsätt skicka', 'Keep sending'),
    },
  });
}

function logButton({ id }: CampaignStatus, language: Language): Button {
  return { label: speaker(language)('Visa logg', 'Show log'), line: `log show #${id}`, acting: false };
}

const company: Filter = {
  all: false,
  companies: ['Företaget AB'],
  departments: ['Ekonomi & Lön'],
  offices: [],
  roles: [],
  statuses: [],
  facts: [],
  users: [],
  imports: [],
  campaigns: [],
  words: [],
};
const skipped = { connected: 21, no_address: 12, deactivated: 5 };
const previewed: Preview = { id: 42, filter: company, send: 412, skipped, seconds: 41.2, canPost: true };
const counts = { waiting: 292, sending: 5, sent: 112, failed: 3, cancelled: 0 };
const running: CampaignStatus = {
  id: 42,
  state: 'running',
  filter: company,
  counts,
  skipped,
  delayed: { count: 0, words: null },
  connected: 0,
  pausedWords: null,
};
const over = { ...counts, waiting: 0, sending: 0 };
const channel = { audience: 'place' } as const;
const delayed = { count: 4, words: '450 4.2.1 <anna@company.se>: try again later' };
const pausedWords = '550 5.7.1 Sender address rejected: not allowed to send as hr@company.se';

export const examples: Record<string, MessageView> = {
  'campaign preview': campaignPreview(previewed, 'sv'),
  'campaign preview where the bot may not post': campaignPreview(
    { ...previewed, id: 43, send: 5000, skipped: {}, seconds: 1800, canPost: false },
    'en',
  ),
  'campaign preview with nobody to send to': campaignPreview(
    { ...previewed, send: 0, skipped: { connected: 1, deactivated: 1 } },
    'sv',
  ),
  'campaign begun': campaignBegun(42, { send: 412, inPlace: true }, 'sv'),
  'campaign under way': campaignMessage(running, { ...channel, language: 'sv' }),
  'campaign under way, some delayed': campaignMessage(
    { ...running, delayed },
    { ...channel, language: 'en' },
  ),
  'campaign paused': campaignMessage(
    { ...running, state: 'paused', pausedWords },
    { ...channel, language: 'sv' },
  ),
  'campaign done': campaignMessage(
    { ...running, state: 'done', counts: { ...over, sent: 409 }, connected: 12 },
    { ...channel, language: 'sv' },
  ),
  'campaign cancelled half-way': campaignMessage(
    { ...running, state: 'cancelled', counts: { ...over, sending: 5, cancelled: 292 }, connected: 1 },
    { ...channel, language: 'en' },
  ),
  'campaign cancelled by command': campaignCancelled(42, false, 'en'),
  'campaign resumed': campaignResumed(42, 'sv'),
  'campaign copy sent': copySent('lena@company.se', 'sv'),
};
