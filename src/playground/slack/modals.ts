import { randomBytes } from 'node:crypto';
import { type Answer, json } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import type { SlackBook } from './book.ts';
import { refused } from './http.ts';
import { randomId } from './ids.ts';
import { limits } from './limits.ts';
import { withIds } from './naming.ts';
import type { Option, View } from './types.ts';
import { BOT, TEAM } from './workspace.ts';

/** The open modals, and the trigger_ids that were handed out: each good for one modal within three seconds. */
export interface Modals {
  trigger(user: string): string;
  /** Answers views.open and views.push. */
  open(name: 'views.open' | 'views.push', args: Json): Answer;
  /** Answers views.update. */
  update(args: Json): Answer;
  /** The open modals of a person (an id), the topmost last. */
  stack(user: string): readonly View[];
  /** What a submission answers: another modal in place of this one, or on top of it. */
  replace(user: string, view: View, by: View): void;
  push(user: string, view: View): void;
  /** Closes the topmost modal, or all of them. */
  close(user: string, all: boolean): void;
  /** Remembers what a menu offered last, to know the option that is chosen then. A modal's menu begins with its id. */
  offer(menu: string, options: readonly Option[]): void;
  offered(menu: string): readonly Option[];
}

const mostModals = 3;

/** `excuses`: whether lateness tells nothing now. */
export function watchModals(book: Pick<SlackBook, 'fault' | 'changed'>, excuses: () => boolean): Modals {
  const triggers = new Map<string, { user: string; born: number; used: boolean }>();
  const stacks = new Map<string, readonly View[]>();
  const offers = new Map<string, readonly Option[]>();
  const stack = (user: string) => stacks.get(user) ?? [];
  const show = (user: string, views: readonly View[]) => {
    const closed = stack(user).filter(({ id }) => views.every((view) => view.id !== id));
    stacks.set(user, views);
    for (const { id } of closed)
      for (const menu of offers.keys()) if (menu.startsWith(`${id} `)) offers.delete(menu);
    book.changed();
  };

  /** What is wrong with a trigger_id, for a person to read and as Slack's code. */
  function faultOf(id: string): { sentence: string; error: string } | undefined {
    const trigger = triggers.get(id);
    if (!trigger) return { sentence: 'with a trigger_id that Slack never gave', error: 'invalid_trigger_id' };
    if (trigger.used) {
      return { sentence: 'with a trigger_id that was used already', error: 'exchanged_trigger_id' };
    }
    const age = performance.now() - trigger.born;
    if (age <= limits.triggerSeconds * 1_000 || excuses()) return undefined;
    return {
      sentence: `${Math.round(age)} ms after the act: a trigger_id lives three seconds`,
      error: 'expired_trigger_id',
    };
  }

  /** The person who has this view open. */
  function holderOf(wanted: (view: View) => boolean): { user: string; view: View } | undefined {
    for (const [user, views] of stacks) {
      const view = views.find(wanted);
      if (view) return { user, view };
    }
    return undefined;
  }

  const pushed = (user: string, view: View): View => {
    const under = stack(user).at(-1);
    const made = madeFrom(view, under);
    show(user, [...stack(user), made]);
    return made;
  };
  const replaced = (user: string, old: View, by: View): View => {
    const made = { ...madeFrom(by, undefined), ...placeOf(old) };
    show(
      user,
      stack(user).map((view) => (view.id === old.id ? made : view)),
    );
    return made;
  };

  return {
    trigger(user) {
      for (const [id, { born }] of triggers) if (performance.now() - born > 3_600_000) triggers.delete(id);
      const id = `${Date.now()}.${randomBytes(8).toString('hex')}`;
      triggers.set(id, { user, born: performance.now(), used: false });
      return id;
    },
    open(name, args) {
      const id = String(args.trigger_id);
      const fault = faultOf(id);
      const trigger = triggers.get(id);
      if (fault || !trigger) {
        book.fault(`${name} ${fault?.sentence}`);
        return refused(fault?.error ?? 'invalid_trigger_id');
      }
      const view = modalIn(args.view);
      if (!view) return refused('invalid_view');
      trigger.used = true;
      const { user } = trigger;
      if (name === 'views.open') {
        show(user, []);
      } else if (stack(user).length === 0) return refused('view_not_found');
      if (stack(user).length >= mostModals) return refused('push_limit_reached');
      return json({ ok: true, view: pushed(user, view) });
    },
    update(args) {
      const { view_id: id, external_id: external, hash } = args;
      const held = holderOf((view) => (id ? view.id === id : !!external && view.external_id === external));
      if (!held) return refused('not_found');
      if (hash && hash !== held.view.hash) return refused('hash_conflict');
      const view = modalIn(args.view);
      if (!view) return refused('invalid_view');
      return json({ ok: true, view: replaced(held.user, held.view, view) });
    },
    stack,
    replace: replaced,
    push: pushed,
    close: (user, all) => show(user, all ? [] : stack(user).slice(0, -1)),
    offer: (menu, options) => offers.set(menu, options),
    offered: (menu) => offers.get(menu) ?? [],
  };
}

function modalIn(value: unknown): View | undefined {
  const view = value as View | null;
  const isModal = typeof view === 'object' && view?.type === 'modal';
  return isModal && view.title && Array.isArray(view.blocks) ? view : undefined;
}

/** A view as Slack gives it back, with an id of its own. */
function madeFrom(view: View, under: View | undefined): View & Json {
  const id = randomId('V');
  return {
    id,
    team_id: TEAM,
    type: 'modal',
    ...(view.title ? { title: view.title } : {}),
    submit: view.submit ?? null,
    close: view.close ?? null,
    blocks: withIds(view.blocks),
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    external_id: view.external_id ?? '',
    state: { values: {} },
    hash: `${Date.now()}.${randomBytes(4).toString('hex')}`,
    clear_on_close: false,
    notify_on_close: view.notify_on_close ?? false,
    root_view_id: under?.root_view_id ?? under?.id ?? id,
    previous_view_id: under?.id ?? null,
    app_id: BOT.app,
    bot_id: BOT.bot,
  };
}

/** What a view keeps when its content is replaced. */
function placeOf({ id, root_view_id, previous_view_id }: View): Pick<View, 'id'> {
  return { id, ...(root_view_id ? { root_view_id } : {}), ...(previous_view_id ? { previous_view_id } : {}) };
}
