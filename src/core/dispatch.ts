import { Refusal, refuse } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import { looksSwedish, type Token, tokenize } from '../rules/line.ts';
import { may } from './access.ts';
import type { Answer, Command, DroppedFile, Person, Request, Values } from './command.ts';
import { keep } from './keep.ts';
import type { House, Origin, People, Presses, Report, StoredPress, Trail } from './ports.ts';
import type { Registry } from './registry.ts';
import type { Drawable, Option, View } from './view.ts';

/** One answer, ready for a door to draw. */
export interface Reply {
  to: Answer['to'];
  view: Drawable;
  language: Language;
  /** In place of the message whose button was pressed. */
  replace: boolean;
}

/** A submitted form's fate: faults by field (nothing was done), or answers. */
export type Submitted = { faults: Record<string, string> } | { replies: Reply[] };

/** Every way in: what doors call, once they have acknowledged what must be acknowledged first. */
export interface Dispatch {
  /** A typed line, without the leading "/vc". */
  line(from: Origin, line: string): Promise<Reply[]>;
  /** A pressed button, by its opaque id. */
  press(from: Origin, id: string): Promise<Reply[]>;
  /** A submitted form, by its opaque id. Answers within the time that a platform gives for validation. */
  submit(from: Origin, id: string, values: Values): Promise<Submitted>;
  /** The options of a form's field for what has been typed. */
  search(from: Origin, id: string, field: string, typed: string): Promise<Option[]>;
  /** A dropped file. In a channel, whoever may not import hears nothing (I8). */
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

interface Task {
  command: Command;
  args: readonly Token[];
  language: Language | undefined;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { registry, employee, people, presses, trail, report, house } = parts;

  /** The command and arguments of a line; the line's own language, where a word of it tells. */
  function parse(line: string, person: Person): Task {
    const tokens = tokenize(line);
    const [verb, ...args] = tokens;
    const name = verb?.kind === 'word' ? verb.text : undefined;
    const command = registry.find(name ?? 'help');
    const language = looksSwedish(tokens) || command?.swedish.includes(name ?? '') ? 'sv' : undefined;
    if (!command) throw unknownVerb(name ?? '', person);
    return { command, args, language };
  }

  function unknownVerb(verb: string, person: Person): Refusal {
    const near = registry.nearest(verb, person.access);
    return refuse('unknown_verb', { verb, ...(near ? { nearest: near } : {}) });
  }

  function request(from: Origin, person: Person, language: Language | undefined, press?: string): Request {
    const chosen = language ?? person.language ?? house.language;
    const base = { person, place: from.place, language: chosen, say: (text: Record<Language, string>) => text[chosen] };
    return press === undefined ? base : { ...base, press };
  }

  /** Runs one task with the access check and the audit that every way in passes (A5, A6). */
  async function attempt<T>(from: Origin, task: Task, person: Person, work: () => Promise<T>): Promise<T> {
    const log = (outcome: string) =>
      trail.record({
        surface: from.place.surface,
        who: from.platformId,
        place: from.place.id,
        what: task.command.name,
        outcome,
      });
    try {
      if (!may(person.access, task.command.permission(task.args))) throw refuse('no_permission');
      const result = await work();
      log('done');
      return result;
    } catch (error) {
      log(error instanceof Refusal ? error.code : 'failed');
      throw error;
    }
  }

  async function finish(answers: Answer[], language: Language, person: Person | undefined): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (const { to, view, replace } of answers) {
      const owner = to === 'place' ? null : (person?.id ?? null);
      const read = to === 'place' ? house.language : language;
      replies.push({ to, view: await keep(view, presses, owner), language: read, replace: replace ?? false });
    }
    return replies;
  }

  /** Turns whatever went wrong into a sentence for the caller. */
  async function refused(error: unknown, doing: string, language: Language): Promise<Reply[]> {
    if (!(error instanceof Refusal)) report(error, doing);
    const refusal = error instanceof Refusal ? error : refuse('unexpected');
    const view: View = { kind: 'note', tone: 'fault', text: refusal.text[language] };
    return finish([{ to: 'caller', view }], language, undefined);
  }

