import type { Button, ConfirmView, Question } from '../../core/view.ts';

/** A button that asks before its press counts. */
export type AskingButton = Button & { ask: Question };

/**
 * What a button asks, as a message: for whoever typed its line. `about` says of what or of whom; `others`: what else can
 * be done.
 */
export function asking(
  { ask, ...button }: AskingButton,
  about: string,
  others: Button[],
): ConfirmView<Button> {
  return {
    kind: 'confirm',
    title: ask.title,
    text: `${about} ${ask.text}`,
    counts: [],
    actions: [button, ...others],
  };
}
