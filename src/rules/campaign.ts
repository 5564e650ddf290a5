import type { Text } from './language.ts';

/** How long a preview can be confirmed, in milliseconds (B2). */
export const previewLifetime = 15 * 60 * 1000;

/** Nobody is sent to again within this time, in milliseconds (B2). */
export const sendAgainAfter = 60 * 60 * 1000;

/** V6: how long a paused campaign waits for somebody to resume it, in milliseconds. */
export const resumableFor = 5 * 24 * 60 * 60 * 1000;

/** How long "connected since" is kept up to date, in milliseconds. */
export const followedFor = 30 * 24 * 60 * 60 * 1000;

/** How long a finished campaign and its log are kept, in milliseconds. */
export const keptFor = 90 * 24 * 60 * 60 * 1000;

/** B2: why a recipient is not sent to; the first that applies, in this order. `changed`: another address since the preview, or none. */
export const skipReasons = [
  'connected',
  'verified',
  'changed',
  'no_address',
  'deactivated',
  'not_yet',
  'ended',
  'domain',
  'bounced',
  'disowned',
  'recent',
] as const;

/** One of B2's reasons. */
export type SkipReason = (typeof skipReasons)[number];

/** What becomes of a recipient: exactly one of these at the end (`waiting` and `sending` are on the way). */
export const recipientStates = ['waiting', 'sending', 'sent', 'failed', 'skipped', 'cancelled'] as const;

/** One recipient's state. */
export type RecipientState = (typeof recipientStates)[number];

/** The reasons, as said after a number: "21 redan kopplade". */
export const skipNames: Readonly<Record<SkipReason, { one: Text; many: Text }>> = {
  connected: {
    one: { sv: 'redan kopplad', en: 'already connected' },
    many: { sv: 'redan kopplade', en: 'already connected' },
  },
  verified: {
    one: { sv: 'redan verifierad', en: 'already verified' },
    many: { sv: 'redan verifierade', en: 'already verified' },
  },
  changed: always('med ändrad adress', 'with a changed address'),
  no_address: always('utan adress', 'without address'),
  deactivated: {
    one: { sv: 'inaktiverad', en: 'deactivated' },
    many: { sv: 'inaktiverade', en: 'deactivated' },
  },
  not_yet: always('som inte har börjat än', 'not employed yet'),
  ended: always('som har slutat', 'no longer employed'),
  domain: always('med en domän som inte är tillåten', 'with a domain that is not allowed'),
  bounced: always('med en adress som har studsat', 'with an address that has bounced'),
  disowned: always('med fel adress', 'with a wrong address'),
  recent: always('som nyligen har fått mejl', 'emailed recently'),
};

function always(sv: string, en: string): { one: Text; many: Text } {
  return { one: { sv, en }, many: { sv, en } };
}

/** What a reason says beside one person in the log: the fact, and what to do where something can be done. */
export const skipTexts: Readonly<Record<SkipReason, Text>> = {
  connected: { sv: 'Redan kopplad.', en: 'Already connected.' },
  verified: { sv: 'Adressen är redan verifierad.', en: 'The address is already verified.' },
  changed: {
    sv: 'Adressen ändrades eller togs bort efter förhandsvisningen. Gör ett nytt utskick.',
    en: 'The address was changed or removed after the preview. Send again.',
  },
  no_address: { sv: 'Adress saknas. Lägg till en.', en: 'There is no address. Add one.' },
  deactivated: { sv: 'Användaren är inaktiverad.', en: 'The user is deactivated.' },
  not_yet: {
    sv: 'Anställningen har inte börjat. Skicka tidigast kl. 09.00 dagen före.',
    en: 'The employment has not started. Send from 09:00 on the day before.',
  },
  ended: { sv: 'Anställningen har upphört.', en: 'The employment has ended.' },
  domain: {
    sv: 'Adressens domän är inte tillåten. Byt adress, eller tillåt domänen.',
    en: 'The domain of the address is not allowed. Change the address, or allow the domain.',
  },
  bounced: {
    sv: 'Mejl till adressen har studsat. Byt adress.',
    en: 'Email to the address has bounced. Change it.',
  },
  disowned: {
    sv: 'Den som fick mejlet svarade att adressen inte är hens. Byt adress.',
    en: 'Whoever got the email answered that it is not their address. Change it.',
  },
  recent: {
    sv: 'Ett mejl har nyligen skickats dit.',
    en: 'An email was sent there recently.',
  },
};

/** The states as they read beside a recipient, and on the filter of the log page. */
export const recipientNames: Readonly<Record<RecipientState, Text>> = {
  waiting: { sv: 'Väntar', en: 'Waiting' },
  sending: { sv: 'Skickas', en: 'Sending' },
  sent: { sv: 'Skickat', en: 'Sent' },
  failed: { sv: 'Gick inte att skicka', en: 'Could not be sent' },
  skipped: { sv: 'Hoppades över', en: 'Skipped' },
  cancelled: { sv: 'Avbrutet', en: 'Cancelled' },
};
