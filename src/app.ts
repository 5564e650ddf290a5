import type { Express, Router } from 'express';
import { bulkVerifyCommand } from './commands/bulk-verify.ts';
import { domainsCommand } from './commands/domains.ts';
import { employeeCommand } from './commands/employee.ts';
import { helpCommand } from './commands/help.ts';
import { importCommand } from './commands/import.ts';
import { logCommand } from './commands/log.ts';
import { statusCommand } from './commands/status.ts';
import { userCommand } from './commands/user.ts';
import { usersCommand } from './commands/users.ts';
import { verifyCommand } from './commands/verify.ts';
import { whoamiCommand } from './commands/whoami.ts';
import type { Config, MailConfig, SlackConfig } from './config.ts';
import type { Command, Place } from './core/command.ts';
import { createDispatch, type Dispatch } from './core/dispatch.ts';
import type { Outbox } from './core/outbox.ts';
import type { Report, Trail } from './core/ports.ts';
import { type Registry, registry } from './core/registry.ts';
import { type Database, openDatabase } from './database/database.ts';
import type { Embedded } from './database/embedded/index.ts';
import { isDemo } from './database/mark.ts';
import { refuse } from './errors.ts';
import { createScimIdentity } from './identity/scim.ts';
import { createCampaignSendJob } from './jobs/campaign-send.ts';
import { createCampaignTendJob } from './jobs/campaign-tend.ts';
import { createConnectJob, createConnectTendJob } from './jobs/connect.ts';
import { createEventJob } from './jobs/event.ts';
import { createImportApplyJob } from './jobs/import-apply.ts';
import { createImportReadJob } from './jobs/import-read.ts';
import { createImportTendJob } from './jobs/import-tend.ts';
import { createImportWarnJob } from './jobs/import-warn.ts';
import type { Job } from './jobs/job.ts';
import { createNotifyJob } from './jobs/notify.ts';
import { createPurgeJob } from './jobs/purge.ts';
import { startRunner } from './jobs/runner.ts';
import { createSendJob } from './jobs/send.ts';
import type { Log } from './log.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { createRateLimiter, parseRate } from './mail/rate.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createAccounts, queueAccount } from './services/accounts.ts';
import { createAudit } from './services/audit.ts';
import { toldOfConnections } from './services/campaigns/connected.ts';
import { createCampaigns } from './services/campaigns/index.ts';
import { createConnections } from './services/connections.ts';
import { createDomains } from './services/domains.ts';
import { createEvents } from './services/events.ts';
import { createFilters } from './services/filter.ts';
import { createImports } from './services/imports/index.ts';
import { createImportLogs } from './services/imports/log.ts';
import { createMessages, type Messages } from './services/messages.ts';
import { createPeople } from './services/people.ts';
import { createPresses } from './services/presses.ts';
import { createRuns } from './services/runs.ts';
import { createSessions } from './services/sessions.ts';
import { createUsers } from './services/users.ts';
import { createVerifications, type Verifications } from './services/verifications/index.ts';
import { createSlackDoor, type SlackDoor } from './slack/door.ts';
import { campaignMessage } from './views/campaign.ts';
import { readableByAll } from './views/import/help.ts';
import { importMessage } from './views/import/message.ts';
import { verificationStatus } from './views/verification.ts';
import { failedPage, homeRouter, notFound } from './web/home.tsx';
import { logRouter } from './web/log/router.ts';
import { addPages, createWeb, listen } from './web/server.ts';
import { verifyRouter } from './web/verify/router.ts';

/** The running program. */
export interface App {
  /** The address to open on this machine. */
  url: string;
  /** Takes nothing more, lets what is under way end, and closes the store. */
  stop(): Promise<void>;
}

type Stop = () => Promise<void> | void;

/** What can be stopped: first whatever takes something on, all together; then what that needs, the last started first. */
interface Stops {
  takers: Stop[];
  parts: Stop[];
}

