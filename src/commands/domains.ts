import { reach } from '../core/access.ts';
import { type Asked, actionReader } from '../core/args.ts';
import type { Command } from '../core/command.ts';
import { refuse } from '../errors.ts';
import type { Language, Text } from '../rules/language.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { nearest } from '../rules/suggest.ts';
import type { DomainChange, Domains } from '../services/domains.ts';
import { confirmDomain, domainChanged, domainList } from '../views/domains.ts';

type Action = DomainChange['change'] | 'list';

const actionNames: Readonly<Record<Action, Readonly<Record<Language, readonly string[]>>>> = {
  list: { en: ['list'], sv: ['lista'] },
  allow: { en: ['allow', 'add'], sv: ['tillåt', 'lägg-till'] },
  disallow: { en: ['disallow', 'remove'], sv: ['ta-bort', 'förbjud'] },
};
const verbs: Text = { sv: 'domäner', en: 'domains' };
const helpNames: Text = { sv: 'hjälp', en: 'help' };
const actions = Object.keys(actionNames) as Action[];
const wordsOf = (action: Action) => [...actionNames[action].en, ...actionNames[action].sv];
const readAction = actionReader<Action>({
  list: wordsOf('list'),
  allow: wordsOf('allow'),
  disallow: wordsOf('disallow'),
});
const actionOf = (args: readonly Token[]): Asked<Action> | undefined =>
  args.length === 0 ? { action: 'list', rest: [] } : readAction(args);

const namesDomain = (args: readonly Token[]): boolean =>
  args.length === 1 && args.every((arg) => tokenText(arg).includes('.'));

/** `/vc domains`: the allowed domains, listed and changed (D1). */
export function domainsCommand(domains: Domains): Command {
  return {
    name: verbs.en,
    swedish: [verbs.sv],
    summary: { sv: 'Visar och ändrar tillåtna domäner', en: 'Shows and changes the allowed domains' },
    usage: [
      { sv: 'domäner', en: 'domains' },
      { sv: 'domäner tillåt DOMÄN', en: 'domains allow DOMAIN' },
      { sv: 'domäner ta bort DOMÄN', en: 'domains disallow DOMAIN' },
    ],
    examples: [
      { sv: 'domäner tillåt company.se', en: 'domains allow company.se' },
      { sv: 'domäner tillåt *.company.se', en: 'domains allow *.company.se' },
    ],
    permission: () => 'security',
    action: (args) => actionOf(args)?.action,
    isLine: (args) => namesDomain(actionOf(args)?.rest ?? []),
    async run({ language, person, press }, args) {
      const asked = actionOf(args);
      if (!asked) throw unknownAction(args, language);
      const { action, rest } = asked;
      if (action === 'list') return [{ view: domainList(await domains.list(), language), replace: true }];
      const [domain = '', ...further] = rest.map(tokenText);
      // The question's own button says `confirmed`; typed, it would skip the question (D1).
      const confirmed = further.length === 1 && further[0] === 'confirmed' && press !== undefined;
      if (further.length > 0 && !confirmed) throw refuse('domain_one');
      const actor = { personId: person.id, press, reach: reach(person.access, 'security') };
      const change = await domains.change(action, domain, confirmed, actor);
      const view = change.done ? domainChanged(change, language) : confirmDomain(change, language);
      return [{ view, replace: true }];
    },
  };
}

/** A domain alone was most likely meant to be allowed. */
function unknownAction([first]: readonly Token[], language: Language) {
  const word = first ? tokenText(first) : '';
  const near = nearest(word, actions.flatMap(wordsOf));
  const meant = word.includes('.')
    ? 'allow'
    : actions.find((action) => near && wordsOf(action).includes(near));
  const line = (to: Language) => {
    if (!meant) return `${helpNames[to]} ${verbs[to]}`;
    const action = nearest(word, actionNames[meant][to]) ?? actionNames[meant][to][0];
    return [verbs[to], action, ...(word.includes('.') ? [word] : [])].join(' ');
  };
  return refuse('unknown_verb', {
    verb: `${verbs[language]} ${word}`,
    nearest: { sv: line('sv'), en: line('en') },
  });
}
