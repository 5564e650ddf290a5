import type { Link, Pressable, Question } from '../../core/view.ts';
import { cut } from '../../rules/text.ts';
import { limits } from '../limits.ts';
import type { Action, ActionSet } from './card.ts';
import { line, sentence, words } from './text.ts';

const styles = { primary: 'positive', danger: 'destructive' } as const;

/** A message's buttons: those of the card itself, or where they are too many, rows of them at the end of its body. */
export function actionsOf(all: readonly (Pressable | Link)[] = []): {
  actions?: Action[];
  body: ActionSet[];
} {
  const { inRow } = limits.actions;
  const actions = all.map((action) => button(action));
  if (actions.length <= inRow) return { ...(actions.length > 0 ? { actions } : {}), body: [] };
  const body = Array.from({ length: Math.ceil(actions.length / inRow) }, (_, row) =>
    actionSet(actions.slice(row * inRow, (row + 1) * inRow)),
  );
  return { body };
}

export function actionSet(actions: Action[]): ActionSet {
  return { type: 'ActionSet', actions };
}

/** One button; `about` says what it is about, where the label alone does not. */
export function button(action: Pressable | Link, about?: string): Action {
  const title = cut(action.label, limits.button);
  const look = {
    title,
    ...(action.style ? { style: styles[action.style] } : {}),
    ...(about ? { tooltip: cut(`${title}: ${about}`, limits.title) } : {}),
  };
  if ('url' in action) return { type: 'Action.OpenUrl', ...look, url: action.url };
  if (!action.ask) return press(action, look);
  return { type: 'Action.ShowCard', ...look, card: question(action.ask, action) };
}

type Titled = Pick<Action, 'title' | 'style' | 'tooltip'>;

/** A form opens only from an Action.Submit that asks for it. */
function press({ id, opensForm }: Pressable, look: Titled): Action {
  if (opensForm)
    return { type: 'Action.Submit', ...look, data: { press: id, msteams: { type: 'task/fetch' } } };
  const data = { press: id };
  return {
    type: 'Action.Execute',
    ...look,
    verb: 'press',
    data,
    fallback: { type: 'Action.Submit', ...look, data },
  };
}

/** What is asked before the press counts. Whoever does not want to folds the question up again. */
function question({ title, text, yes }: Question, action: Pressable) {
  const style = action.style ? { style: styles[action.style] } : {};
  return {
    type: 'AdaptiveCard' as const,
    body: [
      ...line(words(cut(title, limits.title), { weight: 'bolder' })),
      ...line(sentence(text), { spacing: 'small' }),
    ],
    actions: [press(action, { title: cut(yes, limits.button), ...style })],
  };
}