/** What is given to a start. */
export interface StartOptions {
  /** The embedded store, where it is starting already. */
  embedded?: Promise<Embedded> | undefined;
  /** The store is to hold invented people, whom `prepare` puts there, and these pages come first. */
  playground?: { pages: readonly Router[]; prepare(database: Database): Promise<void> };
}

/** What there is whether or not anybody can talk to the bot. */
interface Base {
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

/** Starts the program. Throws a Refusal, or an error of the system, where it cannot; then nothing is left running. */
export async function startApp(config: Config, log: Log, options: StartOptions = {}): Promise<App> {
  const stops: Stops = { takers: [], parts: [] };
  try {
    return await start(config, log, stops, options);
  } catch (error) {
    await stopAll(stops, log);
    throw error;
  }
}

async function stopAll({ takers, parts }: Stops, log: Log): Promise<void> {
  const quietly = async (stop: Stop) => {
    try {
      await stop();
    } catch (error) {
      log.error({ err: error }, 'a part did not stop cleanly');
    }
  };
  await Promise.all(takers.map(quietly));
  for (const stop of [...parts].reverse()) await quietly(stop);
}

async function start(
  config: Config,
  log: Log,
  stops: Stops,
  { embedded, playground }: StartOptions,
): Promise<App> {
  const { databaseUrl: url, dataDir } = config;
  const database = await openDatabase({ url, dataDir, log, embedded });
  stops.parts.push(() => database.close());
  if (playground) await playground.prepare(database);
  else if (await isDemo(database.prisma)) throw refuse('store_is_demo');
  const audit = createAudit(database, log);
  stops.parts.push(() => audit.flush());
  const base = createBase(config, log, database, audit);

  const express = createWeb();
  const chat =
    config.slack && config.mail ? await openChat(base, config.slack, config.mail, express, stops) : undefined;
  addPages(express, {
    pages: [
      ...(playground?.pages ?? []),
      homeRouter({ site: base.site, inChat: chat !== undefined }),
      verifyRouter({ actions: base.verifications, site: base.site, report: base.report }),
      ...(chat?.pages ?? []),
    ],
    ready: async () => (await database.ready()) && (chat?.ready() ?? true),
    metrics: base.metrics.registry,
    notFound: notFound(base.site),
    failed: failedPage(base.site, base.report),
  });
  const server = await listen(express, config.port, config.host, log);
  stops.takers.push(server.stop);

  const address = `http://localhost:${server.port}`;
  if (config.slack && config.admins.length === 0)
    log.warn('ADMINS is not set: nobody may do anything but ask about their own login');
  if (config.slack && config.orgName === undefined)
    log.warn('ORG_NAME is not set: letters and pages are signed vc-bot');
  log.info({ address, store: database.embedded ? 'embedded' : 'server', slack: chat !== undefined }, 'ready');
  return { url: address, stop: () => stopAll(stops, log) };
}

const siteOf = ({ orgName = 'vc-bot', helpContact, orgLanguage, publicUrl, connectLoginUrl }: Config) => ({
  organisation: orgName,
  contact: helpContact,
  language: orgLanguage,
  publicUrl,
  loginUrl: connectLoginUrl,
});

function createBase(config: Config, log: Log, database: Database, audit: Trail): Base {
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

/** The bot in Slack: its door, what it can do there, and the queue. */
async function openChat(base: Base, slack: SlackConfig, mail: MailConfig, express: Express, stops: Stops) {
  const { config, log, database, report } = base;
  const door = createSlackDoor({ config: slack, language: config.orgLanguage, log });
  const outboxes: ReadonlyMap<string, Outbox> = new Map([['slack', door.outbox]]);
  const mailer = base.metrics.countingMail(
    createMailer({
      url: mail.url,
      from: mail.from,
      replyTo: mail.replyTo,
      organisation: base.site.organisation,
    }),
  );
  stops.parts.push(() => mailer.close());
  const services = createServices(base, mail, mailer, outboxes);
  await services.people.rereadAdmins();

  const { commands, employee } = createCommands(base, services);
  const dispatch = createDispatch({
    registry: commands,
    employee,
    people: services.people,
    presses: services.presses,
    trail: base.trail,
    report,
    house: { language: config.orgLanguage },
  });

  const works = config.role !== 'web';
  const runner = works
    ? await startRunner({ database, log, jobs: createJobs(base, services, door, dispatch) })
    : undefined;
  if (runner) stops.takers.push(() => runner.stop());
  if (config.role !== 'worker') {
    const events = { store: (id: string, body: object) => services.events.store('slack', id, body) };
    await door.open({ dispatch, events, express });
    stops.takers.push(() => door.stop());
  }
  return {
    pages: [
      logRouter({ ...services, imports: services.importLogs, site: base.site, trail: base.trail, report }),
    ],
    ready: () => (runner?.ready() ?? true) && (config.role === 'worker' || door.ready()),
  };
}

type Services = ReturnType<typeof createServices>;

function createServices(base: Base, mail: MailConfig, mailer: Mailer, outboxes: ReadonlyMap<string, Outbox>) {
  const { config, database, messages, site } = base;
  const canPost = async (place: Place) =>
    (await outboxes.get(place.surface)?.placeFacts(place))?.canPost ?? false;
  const interval = parseRate(mail.rate) ?? 1_000;
  const rate = createRateLimiter(database, mail.rate);
  const people = createPeople({ database, outboxes, admins: config.admins });
  return {
    mailer,
    outboxes,
    people,
    sessions: createSessions({ database, people }),
    runs: createRuns(database),
    imports: createImports({ database, messages }),
    importLogs: createImportLogs(database),
    presses: createPresses(database),
    events: createEvents(database),
    filters: createFilters(database),
    users: createUsers(database),
    domains: createDomains({ database, messages }),
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
      canPost,
    }),
  };
}

