import type { Action, Attachment, Card, Element } from './types.ts';

export const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';
export const FILE_CONSENT = 'application/vnd.microsoft.teams.card.file.consent';
export const FILE_INFO = 'application/vnd.microsoft.teams.card.file.info';

/** The Adaptive Cards of a message. */
export function cardsOf({ attachments }: { readonly attachments: readonly Attachment[] }): Card[] {
  return attachments
    .filter(({ contentType }) => contentType === ADAPTIVE_CARD)
    .map(({ content }) => content as Card);
}

/** Every element of a card that is shown, in the order in which it is read; those of the cards behind buttons are not. */
export function elementsOf({ body = [] }: Card): Element[] {
  return body.flatMap(withInner);
}

function withInner(element: Element | string): Element[] {
  if (typeof element === 'string' || element.isVisible === false) return [];
  return [element, ...innerOf(element).flatMap(withInner)];
}

function innerOf({ items = [], columns = [], rows = [], cells = [] }: Element): (Element | string)[] {
  // A table's columns have no type of their own: what is read stands in its rows.
  return [...items, ...columns.filter(({ type }) => type !== undefined), ...rows, ...cells];
}

/** A button of a card, with the buttons that had to be pressed to come to it. */
export interface FoundAction {
  readonly action: Action;
  /** The outermost first; those that show a card. */
  readonly behind: readonly Action[];
  /** The card that it stands in. */
  readonly card: Card;
}

/** Every button of a card, in the order in which it is read; one that shows a card is followed by that card's. */
export function actionsOf(card: Card, behind: readonly Action[] = []): FoundAction[] {
  const sets = elementsOf(card).map(({ actions = [], selectAction }) => [
    ...actions,
    ...(selectAction ? [selectAction] : []),
  ]);
  return [...sets.flat(), ...(card.actions ?? [])].flatMap((action) => [
    { action, behind, card },
    ...(action.card ? actionsOf(action.card, [...behind, action]) : []),
  ]);
}

/** What a person can fill in on a card. */
export function inputsOf(card: Card): Element[] {
  return elementsOf(card).filter(({ type }) => type.startsWith('Input.'));
}

/** What a text element says. */
export function wordsOf({ text = '', inlines = [] }: Element): string {
  return text + inlines.map((inline) => (typeof inline === 'string' ? inline : (inline.text ?? ''))).join('');
}
