import { type RecipientState, recipientNames, recipientStates, skipTexts } from '../../rules/campaign.ts';
import { describeFilter, describeForPlace } from '../../rules/filter.ts';
import { type Language, speaker } from '../../rules/language.ts';
import { campaignStateName } from '../../rules/run.ts';
import { formatTime } from '../../rules/say.ts';
import type { CampaignLog, CampaignLogRow } from '../../services/campaigns/index.ts';
import type { Choice, LogSheet, Row, Tone } from './sheet.tsx';

const tones: Readonly<Record<RecipientState, Tone>> = {
  waiting: 'quiet',
  sending: 'quiet',
  sent: 'good',
  failed: 'fault',
  skipped: 'quiet',
  cancelled: 'quiet',
};

/** The state of recipients that an address asks for. */
export const stateOf = (outcome: string | undefined): RecipientState | undefined =>
  recipientStates.find((state) => state === outcome);

/** A campaign's log as a page (B3). `named`: the reader may know of protected identities, which the filter may name (U8). */
export function campaignSheet(
  log: CampaignLog,
  asked: RecipientState | undefined,
  named: boolean,
  language: Language,
  now: Date,
): LogSheet {
  const say = speaker(language);
  const time = formatTime(log.createdAt, language, now);
  const filter = (named ? describeFilter : describeForPlace)(log.filter, language);
  return {
    title: `${say('Utskick', 'Campaign')} #${log.id}`,
    facts: [
      say(
        `Förbereddes ${time} av ${log.by}. Urval: ${filter}`,
        `Prepared on ${time} by ${log.by}. Filter: ${filter}`,
      ),
      `${say('Läge', 'State')}: ${campaignStateName(log.state, log.counts)[language]}.`,
    ],
    choices: choicesOf(log, asked, language),
    narrower: [],
    columns: [
      say('Namn', 'Name'),
      say('Användar-id', 'User-ID'),
      say('E-post Visma Connect', 'Email Visma Connect'),
      say('Skickat', 'Sent'),
      say('Kopplad', 'Connected'),
    ],
    rows: log.rows.map((row) => rowOf(row, language, now)),
    found: log.found,
    previous: log.previous,
    next: log.next,
  };
}

function choicesOf({ counts }: CampaignLog, asked: RecipientState | undefined, language: Language): Choice[] {
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    { label: speaker(language)('Alla', 'All'), count: all, value: undefined },
    ...recipientStates.flatMap((state) => {
      const count = counts[state] ?? 0;
      return count > 0 || state === asked
        ? [{ label: recipientNames[state][language], count, value: state }]
        : [];
    }),
  ];
}

function rowOf(row: CampaignLogRow, language: Language, now: Date): Row {
  const say = speaker(language);
  const time = (date: Date | null) => (date ? formatTime(date, language, now) : '');
  return {
    number: row.position,
    tone: tones[row.state],
    outcome: recipientNames[row.state][language],
    notes: [
      ...(row.reason ? [skipTexts[row.reason][language]] : []),
      ...(row.words
        ? [say(`Mejlservern svarade: ${row.words}`, `The mail server answered: ${row.words}`)]
        : []),
    ],
    cells: [row.name, row.userId, row.address ?? '', time(row.sentAt), time(row.connectedAt)],
  };
}
