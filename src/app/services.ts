import type { MailConfig } from '../config.ts';
import type { Place } from '../core/command.ts';
import type { Outbox, PlaceFacts } from '../core/outbox.ts';
import type { Mailer } from '../mail/mailer.ts';
import { createRateLimiter, parseRate } from '../mail/rate.ts';
import { createAccounts } from '../services/accounts.ts';
import { toldOfConnections } from '../services/campaigns/connected.ts';
import { createCampaigns } from '../services/campaigns/index.ts';
import { createConnections } from '../services/connections.ts';
import { createDomains } from '../services/domains.ts';
import { createEvents } from '../services/events.ts';
import { createExports } from '../services/exports/index.ts';
import { createFilters } from '../services/filter.ts';
import { createFills } from '../services/imports/fills.ts';
import { createImports } from '../services/imports/index.ts';
import { createImportLogs } from '../services/imports/log.ts';
import { createUndos } from '../services/imports/undos.ts';
import { createPeople } from '../services/people.ts';
import { createPresses } from '../services/presses.ts';
import { createRuns } from '../services/runs.ts';
import { createSessions } from '../services/sessions.ts';
import { createTemplates } from '../services/templates.ts';
import { createUsers } from '../services/users.ts';
import type { Base } from './base.ts';

/** A place on a platform that is not configured any more. */
const nowhere: PlaceFacts = { canPost: false, shared: false, takesFiles: false };

/** What commands and jobs work with. */
export type Services = ReturnType<typeof createServices>;

/** Makes what commands and jobs work with. */
export function createServices(
  base: Base,
  mail: MailConfig,
  mailer: Mailer,
  outboxes: ReadonlyMap<string, Outbox>,
) {
  const { config, database, messages, site } = base;
  const placeFacts = async (place: Place) => outboxes.get(place.surface)?.placeFacts(place) ?? nowhere;
  const interval = parseRate(mail.rate) ?? 1_000;
  const rate = createRateLimiter(database, mail.rate);
  const people = createPeople({ database, outboxes, admins: config.admins });
  return {
    mailer,
    outboxes,
    placeFacts,
    people,
    sessions: createSessions({ database, people }),
    runs: createRuns(database),
    imports: createImports({ database, messages }),
    fills: createFills({ database, messages, language: config.orgLanguage }),
    undos: createUndos({ database, messages, language: config.orgLanguage }),
    importLogs: createImportLogs(database),
    exports: createExports({ database, messages, language: config.orgLanguage }),
    presses: createPresses(database),
    events: createEvents(database),
    filters: createFilters(database),
    users: createUsers(database),
    domains: createDomains({ database, messages }),
    templates: createTemplates({ database }),
    connections: createConnections({ database, messages }),
    accounts: createAccounts({
      database,
      messages,
      language: config.orgLanguage,
      onConnected: toldOfConnections(messages),
    }),
    rate,
    perSecond: 1_000 / interval,
    campaigns: createCampaigns({
      database,
      messages,
      mailer,
      rate,
      letterhead: site,
      perSecond: 1_000 / interval,
      placeFacts,
    }),
  };
}
