import type { Config } from '../config.ts';
import type { Report, Trail } from '../core/ports.ts';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import { queueAccount } from '../services/accounts.ts';
import { toldOfConnections } from '../services/campaigns/connected.ts';
import { createMessages, type Messages } from '../services/messages.ts';
import { createVerifications, type Verifications } from '../services/verifications/index.ts';

/** What there is whether or not anybody can talk to the bot. */
export interface Base {
  config: Config;
  log: Log;
  report: Report;
  database: Database;
  metrics: Metrics;
  site: ReturnType<typeof siteOf>;
  messages: Messages;
  verifications: Verifications;
  /** A5, counted for /metrics. */
  trail: Trail;
}

const siteOf = ({ orgName = 'vc-bot', helpContact, orgLanguage, publicUrl, connectLoginUrl }: Config) => ({
  organisation: orgName,
  contact: helpContact,
  language: orgLanguage,
  publicUrl,
  loginUrl: connectLoginUrl,
});

/** Makes it. */
export function createBase(config: Config, log: Log, database: Database, audit: Trail): Base {
  const messages = createMessages();
  const metrics = createMetrics();
  const trail = metrics.counting(audit);
  return {
    config,
    log,
    report: (error, doing) => log.error({ err: error, doing }, 'something went wrong'),
    database,
    metrics,
    site: siteOf(config),
    messages,
    trail,
    verifications: createVerifications({
      database,
      messages,
      language: config.orgLanguage,
      trail,
      onConnected: toldOfConnections(messages),
      ...(config.identity ? { identity: (tx, userId) => queueAccount(tx, userId, new Date()) } : {}),
    }),
  };
}
