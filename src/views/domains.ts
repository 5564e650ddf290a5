import type { MessageView } from '../core/view.ts';
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
export function confirmDomain({ change, entry, outside }: DomainChange, language: Language): MessageView {
  const say = speaker(language);
  const allow = change === 'allow';
  const count = formatNumber(outside, language);
  return {
    kind: 'confirm',
    title: allow
      ? say(`Tillåta bara ${entry.shown}?`, `Allow only ${entry.shown}?`)
      : say(`Ta bort ${entry.shown}?`, `Remove ${entry.shown}?`),
    text: allow
      ? say(
          'Det blir den första domänen i listan. Adresser i andra domäner går då inte att spara.',
          'It will be the first domain on the list. Addresses in other domains can then not be saved.',
        )
      : say(
          'Adresser i domänen går då inte att spara, och länkar som redan är skickade dit slutar gälla. Tas den sista domänen bort är alla domäner tillåtna.',
          'Addresses in it can then not be saved, and links already sent there stop working. Without the last domain, every domain is allowed.',
        ),
    counts: [],
    lines: [
      outside === 1
        ? say('1 sparad adress passar inte längre.', '1 saved address no longer fits.')
        : say(`${count} sparade adresser passar inte längre.`, `${count} saved addresses no longer fit.`),
    ],
    actions: [
      {
        label: say('Bekräfta', 'Confirm'),
        line: `domains ${change} ${entry.shown} confirmed`,
        acting: true,
        style: allow ? 'primary' : 'danger',
      },
      { label: say('Avbryt', 'Cancel'), line: 'domains', acting: false },
    ],
  };
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
        : say(`Klart. ${entry.shown} är borttagen.`, `Done. ${entry.shown} is removed.`),
    actions: [{ label: say('Visa domäner', 'Show domains'), line: 'domains', acting: false }],
  };
}

const company = { entry: 'company.se', shown: 'company.se' };

export const examples: Record<string, MessageView> = {
  'domain list': domainList([company, { entry: '*.xn--fretaget-n4a.se', shown: '*.företaget.se' }], 'sv'),
  'no domains': domainList([], 'en'),
  'first domain': confirmDomain(
    { change: 'allow', entry: company, outside: 38, needsConfirmation: true },
    'sv',
  ),
  'domain removal': confirmDomain(
    { change: 'disallow', entry: company, outside: 1, needsConfirmation: true },
    'en',
  ),
  'domain added': domainChanged(
    { change: 'allow', entry: company, outside: 0, needsConfirmation: false },
    'sv',
  ),
};
