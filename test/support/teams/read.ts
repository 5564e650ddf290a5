import { asJson } from '../../../src/playground/local/http.ts';
import {
  actionsOf,
  cardsOf,
  elementsOf,
  FILE_CONSENT,
  FILE_INFO,
  inputsOf,
  wordsOf,
} from '../../../src/playground/teams/cards.ts';
import type {
  Action,
  Attachment,
  Card,
  Dialog,
  Element,
  Message,
} from '../../../src/playground/teams/types.ts';

type Readable = Pick<Message, 'text' | 'attachments'>;

/** What a person reads in a message, line by line: texts, tables, then buttons as [Label]. */
export function textOf({ text, attachments }: Readable): string {
  return [text, ...attachments.map(textOfAttachment)].filter(Boolean).join('\n');
}

/** What a person reads in a dialog: title, inputs, faults, buttons. */
export function textOfDialog({ title, card, message }: Dialog): string {
  return [title, message, card && textOfCard(card)].filter(Boolean).join('\n');
}

/** Everything with a label that can be pressed at once, in order of appearance; not what a button shows first. */
export function buttonsOf(message: Readable): string[] {
  const offers = message.attachments.some(({ contentType }) => contentType === FILE_CONSENT);
  const titles = cardsOf(message)
    .flatMap((card) => actionsOf(card))
    .filter(({ behind }) => behind.length === 0)
    .map(({ action }) => action.title ?? '');
  return [...titles, ...(offers ? ['Allow', 'Decline'] : [])];
}

/** The addresses that a message's buttons lead to, in order of appearance. */
export function linksOf(message: Readable): string[] {
  return cardsOf(message)
    .flatMap((card) => actionsOf(card))
    .flatMap(({ action }) => action.url ?? []);
}

/** The labels of a dialog's inputs, in order of appearance. */
export function fieldsOf(card: Card): string[] {
  return inputsOf(card).map(({ label = '' }) => label);
}

/** What is said in the colour of faults right under an input, by its label, without the word that it may be left empty. */
export function faultsIn(card: Card): Record<string, string> {
  const faults: Record<string, string> = {};
  let label: string | undefined;
  for (const element of elementsOf(card)) {
    if (element.type.startsWith('Input.'))
      label = (element.label ?? '').replace(/ \((valfritt|optional)\)$/, '');
    else if (label !== undefined && isFault(element)) {
      faults[label] = wordsOf(element);
      label = undefined;
    }
  }
  return faults;
}

function isFault({ color, inlines = [] }: Element): boolean {
  const [first] = inlines;
  return color === 'attention' || (typeof first === 'object' && first.color === 'attention');
}

function textOfAttachment({ contentType, content, name = '' }: Attachment): string {
  if (contentType === FILE_INFO) return `file: ${name}`;
  if (contentType === FILE_CONSENT) {
    return `${String(asJson(content).description ?? '')}\nfile: ${name}\n[Allow] [Decline]`;
  }
  return textOfCard(content as Card);
}

/** What a person reads in a card, line by line; columns stand beside each other, what a button shows first is left out. */
export function textOfCard({ body = [], actions = [] }: Card): string {
  return [...body.map(textOfElement), textOfActions(actions)].filter(Boolean).join('\n');
}

function textOfActions(actions: readonly Action[]): string {
  return actions.map(({ title }) => `[${title}]`).join(' ');
}

function textOfElement(element: Element): string {
  const { type, items = [], columns = [], rows = [], cells = [], facts = [], actions = [] } = element;
  if (element.isVisible === false) return '';
  const joined = (all: readonly Element[], between: string) =>
    all.map(textOfElement).filter(Boolean).join(between);
  switch (type) {
    case 'ColumnSet':
      return beside(columns.map(textOfElement).filter(Boolean));
    case 'Table':
      return joined(rows, '\n');
    case 'TableRow':
      return joined(cells, ' | ');
    case 'FactSet':
      return facts.map(({ title, value }) => `${title}: ${value}`).join('\n');
    case 'ActionSet':
      return textOfActions(actions);
    case 'Image':
      return element.altText ?? '';
    default:
      return type.startsWith('Input.') ? textOfInput(element) : wordsOf(element) || joined(items, '\n');
  }
}

/** Columns on one line, but for buttons. */
function beside([first = '', ...others]: readonly string[]): string {
  return others.reduce((line, text) => `${line}${text.startsWith('[') ? '\n' : ' '}${text}`, first);
}

function textOfInput({ label = '', value = '', choices = [] }: Element): string {
  return `${label}: ${choices.find((choice) => choice.value === value)?.title ?? value}`;
}
