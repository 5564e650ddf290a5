import type { Book } from './book.ts';
import { type Answer, bodyOf, type Request, refused } from './http.ts';
import { limits } from './limits.ts';
import { overloaded } from './overloaded.ts';
import type { View } from './types.ts';
import type { Workspace } from './workspace.ts';

/** The trigger_ids that were handed out, each good for one modal within three seconds. */
export interface Modals {
  trigger(user: string): string;
  /** Answers views.open and views.push; `forward` hands the call to the emulator. */
  open(name: string, request: Request, forward: (args: Request['args']) => Promise<Answer>): Promise<Answer>;
}

export function watchModals(workspace: Workspace, book: Book): Modals {
  const triggers = new Map<string, { user: string; born: number; used: boolean }>();
  let count = 0;

  /** What is wrong with a trigger_id, for a person to read and as Slack's code. */
  function faultOf(id: string): { sentence: string; error: string } | undefined {
    const trigger = triggers.get(id);
    if (!trigger) return { sentence: 'with a trigger_id that Slack never gave', error: 'invalid_trigger_id' };
    if (trigger.used) {
      return { sentence: 'with a trigger_id that was used already', error: 'exchanged_trigger_id' };
    }
    const age = performance.now() - trigger.born;
    if (age <= limits.triggerSeconds * 1_000 || overloaded()) return undefined;
    return {
      sentence: `${Math.round(age)} ms after the act: a trigger_id lives three seconds`,
      error: 'expired_trigger_id',
    };
  }

  return {
    trigger(user) {
      const id = `${Date.now()}.${++count}.trigger`;
      triggers.set(id, { user, born: performance.now(), used: false });
      return id;
    },
    async open(name, { args }, forward) {
      const id = String(args.trigger_id);
      const fault = faultOf(id);
      const trigger = triggers.get(id);
      if (fault || !trigger) {
        book.faults.push(`${name} ${fault?.sentence}`);
        return refused(fault?.error ?? 'invalid_trigger_id');
      }
      trigger.used = true;
      const under = name === 'views.push' ? { view_id: book.views(trigger.user).at(-1)?.id } : {};
      const fresh = await workspace.call(
        'views.generateTriggerId',
        { user_id: trigger.user, ...under },
        'bot',
      );
      const answer = await forward({ ...args, trigger_id: fresh.trigger_id });
      const { ok, view } = bodyOf(answer);
      if (ok) book.show(trigger.user, view as View);
      return answer;
    },
  };
}
