import type { Example, MessageView } from '../core/view.ts';
import { type Language, speaker } from '../rules/language.ts';
import { formatNumber } from '../rules/say.ts';
import type { DomainChange, DomainEntry } from '../services/domains.ts';

/** The list of allowed domains (D1). */
export function domainList(entries: readonly DomainEntry[], language: Language): MessageView {
  const say = speaker(language);
  if (entries.length === 0) {
    return {
      kind: 'note',
      tone: 'plain',
      text: say(
        'Alla domäner är tillåtna. Begränsa till era egna med `/vc domäner tillåt company.se`.',
        'Every domain is allowed. Limit it to your own with `/vc domains allow company.se`.',
      ),
    };
  }
  return {
    kind: 'table',
    title: say(
      'Tillåtna domäner för koppling till Visma Connect',
      'Allowed domains for connection to Visma Connect',
    ),
    text: say(
      'Bara adresser i de här domänerna kan sparas.',
      'Only addresses in these domains can be saved.',
    ),
    columns: [say('Domän', 'Domain')],
    rows: entries.map(({ shown }) => ({
      cells: [shown],
      action: { label: say('Ta bort', 'Remove'), line: `domains disallow ${shown}`, acting: false },
    })),
  };
}

/** Asks before the first entry and before a removal, with the number of addresses that no longer fit. */
export function confirmDomain(change: DomainChange, language: Language): MessageView {
  const say = speaker(language);
  const { shown } = change.entry;
  const allow = change.change === 'allow';
  return {
    kind: 'confirm',
    title: allow
      ? say(`Ska bara ${shown} vara tillåten?`, `Allow only ${shown}?`)
      : say(`Ta bort ${shown}?`, `Remove ${shown}?`),
    text: consequence(change, language),
    counts: [],
    lines: [outsideLine(change.outside, language)],
    actions: [
      {
        label: say('Bekräfta', 'Confirm'),
        line: `domains ${change.change} ${shown} confirmed`,
        acting: true,
        style: allow ? 'primary' : 'danger',
      },
      { label: say('Avbryt', 'Cancel'), line: 'domains', acting: false },
    ],
  };
}

function consequence({ change, edge }: DomainChange, language: Language): string {
  const say = speaker(language);
  if (change === 'allow')
    return say(
      'Det blir den första domänen i listan. Sedan går det bara att spara adresser i den, och länkar som är skickade till andra adresser slutar gälla.',
      'It will be the first domain on the list. After that, only addresses in it can be saved, and links already sent to other addresses stop working.',
    );
  if (edge)
    return say(
      'Det är den sista domänen i listan. Utan den är alla domäner tillåtna.',
      'It is the last domain on the list. Without it, every domain is allowed.',
    );
  return say(
    'Sedan går det inte att spara adresser i den, och länkar som är skickade dit slutar gälla.',
    'After that, addresses in it can no longer be saved, and links already sent there stop working.',
  );
}

function outsideLine(outside: number, language: Language): string {
  const say = speaker(language);
  const count = formatNumber(outside, language);
  if (outside === 0) return say('Inga sparade adresser berörs.', 'No saved addresses are affected.');
  return outside === 1
    ? say(
        '1 sparad adress blir inte längre tillåten. Den finns kvar men går inte att verifiera.',
        '1 saved address will no longer be allowed. It stays but cannot be verified.',
      )
    : say(
        `${count} sparade adresser blir inte längre tillåtna. De finns kvar men går inte att verifiera.`,
        `${count} saved addresses will no longer be allowed. They stay but cannot be verified.`,
      );
}

/** Said when the list has changed. */
export function domainChanged({ change, entry }: DomainChange, language: Language): MessageView {
  const say = speaker(language);
  return {
    kind: 'note',
    tone: 'good',
    text:
      change === 'allow'
        ? say(`Klart. ${entry.shown} är tillåten.`, `Done. ${entry.shown} is allowed.`)
        : say(`Klart. ${entry.shown} är borttagen ur listan.`, `Done. ${entry.shown} is off the list.`),
    actions: [{ label: say('Visa domäner', 'Show domains'), line: 'domains', acting: false }],
  };
}

const company = { entry: 'company.se', shown: 'company.se' };

const first: DomainChange = { change: 'allow', entry: company, edge: true, outside: 38, done: false };

export const examples: Record<string, Example> = {
  'domain list': (language) =>
    domainList([company, { entry: '*.xn--fretaget-n4a.se', shown: '*.företaget.se' }], language),
  'no domains': (language) => domainList([], language),
  'first domain': (language) => confirmDomain(first, language),
  'domain removal': (language) =>
    confirmDomain({ ...first, change: 'disallow', edge: false, outside: 1 }, language),
  'last domain': (language) => confirmDomain({ ...first, change: 'disallow', outside: 0 }, language),
  'domain added': (language) => domainChanged({ ...first, done: true }, language),
};
