import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import express from 'express';
import { pino } from 'pino';
import { administrator } from '../../src/core/access.ts';
import type { Answer, Command, DroppedFile, Place, Request } from '../../src/core/command.ts';
import { createDispatch, type Dispatch } from '../../src/core/dispatch.ts';
import type { Door, EventStore } from '../../src/core/door.ts';
import { keepButtons } from '../../src/core/keep.ts';
import type { Attempt, Origin, Owner, StoredPress } from '../../src/core/ports.ts';
import { registry } from '../../src/core/registry.ts';
import type { MessageView, View } from '../../src/core/view.ts';
import { refuse } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';
import type { Text } from '../../src/rules/language.ts';
import { type Token, tokenText } from '../../src/rules/line.ts';

/** A door, with real dispatch before commands made for it. */
export interface House {
  door: Door;
  /** Where the door listens. */
  url: string;
  /** Every line that ran, as a command was given it, and where. */
  ran: { line: string; place: Place; platformId: string }[];
  dropped: DroppedFile[];
  /** Ids of kept events, in the order of their first coming. */
  kept: string[];
  /** In which rooms they came. */
  rooms: Set<string>;
  attempts: Attempt[];
  /** The log, one object a line. */
  logged: Record<string, unknown>[];
  /** Posts the question of `ask` in a place, for anybody to press. */
  asks(place: Place): Promise<void>;
  /** What the store of events does next: fails so many times. */
  failStore(times: number): void;
  stop(): Promise<void>;
}

/** How long `form` takes to check an address that begins with "slow", in milliseconds: longer than any platform waits. */
const slowly = 2_300;

const both = (text: string): Text => ({ sv: text, en: text });

/** A command from what it answers; anybody may use it. */
function command(
  name: string,
  run: (request: Request, words: string[]) => Promise<Answer[]> | Answer[],
  more: Partial<Command> = {},
): Command {
  return {
    name,
    swedish: [],
    summary: both(name),
    usage: [both(name)],
    examples: [],
    permission: () => null,
    run: async (request, args: readonly Token[]) => run(request, args.map(tokenText)),
    ...more,
  };
}

const note = (text: string): MessageView => ({ kind: 'note', tone: 'plain', text });

/** What `ask` answers: a question with buttons. */
const question: MessageView = {
  kind: 'note',
  tone: 'plain',
  text: 'Shall I?',
  actions: [
    { label: 'Confirm', line: 'say "It is done" replace', acting: true, style: 'primary' },
    { label: 'Whisper', line: 'say "Only you, Anna" replace', acting: false },
    { label: 'Form', line: 'form', acting: false },
    { label: 'Page', url: 'https://bot.company.se/imports/42' },
  ],
};

export interface HouseOptions {
  createDoor(log: Log): Door;
  /** Told where the door will listen, before it opens. */
  before(url: string): void | Promise<void>;
  /** The platform is asked who somebody is; otherwise everybody is an administrator. */
  asksWho?: boolean;
}

/** Starts a door. The commands: help, say, file, ask, form, and import for files. */
export async function openHouse({ createDoor, before, asksWho = false }: HouseOptions): Promise<House> {
  const logged: House['logged'] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logged.push(JSON.parse(line)) });
  const door = createDoor(log);
  const ran: House['ran'] = [];
  const dropped: DroppedFile[] = [];
  const attempts: Attempt[] = [];
  const presses = pressesInMemory();
  const dispatch = createDispatch({
    registry: registry(houseCommands(ran, dropped)),
    employee: command('employee', () => [{ view: note('Hej, så här står det till.') }]),
    people: {
      identify: (from) => identify(from, asksWho ? door : undefined),
      languageOf: () => undefined,
    },
    presses,
    trail: { record: (attempt) => attempts.push(attempt) },
    report: (error, doing) => log.error({ err: error }, doing),
    house: { language: 'sv' },
  });
  const { events, kept, rooms, failStore, done } = eventsInMemory(door, dispatch, log);
  const app = express();
  const server: Server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await done();
    await door.stop();
  };
  await before(url);
  await door.open({ dispatch, events, express: app }).catch(async (error) => {
    await stop();
    throw error;
  });
  return {
    door,
    url,
    ran,
    dropped,
    kept,
    rooms,
    attempts,
    logged,
    async asks(place) {
      const view = await keepButtons(question, (buttons) => presses.keep(buttons, { personId: null }));
      await door.outbox.post(place, view, 'en');
    },
    failStore,
    stop,
  };
}

