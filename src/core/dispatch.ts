import { Refusal, type RefusalCode, refuse } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import { may } from './access.ts';
import type { Answer, Command, DroppedFile, Person, Request, Values } from './command.ts';
import type { Handout, MadeFile, OfferedFile } from './handout.ts';
import { keep } from './keep.ts';
import { declinedFile } from './offer.ts';
import type { Attempt, House, Origin, Owner, People, Presses, Report, Trail } from './ports.ts';
import type { Registry } from './registry.ts';
import {
  type Glance,
  glance,
  readMessage,
  requestFor,
  type Task,
  taskOf,
  taskOfMessage,
  taskOfPress,
} from './task.ts';
import type { Drawable, Option } from './view.ts';

/** One answer, ready for a door to draw, for the caller alone (A3). */
export interface Reply {
  view: Drawable;
  language: Language;
  /** In place of the message whose button was pressed. */
  replace: boolean;
  /** What others may read in its stead: see `Answer.open`. */
  open?: OpenReply;
  /** To be handed over in place of the view: see `Answer.file`. */
  file?: OfferedFile;
}

/** A file that was taken, in the language of its offer; or why it is not to be had. */
export type Taken = { file: Handout; language: Language } | { replies: Reply[] };

type OpenReply = Pick<Reply, 'view' | 'language'>;

/** A submitted form's fate: faults by field (nothing was done), or answers. */
export type Submitted = { faults: Record<string, string> } | { replies: Reply[] };

/** Every way in: what doors call, once they have acknowledged what must be acknowledged first (A6). */
export interface Dispatch {
  /** A typed line, without the leading "/vc". */
  line(from: Origin, line: string): Promise<Reply[]>;
  /** A pressed button, by its opaque id. */
  press(from: Origin, id: string): Promise<Reply[]>;
  /** A file that was offered is taken, once, by its opaque id: it is made again for whoever may have it now. */
  take(from: Origin, id: string): Promise<Taken>;
  /** A file that was offered is not wanted: it can be asked for again. */
  decline(from: Origin, id: string): Promise<Reply[]>;
  /** A submitted form, by its opaque id. Answers within the time that a platform gives for validation. */
  submit(from: Origin, id: string, values: Values): Promise<Submitted>;
  /** The options of a form's field for what has been typed. */
  search(from: Origin, id: string, field: string, typed: string): Promise<Option[]>;
  /**
   * A dropped file. In a channel, whoever may not import hears nothing (I8); what may have passed the next time is
   * thrown there: nothing was done, come again.
   */
  file(from: Origin, file: DroppedFile): Promise<Reply[]>;
  /** What somebody wrote to the bot in a direct conversation: a line, or a question about their own login. */
  message(from: Origin, text: string): Promise<Reply[]>;
}

export interface DispatchParts {
  registry: Registry;
  /** What a direct message that is no command line gets: the writer's own next step. */
  employee: Command;
  people: People;
  presses: Presses;
  trail: Trail;
  report: Report;
  house: House;
}

/** What one way in does: how its task is found, and what of the command it runs. */
interface Way<T> extends Glance {
  /** What the trail calls an attempt that names no verb. */
  name: string;
  /** What the trail calls this part of a command's work. */
  part?: string;
  task(person: Person): Promise<Task>;
  work(task: Task, request: Request): Promise<T>;
  /** Somebody waits for a platform's time limit: whoever was looked up within ten minutes is believed. */
  atOnce?: true;
}

type Outcome<T> =
  | { ok: true; value: T; person: Person; language: Language }
  | { ok: false; refusal: Refusal; language: Language };

/** Faults that may have passed the next time. */
const passing: readonly RefusalCode[] = ['lookup_failed', 'unexpected'];

