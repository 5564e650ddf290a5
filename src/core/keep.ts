import type { Owner, Presses } from './ports.ts';
import type { Button, Drawable, Link, MessageView, Pressable, View } from './view.ts';

/** How the lines behind buttons get into the store: `Presses['keep']` for their owner, or a live message's own way. */
type Keep = (buttons: Parameters<Presses['keep']>[0]) => Promise<string[]>;

/** Puts the lines behind a view's buttons (or its form) into the store, and gives the view with opaque ids. */
export async function keep(view: View, presses: Pick<Presses, 'keep'>, owner: Owner): Promise<Drawable> {
  const put: Keep = (buttons) => presses.keep(buttons, owner);
  if (view.kind !== 'form') return keepButtons(view, put);
  const { line, ...form } = view;
  // A form acts: submitted twice, it works once.
  const [id = ''] = await put([{ line, acting: true }]);
  return { ...form, id };
}

/** As `keep`, for a message. */
export async function keepButtons(view: MessageView, put: Keep): Promise<MessageView<Pressable>> {
  const buttons = buttonsOf(view);
  const ids = buttons.length > 0 ? await put(buttons) : [];
  const kept = new Map(buttons.map((button, i) => [button, pressable(button, ids[i] ?? '')]));
  return replaceButtons(view, (action) =>
    'url' in action ? action : (kept.get(action) ?? pressable(action, '')),
  );
}

function pressable({ line: _line, acting: _acting, ...shown }: Button, id: string): Pressable {
  return { ...shown, id };
}

function buttonsOf(view: MessageView): Button[] {
  const rows = view.kind === 'table' ? view.rows.flatMap(({ action }) => action ?? []) : [];
  return [...rows, ...(view.actions ?? [])].filter((action) => 'line' in action);
}

function replaceButtons(
  view: MessageView,
  replace: (action: Button | Link) => Pressable | Link,
): MessageView<Pressable> {
  const { actions: all, ...rest } = view;
  const actions = all ? { actions: all.map(replace) } : {};
  if (rest.kind !== 'table') return { ...rest, ...actions };
  const rows = rest.rows.map(({ cells, action }) =>
    action ? { cells, action: replace(action) } : { cells },
  );
  return { ...rest, ...actions, rows };
}
