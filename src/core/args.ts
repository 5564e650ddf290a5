import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { bare } from '../rules/suggest.ts';

type Pair = Extract<Token, { kind: 'pair' }>;

/** What of a verb is asked for, and the arguments behind the words that say so. */
export interface Asked<Action extends string> {
  action: Action;
  rest: readonly Token[];
}

/**
 * Reads what of a verb is asked for from the arguments' first word, such as "confirm"; one with hyphens may be written as
 * several, "ta bort" for "ta-bort". Accents, hyphens and capitals count for nothing; in quotes a word is only a word. Throws
 * where two actions share a word.
 */
export function actionReader<Action extends string>(
  words: Readonly<Record<Action, readonly string[]>>,
): (args: readonly Token[]) => Asked<Action> | undefined {
  const byWord = new Map<string, Action>();
  const most = Math.max(...Object.values<readonly string[]>(words).flatMap((all) => all.map(partsOf)));
  for (const action of Object.keys(words) as Action[]) {
    for (const word of new Set(words[action].map(bare))) {
      if (byWord.has(word)) throw new Error(`"${word}" means both ${byWord.get(word)} and ${action}`);
      byWord.set(word, action);
    }
  }
  return (args) => {
    const plain = args.findIndex((arg) => arg.kind !== 'word' || arg.quoted);
    for (let parts = Math.min(most, plain < 0 ? args.length : plain); parts > 0; parts--) {
      const said = bare(args.slice(0, parts).map(tokenText).join(''));
      const action = byWord.get(said);
      if (action && (parts === 1 || inParts(said, words[action]) === parts))
        return { action, rest: args.slice(parts) };
    }
    return undefined;
  };
}

const partsOf = (word: string): number => word.split('-').length;

/** How many parts the word has that is written so. */
const inParts = (said: string, words: readonly string[]): number =>
  Math.max(...words.filter((word) => bare(word) === said).map(partsOf));

/** Stands at the end of a line whose button is a question's answer: what it does is told in the question's place. */
export const askedWord = 'asked';

/** An import, an export or a campaign by its number. */
export interface Numbered {
  id: number;
  /** What stands behind the number; '' for nothing. */
  rest: string;
  /** The line is a question's answer. */
  asked: boolean;
}

/** The number that the arguments begin with, "#42" or "42". Undefined: there is none. */
export function numbered(args: readonly Token[]): Numbered | undefined {
  const [, digits, rest = ''] = /^#?\s*(\d{1,9})(?:\s+(.*))?$/.exec(args.map(tokenText).join(' ')) ?? [];
  if (digits === undefined) return undefined;
  const asked = rest === askedWord;
  return { id: Number(digits), rest: asked ? '' : rest, asked };
}

/** Whether an argument says which page of a list is asked for: "page:2". */
export function isPage(arg: Token): arg is Pair {
  return arg.kind === 'pair' && ['page', 'sida'].includes(bare(arg.key));
}

/** The page of a list that the arguments ask for; the first unless told. Throws `not_a_page`. */
export function pageOf(args: readonly Token[]): number {
  const written = args.filter(isPage).at(-1)?.value ?? '1';
  if (!/^\d{1,6}$/.test(written)) throw refuse('not_a_page', { written });
  return Number(written);
}
