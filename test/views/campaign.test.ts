import { describe, expect, test } from 'vitest';
import { plain } from '../../src/core/plain.ts';
import { emptyFilter } from '../../src/rules/filter.ts';
import type { CampaignStatus } from '../../src/services/campaigns/index.ts';
import type { Reader } from '../../src/services/messages.ts';
import { campaignMessage } from '../../src/views/campaign.ts';

const none = { waiting: 0, sending: 0, sent: 0, failed: 0, cancelled: 0 };
const status: CampaignStatus = {
  id: 42,
  state: 'done',
  filter: emptyFilter(),
  counts: none,
  skipped: {},
  delayed: { count: 0, words: null },
  connected: 0,
  pausedWords: null,
  more: false,
};
const said = (more: Partial<CampaignStatus>, audience: Reader['audience'] = 'place') =>
  plain(campaignMessage({ ...status, ...more }, { language: 'sv', audience }), 'sv');

describe('A3 the mail server may name a recipient, so its words go to the caller alone', () => {
  const words = '452 4.2.2 anna.svensson: mailbox is full';
  const delayed = {
    state: 'running',
    counts: { ...none, waiting: 1 },
    delayed: { count: 1, words },
  } as const;
  const paused = { state: 'paused', counts: { ...none, waiting: 1 }, pausedWords: words } as const;

  test.each([['delayed', delayed] as const, ['paused', paused] as const])('%s', (_what, more) => {
    expect(said(more)).toContain('Mejlservern svarade 452 4.2.2. Hela svaret står i loggen.');
    expect(said(more)).not.toMatch(/\banna\b/);
    expect(said(more, 'caller')).toContain(`Mejlservern svarade: ${words}`);
  });

  test.each([
    ['550-5.7.1 no', 'svarade 550-5.7.1.'],
    ['421 anna', 'svarade 421.'],
    ['anna 452', 'Mejlserverns svar står i loggen.'],
    [null, 'Mejlserverns svar står i loggen.'],
  ])('of %j a place is told %s', (pausedWords, sentence) => {
    expect(said({ ...paused, pausedWords })).toContain(sentence);
  });
});

describe('U8 a campaign to people whom a place is not told of', () => {
  test('is done, and not without recipients', () => {
    expect(said({ more: true })).toContain('Klart. Fler detaljer står i loggen.');
    expect(said({})).toContain('Klart. Det fanns ingen kvar att skicka till.');
  });

  test('is cancelled', () => {
    expect(said({ state: 'cancelled', more: true })).toContain('Avbrutet. Fler detaljer står i loggen.');
  });
});

describe('V6 B3 what happened, how many, and what to do next', () => {
  const words = '550 5.7.1 not allowed';

  test.each([
    [
      'paused',
      { state: 'paused', counts: { ...none, waiting: 290, sending: 2, sent: 120 }, pausedWords: words },
      'Mejlservern tar inte emot våra mejl. 120 av 412 mejl hann skickas, 292 väntar. Rätta felet och tryck på Återuppta inom 5 dagar, annars avbryts utskicket.',
    ],
    [
      'paused, with nobody whom a place is told of',
      { state: 'paused', more: true, pausedWords: words },
      'Mejlservern tar inte emot våra mejl. Rätta felet och tryck på Återuppta inom 5 dagar, annars avbryts utskicket.',
    ],
    [
      'cancelled half-way',
      { state: 'cancelled', counts: { ...none, sent: 112, failed: 3, sending: 5, cancelled: 292 } },
      'Avbrutet. 112 av 412 mejl hann skickas. 3 gick inte att skicka. 5 är redan på väg. 292 personer får inget mejl: gör ett nytt utskick för att nå dem.',
    ],
    [
      'cancelled before the last',
      { state: 'cancelled', counts: { ...none, sent: 2, cancelled: 1 } },
      'Avbrutet. 2 av 3 mejl hann skickas. En person får inget mejl: gör ett nytt utskick för att nå den.',
    ],
    [
      'cancelled with nothing left',
      { state: 'cancelled', counts: { ...none, sent: 2 } },
      'Avbrutet. 2 av 2 mejl hann skickas.\n',
    ],
    [
      'cancelled, because nobody resumed it',
      { state: 'cancelled', counts: { ...none, sent: 1, cancelled: 59 }, pausedWords: words },
      'Avbrutet, eftersom utskicket hade varit pausat i 5 dagar. 1 av 60 mejl hann skickas. 59 personer får inget mejl: rätta felet hos mejlservern och gör ett nytt utskick för att nå dem.',
    ],
  ] as const)('%s', (_, more, text) => expect(said(more)).toContain(text));
});