function createCommands(base: Base, services: Services): { commands: Registry; employee: Command } {
  const { verifications, config } = base;
  const { users, filters, campaigns } = services;
  const counter = { contact: config.helpContact, loginUrl: config.connectLoginUrl };
  const employee = employeeCommand(verifications, counter);
  const commands: Registry = registry([
    helpCommand(() => commands, employee),
    verifyCommand({ users, verifications, counter }),
    bulkVerifyCommand(campaigns, filters),
    importCommand(services.imports),
    usersCommand(users, filters),
    userCommand(services),
    domainsCommand(services.domains),
    statusCommand(users),
    logCommand({ ...services, publicUrl: config.publicUrl }),
    whoamiCommand(users),
  ]);
  return { commands, employee };
}

function createJobs(base: Base, services: Services, door: SlackDoor, dispatch: Dispatch): Job[] {
  const { config, database, messages, site, log, verifications } = base;
  const { mailer, rate, perSecond, accounts, campaigns, imports, presses, outboxes, events } = services;
  const sending = { database, messages, mailer, rate, letterhead: site, log };
  return [
    createSendJob(sending),
    createCampaignSendJob({ ...sending, perSecond }),
    createCampaignTendJob({ database, messages }),
    createConnectJob({ accounts, identity: config.identity && createScimIdentity(config.identity), log }),
    createConnectTendJob({ database }),
    createImportReadJob({
      database,
      messages,
      outboxes,
      dataDir: config.dataDir,
      language: config.orgLanguage,
      log,
    }),
    createImportWarnJob({ database, outboxes, readable: readableByAll }),
    createImportApplyJob({ database, messages, log }),
    createImportTendJob(database),
    createPurgeJob({ database, messages, dataDir: config.dataDir }),
    createEventJob(events, new Map([['slack', door.eventHandler(dispatch)]])),
    createNotifyJob({
      database,
      presses,
      outboxes,
      log,
      views: {
        verification: async (id, { language }) => {
          const report = await verifications.report(id);
          return report && verificationStatus(report, language);
        },
        campaign: async (id, reader) => {
          const status = await campaigns.status(id, reader.audience);
          return status && campaignMessage(status, reader);
        },
        import: async (id, reader) => {
          const status = await imports.status(id);
          return status && importMessage(status, reader);
        },
      },
    }),
  ];
}