  /** Identify, choose, check, run, answer: the one way through. */
  async function handle(
    from: Origin,
    doing: string,
    choose: (person: Person) => Promise<Task & { press?: string }>,
    work: (command: Command, request: Request, args: readonly Token[]) => Promise<Answer[]>,
  ): Promise<Reply[]> {
    let language = house.language;
    try {
      const person = await identify(from, doing);
      language = person.language ?? language;
      const task = await choose(person);
      language = task.language ?? language;
      const asked = request(from, person, task.language, task.press);
      const answers = await attempt(from, task, person, () => work(task.command, asked, task.args));
      return await finish(answers, language, person);
    } catch (error) {
      return refused(error, doing, language);
    }
  }

  async function identify(from: Origin, doing: string): Promise<Person> {
    try {
      return await people.identify(from);
    } catch (error) {
      const outcome = error instanceof Refusal ? error.code : 'failed';
      trail.record({ surface: from.place.surface, who: from.platformId, place: from.place.id, what: doing, outcome });
      throw error;
    }
  }

  async function stored(id: string, person: Person): Promise<StoredPress> {
    const press = await presses.find(id);
    if (!press || press.expired) throw refuse('press_expired');
    if (press.personId !== null && press.personId !== person.id) throw refuse('press_not_yours');
    if (press.acting && press.spent) throw refuse('press_spent');
    return press;
  }

  const run = (command: Command, asked: Request, args: readonly Token[]) => command.run(asked, args);

  return {
    line: (from, line) => handle(from, 'line', async (person) => parse(line, person), run),

    press: (from, id) =>
      handle(
        from,
        'press',
        async (person) => {
          const press = await stored(id, person);
          return { ...parse(press.line, person), ...(press.acting ? { press: id } : {}) };
        },
        run,
      ),

    async submit(from, id, values) {
      let language = house.language;
      try {
        const person = await identify(from, 'submit');
        language = person.language ?? language;
        const task = parse((await stored(id, person)).line, person);
        language = task.language ?? language;
        const { submit } = task.command;
        if (!submit) throw refuse('press_expired');
        const asked = request(from, person, task.language);
        const answers = await attempt(from, task, person, () => submit(asked, task.args, values));
        return { replies: await finish(answers, language, person) };
      } catch (error) {
        if (error instanceof Refusal && error.field) return { faults: { [error.field]: error.text[language] } };
        return { replies: await refused(error, 'submit', language) };
      }
    },

    async search(from, id, field, typed) {
      try {
        const person = await identify(from, 'search');
        const task = parse((await stored(id, person)).line, person);
        const { search } = task.command;
        if (!search || !may(person.access, task.command.permission(task.args))) return [];
        return await search(request(from, person, task.language), task.args, field, typed);
      } catch (error) {
        if (!(error instanceof Refusal)) report(error, 'search');
        return [];
      }
    },

    async file(from, file) {
      const command = registry.all.find((one) => one.drop);
      const drop = command?.drop;
      if (!command || !drop) return [];
      const task: Task = { command, args: [], language: undefined };
      const replies = await handle(from, 'file', async () => task, (_, asked) => drop(asked, file));
      const silent = from.place.kind === 'channel' && replies.every((reply) => isFault(reply));
      return silent ? [] : replies;
    },

    message: (from, text) =>
      handle(
        from,
        'message',
        async (person) => {
          const line = text.trim().replace(/^\/vc\b\s*/i, '');
          const typed = line === text.trim() ? registry.find(line.split(/\s/, 1)[0] ?? '') : employee;
          const isLine = typed && (typed === employee || may(person.access, typed.permission(tokenizeSafely(line).slice(1))));
          if (isLine) return parse(line, person);
          return { command: employee, args: [{ kind: 'word', text }], language: undefined };
        },
        run,
      ),
  };
}

const isFault = (reply: Reply): boolean => reply.view.kind === 'note' && reply.view.tone === 'fault';

function tokenizeSafely(line: string): Token[] {
  try {
    return tokenize(line);
  } catch {
    return [];
  }
}
