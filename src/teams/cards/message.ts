import { fit, type Part } from '../../core/fit.ts';
import { plain } from '../../core/plain.ts';
import type { MessageView, Pressable } from '../../core/view.ts';
import type { Language } from '../../rules/language.ts';
import { cut, cutAtLine } from '../../rules/text.ts';
import { limits } from '../limits.ts';
import { actionsOf } from './actions.ts';
import { type Body, bodies } from './bodies.ts';
import type { Card, Element } from './card.ts';
import { header, line, sentence, words } from './text.ts';

/** What Teams is sent for a view. `summary` is what notifications and lists of chats show. */
export interface Drawn {
  card: Card;
  summary: string;
}

/** Draws a view as an Adaptive Card. What does not fit is left out by whole rows, with a line that says how many. */
export function drawMessage(view: MessageView<Pressable>, language: Language): Drawn {
  const body = bodies[view.kind] as Body<MessageView<Pressable>>;
  const summary = cutAtLine(plain(view, language), limits.message.summary);
  const draw = ({ view: part, moreRows, moreLines }: Part): Drawn => {
    const { actions, body: further } = actionsOf(part.actions);
    const elements = [
      ...header(part.title),
      ...body(part, language),
      ...more(moreRows),
      ...(part.lines ?? []).flatMap((one, index) =>
        line(sentence(one), { spacing: index === 0 ? 'medium' : 'small' }),
      ),
      ...more(moreLines),
      ...further,
    ];
    return { card: cardOf(elements, actions), summary };
  };
  return shortened(fit(view, language, draw, fits));
}

/** A whole card of these elements. */
export function cardOf(body: Element[], actions?: Card['actions']): Card {
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.5',
    msteams: { width: 'Full' },
    body,
    ...(actions ? { actions } : {}),
  };
}

function fits(drawn: Drawn): boolean {
  return Buffer.byteLength(JSON.stringify(drawn)) <= limits.message.size;
}

function more(text: string | undefined): Element[] {
  return line(words(text ?? '', { weight: 'bolder' }));
}

/** Shorter texts, where leaving out rows and lines has not been enough. */
function shortened(drawn: Drawn): Drawn {
  let card = drawn.card;
  for (const most of limits.shorter) {
    if (fits({ ...drawn, card })) break;
    card = JSON.parse(JSON.stringify(card), (name, value) =>
      name === 'text' || name === 'title' || name === 'tooltip' ? cut(value, most) : value,
    );
  }
  return { ...drawn, card };
}
