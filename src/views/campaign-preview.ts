import type { Example, MessageView } from '../core/view.ts';
import { maskAddress } from '../rules/address.ts';
import { describeFilter, parseFilter } from '../rules/filter.ts';
import { type Language, speaker } from '../rules/language.ts';
import { tokenize } from '../rules/line.ts';
import { formatNumber, plural } from '../rules/say.ts';
import type { Begun, Preview } from '../services/campaigns/index.ts';
import { button, filterLine, skipCounts, skipSentence } from './campaign.ts';

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
        : say('Ingen användare matchar filtret.', 'No user matches the filter.');
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
      say(`Utskicket tar ${duration(seconds, language)}.`, `Sending takes ${duration(seconds, language)}.`),
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
      button(say('Skicka en kopia till mig', 'Send me a copy'), `copy #${id}`, { acting: true }),
      button(say('Avbryt', 'Cancel'), `cancel #${id}`, { acting: true }),
    ],
  };
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
    text: `${say(`Utskick #${id} har börjat.`, `Campaign #${id} has begun.`)} ${begunSentence(send, language)} ${where}`,
  };
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

function sendSentence(send: number, language: Language): string {
  const n = formatNumber(send, language);
  return speaker(language)(
    send === 1 ? 'En person får mejlet.' : `${n} personer får mejlet.`,
    send === 1 ? 'One person will get the email.' : `${n} people will get the email.`,
  );
}

/** Who has got the mail, or lost the address, since the preview is found out while it is sent. */
function begunSentence(send: number, language: Language): string {
  const n = formatNumber(send, language);
  return speaker(language)(
    `Mejlet går till ${send === 1 ? 'en person' : `${n} personer`}, om inget har ändrats sedan förhandsvisningen.`,
    `The email goes to ${send === 1 ? 'one person' : `${n} people`}, unless something has changed since the preview.`,
  );
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

const previewed: Preview = {
  id: 42,
  filter: parseFilter(tokenize('company:"Företaget AB" department:"Ekonomi & Lön"')),
  send: 412,
  skipped: { connected: 21, no_address: 12, deactivated: 5 },
  seconds: 41.2,
  canPost: true,
};

export const examples: Record<string, Example> = {
  'a preview': (language) => campaignPreview(previewed, language),
  'a preview where the bot may not post': (language) =>
    campaignPreview(
      { ...previewed, id: 43, send: 5000, skipped: {}, seconds: 1800, canPost: false },
      language,
    ),
  'a preview with nobody to send to': (language) =>
    campaignPreview({ ...previewed, send: 0, skipped: { connected: 1, deactivated: 1 } }, language),
  'a preview of nobody': (language) => campaignPreview({ ...previewed, send: 0, skipped: {} }, language),
  begun: (language) => campaignBegun(42, { send: 412, inPlace: true }, language),
  'a copy sent': (language) => copySent('lena@company.se', language),
};
