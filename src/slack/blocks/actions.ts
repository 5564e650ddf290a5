import type { types } from '@slack/bolt';
import type { Link, Pressable, Question } from '../../core/view.ts';
import { limits } from '../limits.ts';
import { type Block, plain } from './rich.ts';

/** How the action_id of a button begins that runs a stored line; one that opens a page begins otherwise. */
export const pressed = 'press';
const opened = 'open';

/** Buttons in rows of as many as a block holds. */
export function actionsBlocks(actions: readonly (Pressable | Link)[] = []): Block[] {
  const { elements: most } = limits.actions;
  const elements = actions.map((action, index) => button(action, String(index)));
  return Array.from({ length: Math.ceil(elements.length / most) }, (_, row) => ({
    type: 'actions',
    elements: elements.slice(row * most, (row + 1) * most),
  }));
}

/** One button; `name` tells it from others of the message, `about` tells a screen reader what it is about. */
export function button(action: Pressable | Link, name: string, about?: string): types.Button {
  return {
    type: 'button',
    text: plain(action.label, limits.button.label),
    ...('url' in action
      ? { action_id: `${opened}-${name}`, url: action.url }
      : { action_id: `${pressed}-${name}`, value: action.id }),
    ...(action.style ? { style: action.style } : {}),
    ...('ask' in action && action.ask ? { confirm: question(action.ask, action.style) } : {}),
    ...(about
      ? { accessibility_label: plain(`${action.label}: ${about}`, limits.button.screenReader).text }
      : {}),
  };
}

function question({ title, text, yes, no }: Question, style: Pressable['style']): types.ConfirmationDialog {
  return {
    title: plain(title, limits.confirm.title),
    text: plain(text, limits.confirm.text),
    confirm: plain(yes, limits.confirm.button),
    deny: plain(no, limits.confirm.button),
    ...(style === 'danger' ? { style } : {}),
  };
}
