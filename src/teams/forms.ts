import type { Values } from '../core/command.ts';
import type { Dispatch, Reply } from '../core/dispatch.ts';
import type { Origin } from '../core/ports.ts';
import type { Option } from '../core/view.ts';
import { within } from '../doors/background.ts';
import { faultsUnder, repliesOf } from '../doors/faults.ts';
import type { Language } from '../rules/language.ts';
import type { Answer } from './adapter.ts';
import { drawOptions } from './cards/form.ts';
import type { Back, Deliver } from './deliver.ts';
import { closed, readShown, type Shown, say, sayInstead, showForm } from './dialog.ts';
import { unknownPlace } from './events.ts';
import { limits } from './limits.ts';
import { words } from './words.ts';

/** Answers, and the way back. */
export interface Answered {
  replies: readonly Reply[];
  back: Back;
}

export interface FormParts {
  dispatch: Dispatch;
  /** What a pressed button answers, and to whom. */
  press(back: Back, id: string): Promise<Answered>;
  /** Whoever asks, with who reads along; undefined: nobody knows. */
  readBy(back: Back): Promise<Back | undefined>;
  deliver: Deliver;
  /** Runs work that goes on after its acknowledgement. */
  background(work: () => Promise<void>): void;
  /** Of what is said to somebody whose own language is not known. */
  language: Language;
}

/** A form that was submitted: the id of its line, what its dialog handed back, and what was filled in. */
export interface Submission {
  id: string;
  shown: unknown;
  values: Values;
}

/** Forms as Teams' dialogs: each answer comes while Teams waits, what takes longer as messages. */
export interface Forms {
  /** A button that opens a form was pressed. */
  open(back: Back, id: string): Promise<Answer>;
  submit(back: Back, submission: Submission): Promise<Answer>;
  search(back: Back, id: string, field: string, typed: string): Promise<Answer>;
}

export function createForms({ dispatch, press, readBy, deliver, background, language }: FormParts): Forms {
  /** The form once more, as it was filled in, with the name of whoever was chosen. */
  async function again(
    from: Origin,
    { id, values }: Submission,
    shown: Shown,
    faults: Record<string, string>,
  ) {
    const { fields } = shown.form;
    const names = fields.map(({ name }) => name);
    const filled = fields.map(async ({ name, type }) => {
      const value = values[name] ?? '';
      return [name, type === 'user' && value ? await chosen(from, id, name, value) : value] as const;
    });
    return showForm(shown, {
      faults: faultsUnder(names, faults),
      values: Object.fromEntries(await Promise.all(filled)),
    });
  }

  async function chosen(from: Origin, id: string, field: string, value: string): Promise<Option | string> {
    const found = await within(limits.searchMs, dispatch.search(from, id, field, value));
    return found?.find((option) => option.value === value) ?? value;
  }

  async function submit(back: Back, { id, values }: Submission) {
    const by = await readBy(back);
    if (by) return { fate: await dispatch.submit(by.from, id, values), back: by };
    return { fate: { replies: [unknownPlace(back.language ?? language)] }, back };
  }

  async function search(back: Back, id: string, field: string, typed: string): Promise<Option[]> {
    const by = await readBy(back);
    return by ? dispatch.search(by.from, id, field, typed) : [];
  }

  return {
    async open(back, id) {
      const answering = press(back, id);
      const answered = await within(limits.formMs, answering);
      if (!answered) {
        background(() => answering.then((late) => deliver(late.replies, late.back)));
        return say(words.late[back.language ?? language]);
      }
      const { replies } = answered;
      const [answer, left] = opened(replies, replies[0]?.language ?? back.language ?? language);
      background(() => deliver(left, answered.back));
      return answer;
    },

    async submit(back, submission) {
      const submitted = submit(back, submission);
      const done = await within(limits.validationMs, submitted);
      const shown = readShown(submission.shown);
      if (done && 'faults' in done.fate && shown)
        return again(done.back.from, submission, shown, done.fate.faults);
      background(async () => {
        const { fate, back: by } = await submitted;
        await deliver(repliesOf(fate, by.language ?? language), by);
      });
      return closed;
    },

    async search(back, id, field, typed) {
      const found = await within(limits.searchMs, search(back, id, field, typed));
      const value = { results: drawOptions(found ?? []) };
      const type = 'application/vnd.microsoft.search.searchResponse';
      return { status: 200, body: { statusCode: 200, type, value } };
    },
  };
}

/** What a dialog shows of some answers, and those that it does not. */
function opened(replies: readonly Reply[], language: Language): [Answer, readonly Reply[]] {
  for (const reply of replies) {
    if (reply.view.kind === 'form') {
      const answer = showForm({ form: reply.view, language: reply.language });
      return [answer, replies.filter((one) => one !== reply)];
    }
  }
  return sayInstead(replies, language);
}
