import { type Answer, asJson, json } from '../../src/playground/local/http.ts';
import type { Json } from '../../src/playground/local/types.ts';
import { invokeActivity } from '../../src/playground/teams/activities.ts';
import { FILE_INFO } from '../../src/playground/teams/cards.ts';
import { openStage, type Stage, visibleIn } from '../../src/playground/teams/stage.ts';
import { BOT } from '../../src/playground/teams/tenant.ts';
import type {
  Dialog,
  Message,
  TeamsGroup,
  TeamsPerson,
  TeamsTeam,
  TeamsTenant,
} from '../../src/playground/teams/types.ts';
import { type Call, type Eye, openEye } from './local/calls.ts';
import { overloaded } from './local/overloaded.ts';
import { plainly, type Scripted } from './local/scripted.ts';
import { type Actor, actorOf } from './teams/actor.ts';
import { textOf, textOfDialog } from './teams/read.ts';
import { Broken, until as look, type UntilOptions } from './until.ts';

export type { Actor } from './teams/actor.ts';
export { buttonsOf, fieldsOf, linksOf, textOf, textOfDialog } from './teams/read.ts';
export type { Dialog, Message, TeamsPerson, TeamsTeam };

export interface TeamsOptions {
  readonly tenant: TeamsTenant;
  readonly people: readonly TeamsPerson[];
  readonly teams: readonly TeamsTeam[];
  readonly groups?: readonly TeamsGroup[];
}

/** The playground's Teams, with people who act by what they read, and an eye on what the program does. */
export interface Teams {
  /** Where the bot calls. */
  readonly serviceUrl: string;
  readonly tenantId: string;
  /** The program's variables for this Teams. */
  readonly env: Readonly<Record<string, string>>;
  /** The bot's id. */
  readonly bot: string;
  /** Where the bot listens; tell it once the program is up. */
  talksTo(botUrl: string | (() => string)): void;
  as(handle: string): Actor;
  /** A room's messages as `handle` reads them, oldest first; none where they are no member. */
  messagesFor(handle: string, room: string): Message[];
  /** The chat between a person and the bot, oldest first. */
  chat(handle: string): Message[];
  /** A file that a message shows, with its bytes; undefined where it shows none. */
  file(message: Message): { name: string; bytes: Buffer } | undefined;
  /** The open dialog. */
  dialog(handle: string): Dialog | undefined;
  /** Every call of the bot's, in order. */
  readonly calls: readonly Call[];
  /** This moment, on the clock that orders messages (`changed`), calls (`moment`) and acts. */
  readonly now: number;
  /** The next calls of a kind ("post", "edit", "create", "member", "members", "download", "upload", …) get this answer. */
  readonly answers: Eye['answers'];
  /** Sends an activity of any shape to the bot, once; what it does not say is as from `handle` in their chat with the bot. */
  sends(handle: string, activity: Json): Promise<{ status: number; body: unknown }>;
  /** The id of a room by its name, or with `@` of somebody's chat with the bot. */
  id(name: string): string;
  /** Waits for something, and prints the conversation when it does not come. */
  until<T>(find: () => T | Promise<T>, options?: UntilOptions): Promise<Exclude<T, undefined | null | false>>;
  /** What the program did that Teams would not have taken. */
  readonly faults: readonly string[];
  /** Takes the faults away and returns them, for a test that provokes them. */
  forgives(): string[];
  /** Throws when there are faults. Every act, every wait and `stop` do so too. */
  check(): void;
  /** The whole conversation as plain text, for reading in a failure. */
  transcript(): string;
  stop(): Promise<void>;
}

/** Starts a Teams on 127.0.0.1. Start the program with its `env`, then tell it where the bot listens (`talksTo`). */
export async function startTeams(options: TeamsOptions): Promise<Teams> {
  const eye = openEye({ tick: () => stage.book.tick(), speaks });
  const stage: Stage = await openStage({
    groups: [],
    ...options,
    through: eye.through,
    excuses: overloaded,
  });
  const { tenant, book, dialogs, serviceUrl } = stage;
  const check = () => {
    if (book.faults.length > 0)
      throw new Broken(`Teams would not have taken this:\n- ${book.faults.join('\n- ')}`);
  };
  const watched = { stage, eye, check };
  const personalOf = (handle: string) => tenant.personalOf(tenant.account(handle));

  const teams: Teams = {
    serviceUrl,
    tenantId: tenant.id,
    env: { TEAMS_LOCAL: '1', TEAMS_TENANT_ID: tenant.id },
    bot: BOT.id,
    talksTo: stage.postman.talksTo,
    as: (handle) => actorOf(watched, handle),
    messagesFor: (handle, room) => visibleIn(stage, tenant.account(handle), tenant.roomCalled(room)),
    chat: (handle) => book.messages(personalOf(handle).id),
    file({ attachments }) {
      const shown = attachments.find(({ contentType }) => contentType === FILE_INFO);
      const id = String(asJson(shown?.content).uniqueId);
      return shown && { name: shown.name ?? '', bytes: book.bytes(id) };
    },
    dialog: (handle) => dialogs.of(tenant.account(handle).id),
    calls: eye.calls,
    get now() {
      return book.now;
    },
    answers: eye.answers,
    sends(handle, activity) {
      const act = { who: tenant.account(handle), room: personalOf(handle) };
      return stage.send({ ...invokeActivity(stage, act, 'unknown/invoke', {}), ...activity });
    },
    id: (name) => (name.startsWith('@') ? personalOf(name.slice(1)) : tenant.roomCalled(name)).id,
    until(find, untilOptions = {}) {
      const checked = () => {
        check();
        return find();
      };
      return look(checked, { seen: teams.transcript, ...untilOptions });
    },
    faults: book.faults,
    forgives: () => book.faults.splice(0),
    check,
    transcript: () => transcript(stage, eye),
    async stop() {
      await stage.stop();
      check();
    },
  };
  return teams;
}

/** Teams' way to say what a script says. */
function speaks(scripted: Scripted): Answer | undefined {
  const { retryAfter, error, status } = scripted;
  const body = (code: string) => ({ error: { code, message: `A script says ${code}` } });
  if (retryAfter !== undefined) return json(body('Throttled'), 429, { 'retry-after': String(retryAfter) });
  return error === undefined ? plainly(scripted) : json(body(error), status ?? 403);
}

function transcript({ tenant, book, dialogs }: Stage, { calls }: Eye): string {
  const nameOf = (id: string) => tenant.accountOf(id)?.handle ?? (id === BOT.id ? 'bot' : id);
  const roomName = (id: string) => {
    const room = tenant.room(id);
    return room?.kind === 'personal' ? `chat of ${room.members[0]?.handle}` : (room?.name ?? id);
  };
  const lines = book.all().map((message) => {
    const head = `${roomName(message.room)} ${nameOf(message.by)}${message.edited ? ' (edited)' : ''}`;
    const files = message.files.map((id) => `file: ${book.file(id)?.name}`);
    return `${head}:\n${indent([textOf(message), ...files].filter(Boolean).join('\n'))}`;
  });
  const open = tenant.accounts.flatMap(({ id, handle }) => {
    const dialog = dialogs.of(id);
    return dialog ? [`dialog of ${handle}:\n${indent(textOfDialog(dialog))}`] : [];
  });
  const last = calls.slice(-12).map(({ method, answer }) => {
    const code = asJson(answer?.error).code;
    return `  ${method} → ${answer === undefined ? 'no answer' : (code ?? 'ok')}`;
  });
  return [...lines, ...open, 'last calls:', ...last].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}