export function createDispatch(parts: DispatchParts): Dispatch {
  const { registry, employee, people, presses, house, trail } = parts;

  async function handle<T>(from: Origin, way: Way<T>): Promise<Outcome<T>> {
    const { surface, id: place } = from.place;
    const attempt: Attempt = {
      surface,
      who: from.platformId,
      place,
      what: way.verb ?? way.name,
      outcome: '',
    };
    let language = way.language ?? people.languageOf(from) ?? house.language;
    try {
      const person = await people.identify(from, way.atOnce);
      language = way.language ?? person.language ?? house.language;
      if (person.refused) throw refuse('person_refused');
      const task = await way.task(person);
      attempt.what = whatOf(task, way.part);
      language = way.language ?? task.language ?? language;
      if (!may(person.access, task.command.permission(task.args))) throw refuse('no_permission');
      const request = requestFor(task, from, person, language, (subject) => {
        attempt.subject = subject;
      });
      const value = await way.work(task, request);
      trail.record({ ...attempt, outcome: 'done' });
      return { ok: true, value, person, language };
    } catch (error) {
      if (!(error instanceof Refusal)) parts.report(error, attempt.what);
      const refusal = error instanceof Refusal ? error : refuse('unexpected');
      trail.record({ ...attempt, outcome: refusal.code });
      return { ok: false, refusal, language };
    }
  }

  async function answer(from: Origin, way: Way<Answer[]>): Promise<Reply[]> {
    return replies(await handle(from, way));
  }

  /** Keeps what the buttons do, and makes the replies: never a rejection, so a door always has something to say. */
  async function replies(outcome: Outcome<Answer[]>): Promise<Reply[]> {
    if (!outcome.ok) return [faultReply(outcome.refusal.text[outcome.language], outcome.language)];
    const made: Reply[] = [];
    try {
      for (const one of outcome.value) made.push(await reply(one, outcome.person, outcome.language));
    } catch (error) {
      parts.report(error, 'replies');
      made.push(faultReply(refuse('unanswered').text[outcome.language], outcome.language));
    }
    return made;
  }

  async function reply(answer: Answer, { id: personId }: Person, language: Language): Promise<Reply> {
    const { view, replace = false, open, file } = answer;
    const owner = { personId, language };
    const kept = await keep(view, presses, owner);
    return {
      view: kept,
      language,
      replace,
      ...(open ? { open: await openReply(open, owner) } : {}),
      ...(file ? { file: await offer(file, owner) } : {}),
    };
  }

  async function openReply(open: NonNullable<Answer['open']>, owner: Owner): Promise<OpenReply> {
    return { view: await keep(open(house.language), presses, owner), language: house.language };
  }

  async function offer({ line, ...file }: MadeFile, owner: Owner): Promise<OfferedFile> {
    const [id = ''] = await presses.keep([{ line, acting: true }], owner);
    return { ...file, id };
  }

  const pressed = async (id: string, person: Person) =>
    taskOfPress(id, await presses.find(id), registry, person);
  const run = (task: Task, request: Request) => task.command.run(request, task.args);

  return {
    line: (from, line) =>
      answer(from, {
        name: 'line',
        ...glance(line, registry),
        task: async (person) => taskOf(line, registry, person),
        work: run,
      }),

    press: (from, id) => answer(from, { name: 'press', task: (person) => pressed(id, person), work: run }),

    async take(from, id) {
      const outcome = await handle(from, {
        name: 'take',
        part: 'take',
        task: (person) => pressed(id, person),
        async work(task, request) {
          const file = (await run(task, request)).find((answer) => answer.file)?.file;
          if (!file) throw refuse('press_expired');
          await presses.spend(id);
          return { file, language: request.language };
        },
      });
      return outcome.ok ? outcome.value : { replies: await replies(outcome) };
    },

    decline: (from, id) =>
      answer(from, {
        name: 'decline',
        part: 'decline',
        task: (person) => pressed(id, person),
        async work(_task, { language }) {
          const { line = '' } = (await presses.find(id)) ?? {};
          return [{ view: declinedFile(line, language), replace: true }];
        },
      }),

    message(from, text) {
      const written = readMessage(text, registry);
      return answer(from, {
        name: 'message',
        ...written,
        task: async (person) => taskOfMessage(written, registry, employee, person),
        work: run,
      });
    },

    async submit(from, id, values) {
      const outcome = await handle(from, {
        name: 'submit',
        part: 'submit',
        atOnce: true,
        task: (person) => pressed(id, person),
        work: async ({ command, args }, request) => {
          if (!command.submit) throw refuse('press_expired');
          return command.submit(request, args, values);
        },
      });
      const faults = outcome.ok ? {} : faultsOf(outcome.refusal, outcome.language);
      if (Object.keys(faults).length > 0) return { faults };
      return { replies: await replies(outcome) };
    },

    async search(from, id, field, typed) {
      const outcome = await handle(from, {
        name: 'search',
        part: 'search',
        atOnce: true,
        task: (person) => pressed(id, person),
        work: async ({ command, args }, request) => command.search?.(request, args, field, typed) ?? [],
      });
      return outcome.ok ? outcome.value : [];
    },

    async file(from, file) {
      const task = { command: registry.all.find((one) => one.drop) ?? employee, args: [] };
      const outcome = await handle(from, {
        name: whatOf(task, 'drop'),
        part: 'drop',
        task: async () => task,
        work: async ({ command }, request) => command.drop?.(request, file) ?? [],
      });
      if (outcome.ok || from.place.kind !== 'channel') return replies(outcome);
      if (passing.includes(outcome.refusal.code)) throw outcome.refusal;
      return [];
    },
  };
}

/** A5: the verb, what of it, and which part of its work, such as "domains allow" or "verify search". */
function whatOf({ command, args }: Task, part: string | undefined): string {
  return [command.name, command.action?.(args), part].filter(Boolean).join(' ');
}

/** What a refused form says at its fields; nothing where the refusal is about none of them. */
function faultsOf(refusal: Refusal, language: Language): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!refusal.field) return faults;
  for (const { field, text } of [refusal, ...refusal.also]) {
    if (!field) continue;
    const before = faults[field];
    faults[field] = before ? `${before} ${text[language]}` : text[language];
  }
  return faults;
}

/** What tells the caller alone that something did not go, in the given language. */
export function faultReply(text: string, language: Language): Reply {
  return { view: { kind: 'note', tone: 'fault', text }, language, replace: false };
}
