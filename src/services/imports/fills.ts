import type { Database } from '../../database/database.ts';
import type { Filter } from '../../rules/filter.ts';
import type { Language } from '../../rules/language.ts';
import type { Messages } from '../messages.ts';
import { type Asker, beginStored } from './stored.ts';
import { countMeant, filledFields } from './stored-rows.ts';

export interface FillParts {
  database: Database;
  messages: Pick<Messages, 'announce'>;
  /** The organisation's language: of what many read. */
  language: Language;
  now?: () => Date;
}

/** Filling in the Connect e-mail of users who have none with their ordinary e-mail. */
export interface Fills {
  /**
   * Begins to look at whom the filter means within reach: what would be filled in is previewed, confirmed, logged and undone
   * as an import, whose number this returns. Undefined: nobody is meant, and nothing begun.
   */
  begin(filter: Filter, by: Asker): Promise<number | undefined>;
}

export function createFills({ database, now = () => new Date(), ...parts }: FillParts): Fills {
  return {
    async begin(filter, by) {
      if ((await countMeant(database.pool, { filter, reach: by.reach }, now())) === 0) return undefined;
      const beginning = { origin: 'fill', fields: filledFields, about: { filter: { ...filter } } } as const;
      return database.transaction((tx) => beginStored(tx, parts, by, beginning, now()));
    },
  };
}
