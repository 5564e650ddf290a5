import { pino } from 'pino';
import { domainsCommand } from '../../src/commands/domains.ts';
import { helpCommand } from '../../src/commands/help.ts';
import { statusCommand } from '../../src/commands/status.ts';
import { userCommand } from '../../src/commands/user.ts';
import { usersCommand } from '../../src/commands/users.ts';
import { whoamiCommand } from '../../src/commands/whoami.ts';
import type { Command, Place, Values } from '../../src/core/command.ts';
import { createDispatch, type Reply } from '../../src/core/dispatch.ts';
import type { Profile } from '../../src/core/outbox.ts';
import { type Registry, registry } from '../../src/core/registry.ts';
import type { Pressable } from '../../src/core/view.ts';
import type { Database } from '../../src/database/database.ts';
import type { Language } from '../../src/rules/language.ts';
import { createAccounts } from '../../src/services/accounts.ts';
import { createAudit } from '../../src/services/audit.ts';
import { createConnections } from '../../src/services/connections.ts';
import { createDomains } from '../../src/services/domains.ts';
import { createFilters } from '../../src/services/filter.ts';
import { createMessages } from '../../src/services/messages.ts';
import { createPeople } from '../../src/services/people.ts';
import { createPresses } from '../../src/services/presses.ts';
import { createUsers } from '../../src/services/users.ts';
import { channel, createPlatform, directWith, seen } from './platform.ts';

export interface TalkOptions {
  /** By platform id; unless told, Lena is an administrator, and Anna nobody in particular. */
  people?: Readonly<Record<string, Profile>>;
  admins?: readonly string[];
  language?: Language;
  now?: () => Date;
  /** Further commands. */
  commands?: (database: Database) => Command[];
}

const usual: Readonly<Record<string, Profile>> = {
  lena: { name: 'Lena Berg', address: 'lena@company.se', language: 'en' },
  anna: { name: 'Anna Svensson', address: 'anna@company.se', language: 'en' },
};

/** One person at the keyboard: what they do, and what they see then. */
export interface Talker {
  types(line: string): Promise<Said>;
  /** In the bot's direct conversation. */
  writes(text: string): Promise<Said>;
  /** Presses the button whose label begins so, in what was said before, or with that id. */
  presses(label: string, on: Said): Promise<Said>;
  pressesId(id: string): Promise<Said>;
}

/** What the bot answered. */
export interface Said {
  text: string;
  replies: Reply[];
}

/** Asks the bot without a door: commands, services and store are real, the platform is in memory. */
export function createTalk(database: Database, options: TalkOptions = {}) {
  const { people = usual, admins = ['lena@company.se'], language = 'sv', now = () => new Date() } = options;
  const log = pino({ level: 'silent' });
  const platform = createPlatform(people);
  const outboxes = new Map([['test', platform.outbox]]);
  const audit = createAudit(database, log, now);
  const messages = createMessages(now);
  const users = createUsers(database, now);
  const filters = createFilters(database);
  const presses = createPresses(database, now);
  const store = createPeople({ database, outboxes, admins, now });
  const commands: Registry = registry([
    helpCommand(() => commands, employee),
    usersCommand(users, filters),
    userCommand({
      users,
      filters,
      connections: createConnections({ database, messages, now }),
      accounts: createAccounts({ database, messages, language, now }),
      now,
    }),
    domainsCommand(createDomains({ database, messages, now })),
    statusCommand(users),
    whoamiCommand(users),
    ...(options.commands?.(database) ?? []),
  ]);
  const errors: unknown[] = [];
  const dispatch = createDispatch({
    registry: commands,
    employee,
    people: store,
    presses,
    trail: audit,
    report: (error) => errors.push(error),
    house: { language },
  });
  const said = (replies: Reply[]): Said => ({ replies, text: replies.map(textOf).join('\n\n') });

  return {
    platform,
    dispatch,
    audit,
    presses,
    people: store,
    messages,
    commands,
    /** What was reported as unexpected. */
    errors,
    as: (platformId: string, place: Place = channel): Talker => ({
      types: async (line) => said(await dispatch.line({ place, platformId }, line)),
      writes: async (text) =>
        said(await dispatch.message({ place: directWith(platformId), platformId }, text)),
      presses: async (label, on) => said(await dispatch.press({ place, platformId }, buttonOf(on, label))),
      pressesId: async (id) => said(await dispatch.press({ place, platformId }, id)),
    }),
    submits: (platformId: string, form: Said, values: Values) =>
      dispatch.submit({ place: channel, platformId }, formOf(form), values),
    /** The audit trail so far, without its times: "lena C1 help done". */
    async trail(): Promise<string[]> {
      await audit.flush();
      const rows = await database.prisma.audit.findMany({ orderBy: { id: 'asc' } });
      return rows.map(({ who, place, what, outcome }) => `${who} ${place}: ${what} → ${outcome}`);
    },
  };
}

export type Talk = ReturnType<typeof createTalk>;

/** What a direct message that is no line gets, here. */
const employee: Command = {
  name: 'mine',
  swedish: [],
  summary: { sv: 'Din inloggning', en: 'Your login' },
  usage: [],
  examples: [],
  permission: () => null,
  run: async ({ say }) => [
    {
      view: {
        kind: 'note',
        tone: 'plain',
        text: say({ sv: 'Så står det till med din inloggning.', en: 'How your login stands.' }),
      },
    },
  ],
};

function textOf({ view, language }: Reply): string {
  return view.kind === 'form' ? `form: ${view.title}` : seen(view, language);
}

/** The id of the button whose label begins so. */
export function buttonOf({ replies, text }: Said, label: string): string {
  const found = replies
    .flatMap(({ view }) => (view.kind === 'form' ? [] : buttonsOf(view)))
    .find((button) => button.label.startsWith(label));
  if (!found) throw new Error(`No button "${label}" in:\n${text}`);
  return found.id;
}

function buttonsOf(view: Exclude<Reply['view'], { kind: 'form' }>): Pressable[] {
  const rows = view.kind === 'table' ? view.rows.flatMap(({ action }) => action ?? []) : [];
  return [...rows, ...(view.actions ?? [])].filter((action) => 'id' in action);
}

/** The id of the form that was answered. */
export function formOf({ replies, text }: Said): string {
  const form = replies.map(({ view }) => view).find((view) => view.kind === 'form');
  if (!form) throw new Error(`No form in:\n${text}`);
  return form.id;
}
