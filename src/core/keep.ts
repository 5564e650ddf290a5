import type { Presses } from './ports.ts';
import type { Button, Drawable, Link, MessageView, Pressable, View } from './view.ts';

/** Puts the lines behind a view's buttons (or its form) into the store, and gives the view with opaque ids. */
export async function keep(
  view: View,
  presses: Pick<Presses, 'keep'>,
  personId: number | null,
): Promise<Drawable> {
  if (view.kind !== 'form') return keepButtons(view, presses, personId);
  const { line, ...form } = view;
  const [id = ''] = await presses.keep([{ line, acting: false }], personId);
  return { ...form, id };
}

/** As `keep`, for a message. */
export async function keepButtons(
  view: MessageView,
  presses: Pick<Presses, 'keep'>,
  personId: number | null,
): Promise<MessageView<Pressable>> {
  const buttons = buttonsOf(view);
  const ids = buttons.length > 0 ? await presses.keep(buttons, personId) : [];
  const kept = new Map(buttons.map((button, i) => [button, pressable(button, ids[i] ?? '')]));
  return replaceButtons(view, (action) => kept.get(action as Button) ?? (action as Link));
}

function pressable({ line: _line, acting: _acting, ...shown }: Button, id: string): Pressable {
  return { ...shown, id };
}

function buttonsOf(view: MessageView): Button[] {
  const rows = view.kind === 'table' ? view.rows.flatMap((row) => row.action ?? []) : [];
  return [...rows, ...(view.actions ?? [])].filter((action) => 'line' in action);
}

function replaceButtons(
  view: MessageView,
  replace: (action: Button | Link) => Pressable | Link,
): MessageView<Pressable> {
  const actions = view.actions ? { actions: view.actions.map(replace) } : {};
  if (view.kind !== 'table') return { ...view, ...actions } as MessageView<Pressable>;
  const rows = view.rows.map(({ cells, action }) =>
    action ? { cells, action: replace(action) } : { cells },
  );
  return { ...view, ...actions, rows } as MessageView<Pressable>;
}
