import {
  type Action,
  AdaptiveCard,
  ExecuteAction,
  Input,
  OpenUrlAction,
  RichTextBlock,
  SerializationContext,
  SubmitAction,
  TextColor,
  TextRun,
  Versions,
} from 'adaptivecards';
import type { Card } from '../../wire.ts';
import { hostConfig } from './host-config.ts';
import { elementsWith, type Searching } from './searched.tsx';

/** What a card's inputs hold, by their ids. */
export type Values = Readonly<Record<string, string>>;

/** What happens at a card. */
export interface Happenings extends Searching {
  /** A button that tells the bot, by its id. */
  press(action: string, values: Values): Promise<unknown>;
  open(url: string): void;
}

export interface Drawn {
  readonly element: HTMLElement;
  /** What is filled in where a fault stands below, in the order of the card. */
  readonly faulty: readonly HTMLElement[];
}

/** Draws a card as Teams does. */
export function draw(card: Card, happenings: Happenings): Drawn {
  const parsed = new AdaptiveCard();
  parsed.hostConfig = hostConfig;
  // Searched lists are of a later version than the cards that Teams takes them in.
  const context = new SerializationContext(Versions.v1_6);
  context.setElementRegistry(elementsWith(happenings));
  parsed.parse(card, context);
  parsed.onExecuteAction = (action) => void execute(action, parsed, happenings);
  // What unfolds below what is seen is scrolled to.
  parsed.onInlineCardExpanded = ({ card: unfolded }, isExpanded) => {
    if (isExpanded) unfolded.renderedElement?.scrollIntoView({ block: 'nearest' });
  };
  const element = parsed.render() ?? document.createElement('div');
  // A card is a part of its message: the focus is on what can be pressed in it.
  element.removeAttribute('tabindex');
  for (const action of parsed.getAllActions()) nameWhole(action);
  return { element, faulty: tieFaults(parsed) };
}

async function execute(action: Action, card: AdaptiveCard, { press, open }: Happenings): Promise<void> {
  const { renderedElement: button, id = '' } = action;
  if (action instanceof OpenUrlAction) open(action.url ?? '');
  if (!(action instanceof ExecuteAction || action instanceof SubmitAction)) return;
  if (button?.ariaBusy === 'true') return;
  button?.setAttribute('aria-busy', 'true');
  await press(id, valuesOf(card));
  button?.removeAttribute('aria-busy');
}

function valuesOf(card: AdaptiveCard): Values {
  return Object.fromEntries(card.getAllInputs().map(({ id = '', value }) => [id, String(value ?? '')]));
}

/** A button's whole name, with what it is about, for whoever does not see what it stands beside. */
function nameWhole({ tooltip, renderedElement }: Action): void {
  if (tooltip) renderedElement?.setAttribute('aria-label', tooltip);
}

/** Tells whoever listens that the text below an input is what is wrong with it. */
function tieFaults(card: AdaptiveCard): HTMLElement[] {
  const items = Array.from({ length: card.getItemCount() }, (_, index) => card.getItemAt(index));
  return items.flatMap((item, index) => {
    const control = item instanceof Input ? controlOf(item) : null;
    const below = items[index + 1];
    if (!control || !(below instanceof RichTextBlock) || !isFault(below)) return [];
    const { renderedElement } = below;
    if (!renderedElement) return [];
    renderedElement.id = `${control.id}-fault`;
    control.setAttribute('aria-describedby', renderedElement.id);
    control.setAttribute('aria-invalid', 'true');
    return [control];
  });
}

/** What one types or chooses in. */
const controlOf = ({ renderedElement }: Input) =>
  renderedElement?.querySelector<HTMLElement>('input, select, textarea');

function isFault(text: RichTextBlock): boolean {
  const first = text.getInlineCount() > 0 ? text.getInlineAt(0) : undefined;
  return first instanceof TextRun && first.color === TextColor.Attention;
}
