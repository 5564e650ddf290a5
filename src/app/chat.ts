import type { Express } from 'express';
import { createCommands } from '../commands/index.ts';
import type { Config, MailConfig } from '../config.ts';
import { createDispatch } from '../core/dispatch.ts';
import type { Door, EventStore } from '../core/door.ts';
import type { Outbox } from '../core/outbox.ts';
import type { Database } from '../database/database.ts';
import { startRunner } from '../jobs/runner.ts';
import type { Log } from '../log.ts';
import { createMailer } from '../mail/mailer.ts';
import { createConversations } from '../services/conversations.ts';
import { createSlackDoor } from '../slack/door.ts';
import { logRouter } from '../web/log/router.ts';
import type { Base } from './base.ts';
import { createJobs } from './jobs.ts';
import { createServices } from './services.ts';
import type { Stops } from './stops.ts';

/** The door to Slack, where it is configured. */
export function slackDoors({ slack, orgLanguage: language }: Config, log: Log): Door[] {
  return slack ? [createSlackDoor({ config: slack, language, log })] : [];
}

/** The door to Teams, where it is configured and loaded. */
export function teamsDoors(
  { teams, orgLanguage: language }: Config,
  log: Log,
  database: Database,
  room: typeof import('../teams/door.ts') | undefined,
): Door[] {
  const conversations = createConversations(database, 'teams');
  return teams && room ? [room.createTeamsDoor({ config: teams, language, log, conversations })] : [];
}

/** The bot in chat: its doors, what it can do there, and the queue. */
export async function openChat(
  base: Base,
  doors: readonly Door[],
  mail: MailConfig,
  express: Express,
  stops: Stops,
) {
  const { config, report } = base;
  const outboxes: ReadonlyMap<string, Outbox> = new Map(
    doors.map(({ surface, outbox }) => [surface, outbox]),
  );
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

  const { commands, employee } = createCommands({
    ...services,
    verifications: base.verifications,
    counter: { contact: config.helpContact, loginUrl: config.connectLoginUrl },
    publicUrl: config.publicUrl,
  });
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
    ? await startRunner({
        database: base.database,
        log: base.log,
        jobs: createJobs(base, services, doors, dispatch),
      })
    : undefined;
  if (runner) stops.takers.push(() => runner.stop());
  const listening = config.role === 'worker' ? [] : doors;
  for (const door of listening) {
    const events: EventStore = {
      store: (id, room, body) => services.events.store(door.surface, id, room, body),
    };
    await door.open({ dispatch, events, express });
    stops.takers.push(() => door.stop());
  }
  return {
    pages: [
      logRouter({ ...services, imports: services.importLogs, site: base.site, trail: base.trail, report }),
    ],
    ready: () => (runner?.ready() ?? true) && listening.every((door) => door.ready()),
  };
}
