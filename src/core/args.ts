import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { bare } from '../rules/suggest.ts';

type Pair = Extract<Token, { kind: 'pair' }>;

/**
 * Reads what of a verb is asked for from the arguments' first word, such as "confirm". Accents, hyphens and capitals count
 * for nothing; in quotes a word is only a word. Throws where two actions share a word.
 */
export function actionReader<Action extends string>(
  words: Readonly<Record<Action, readonly string[]>>,
): (args: readonly Token[]) => Action | undefined {
  const byWord = new Map<string, Action>();
  for (const action of Object.keys(words) as Action[]) {
    for (const word of new Set(words[action].map(bare))) {
      if (byWord.has(word)) throw new Error(`"${word}" means both ${byWord.get(word)} and ${action}`);
      byWord.set(word, action);
    }
  }
  return ([first]) => (first?.kind === 'word' && !first.quoted ? byWord.get(bare(first.text)) : undefined);
}

/**
 * The number of an import or a campaign that the arguments begin with, "#42" or "42", and what stands behind it, '' for
 * nothing. Undefined: there is none.
 */
export function numbered(args: readonly Token[]): { id: number; rest: string } | undefined {
  const [, digits, rest = ''] = /^#?\s*(\d{1,9})(?:\s+(.*))?$/.exec(args.map(tokenText).join(' ')) ?? [];
  return digits === undefined ? undefined : { id: Number(digits), rest };
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
