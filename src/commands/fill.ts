import { reach } from '../core/access.ts';
import type { Command } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { isEmpty } from '../rules/filter.ts';
import type { Filters } from '../services/filter.ts';
import type { Fills } from '../services/imports/fills.ts';
import { nobodyToFill } from '../views/import/fill.ts';
import { storedBegun } from '../views/import/help.ts';

export interface FillCommandParts {
  fills: Fills;
  filters: Pick<Filters, 'read'>;
}

/**
 * `/vc fill FILTER`: a preview of whose empty Connect e-mail would be filled in with their ordinary one; from there on it is an
 * import, and its buttons are that verb's lines.
 */
export function fillCommand({ fills, filters }: FillCommandParts): Command {
  return {
    name: 'fill',
    swedish: ['fyll', 'fyll-i'],
    summary: {
      sv: 'Fyller i tomma adresser för inloggningen med den vanliga e-posten',
      en: 'Fills in empty addresses for logging in with the ordinary email',
    },
    usage: [{ sv: 'fyll FILTER', en: 'fill FILTER' }],
    examples: [
      { sv: 'fyll företag:"Företaget AB"', en: 'fill company:"Företaget AB"' },
      { sv: 'fyll alla', en: 'fill all' },
    ],
    explained: {
      sv: 'Inget sparas förrän du har bekräftat. De som redan har en adress behåller den, och ingen får mejl förrän du skickar verifieringen.',
      en: 'Nothing is saved until you have confirmed. Those who have an address keep it, and nobody gets mail until you send the verification.',
    },
    filters: true,
    permission: () => 'import',
    async run({ person, place, language, press }, args) {
      const within = reach(person.access, 'import');
      const filter = await filters.read(args, within);
      if (filter.words.length > 0) throw refuse('fill_words');
      if (isEmpty(filter)) throw refuse('fill_for_whom');
      const by = { personId: person.id, place, language, reach: within, press };
      const id = await fills.begin(filter, by);
      if (id === undefined) return [{ view: nobodyToFill(language) }];
      return place.kind === 'channel' ? [{ view: storedBegun({ id, origin: 'fill' }, language) }] : [];
    },
  };
}