/** Keeps events as the store does, and does them at once. */
function eventsInMemory(door: Door, dispatch: Dispatch, log: Log) {
  const kept: string[] = [];
  const rooms = new Set<string>();
  const handle = door.eventHandler(dispatch);
  let failures = 0;
  const jobs = new Set<Promise<unknown>>();
  const events: EventStore = {
    async store(id, room, body) {
      if (failures-- > 0) throw new Error('the database is gone');
      if (kept.includes(id)) return 'known';
      kept.push(id);
      rooms.add(room);
      jobs.add(handle(JSON.parse(JSON.stringify(body))).catch((error) => log.error({ err: error }, 'event')));
      return 'new';
    },
  };
  return {
    events,
    kept,
    rooms,
    failStore: (times: number) => {
      failures = times;
    },
    done: () => Promise.all(jobs),
  };
}

/** Whoever is not refused is an administrator. */
async function identify(from: Origin, door: Door | undefined) {
  if (from.shared) throw refuse('place_shared');
  const profile = await door?.outbox.profile(from.place.tenant, from.platformId);
  return {
    id: numberOf(from.platformId),
    name: from.platformId,
    access: administrator,
    language: profile?.language ?? ('en' as const),
    refused: profile?.refused !== undefined,
  };
}

function numberOf(platformId: string): number {
  return [...platformId].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 7);
}

function pressesInMemory() {
  const stored = new Map<string, StoredPress>();
  return {
    async keep(buttons: readonly { line: string; acting: boolean }[], { personId }: Owner) {
      return buttons.map(({ line, acting }) => {
        const id = `press${stored.size + 1}`;
        stored.set(id, { line, acting, spent: false, expired: false, personId });
        return id;
      });
    },
    find: async (id: string) => stored.get(id),
    async spend(id: string) {
      const press = stored.get(id);
      if (!press || press.spent) throw refuse('press_spent');
      stored.set(id, { ...press, spent: true });
    },
  };
}

/** Remembers that a line ran. */
type Seen = (request: Request, line: string) => void;

function houseCommands(ran: House['ran'], dropped: DroppedFile[]): Command[] {
  const seen = (request: Request, line: string) =>
    ran.push({ line, place: request.place, platformId: request.person.name });
  return [
    command('help', (request, words) => {
      seen(request, ['help', ...words].join(' '));
      return [{ view: note('What I can do') }];
    }),
    // say TEXT [replace]: one answer.
    command('say', (request, [text = '', replace]) => {
      seen(request, `say ${text}`);
      return [{ view: note(text), replace: replace === 'replace' }];
    }),
    // file [NAME] [SIZE]: eight bytes, said to be so many.
    command('file', (request, [name = 'rows.csv', size = '8']) => {
      seen(request, `file ${name}`);
      const bytes = () => Readable.from([Buffer.from('a;b\n'), Buffer.from('1;2\n')]);
      const file = { name, size: Number(size), about: 'Two rows', bytes, line: `file ${name} ${size}` };
      return [{ view: note('It is in the log'), file }];
    }),
    command('ask', (request) => {
      seen(request, 'ask');
      return [{ view: question }];
    }),
    formCommand(seen),
    importCommand(seen, dropped),
  ];
}

function formCommand(seen: Seen): Command {
  return command(
    'form',
    (request) => {
      seen(request, 'form');
      const view: View = {
        kind: 'form',
        title: 'Verify account',
        text: 'Who, and where?',
        fields: [
          { name: 'user', label: 'User', type: 'user' },
          { name: 'email', label: 'Email', type: 'email', value: 'anna@company.se' },
          { name: 'again', label: 'Confirm email', type: 'email' },
          {
            name: 'language',
            label: 'Language',
            type: 'choice',
            optional: true,
            options: [
              { value: 'sv', label: 'Svenska' },
              { value: 'en', label: 'English' },
            ],
          },
        ],
        submit: 'Verify',
        cancel: 'Cancel',
        line: 'form',
      };
      return [{ view }];
    },
    {
      async submit(request, _args, values) {
        const { user, email, again, language } = values;
        seen(request, `submit ${user} ${email} ${again} ${language}`);
        if (email?.startsWith('slow')) await pause(slowly);
        if (again !== email) throw refuse('unknown_verb', { verb: again ?? '' }, 'again');
        return [{ view: note(`Sent to ${email}`) }];
      },
      search: async (_request, _args, field, typed) =>
        Array.from({ length: 130 }, (_, n) => ({
          value: `user:"${n}"`,
          label: `${field} ${typed} ${n} ${'x'.repeat(80)}`,
        })),
    },
  );
}

function importCommand(seen: Seen, dropped: DroppedFile[]): Command {
  return command(
    'import',
    (request) => {
      seen(request, 'import');
      const inChat = { sv: 'Släpp filen i vår chatt', en: 'Drop a file in our chat' };
      return [{ view: note(inChat[request.language]), open: (language) => note(inChat[language]) }];
    },
    {
      drop: async (request, file) => {
        seen(request, `drop ${file.name}`);
        dropped.push(file);
        if (!file.name.endsWith('.csv')) throw refuse('file_binary');
        return [{ view: note(`Got ${file.name}`) }];
      },
    },
  );
}
