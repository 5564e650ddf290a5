import type { Button, ConfirmView, Example } from '../../core/view.ts';
import { type Language, speaker } from '../../rules/language.ts';
import type { UserCard } from '../../services/users.ts';
import { asking } from '../parts/question.ts';
import { type AskedAction, buttons, userKey } from './parts/actions.ts';
import { anna } from './parts/samples.ts';

/** Asks before what was typed is done; on the card, the button asks the same. */
export function confirmCardAction(
  action: AskedAction,
  user: UserCard,
  language: Language,
): ConfirmView<Button> {
  const say = speaker(language);
  const button = { ...buttons[action](user, say), label: say('Bekräfta', 'Confirm') };
  return asking(button, `${user.name}, ${user.userId}.`, [
    { label: say('Avbryt', 'Cancel'), line: `user show ${userKey(user.userId)}`, acting: false },
  ]);
}

export const examples: Record<string, Example> = {
  'before an address is removed': (language) => confirmCardAction('remove-address', anna, language),
};
