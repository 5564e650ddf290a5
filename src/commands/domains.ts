import { reach } from '../core/access.ts';
import { actionReader } from '../core/args.ts';
import type { Command } from '../core/command.ts';
import { refuse } from '../errors.ts';
import type { Language } from '../rules/language.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { nearest } from '../rules/suggest.ts';
import type { DomainChange, Domains } from '../services/domains.ts';
import { confirmDomain, domainChanged, domainList } from '../views/domains.ts';

type Action = DomainChange['change'] | 'list';

const actionNames: Readonly<Record<Action, Readonly<Record<Language, readonly string[]>>>> = {
  list: { en: ['list'], sv: ['lista'] },
  allow: { en: ['allow'], sv: ['tillåt'] },
  disallow: { en: ['disallow', 'remove'], sv: ['ta-bort', 'förbjud'] },
};
const actions = Object.keys(actionNames) as Action[];
const wordsOf = (action: Action) => [...actionNames[action].en, ...actionNames[action].sv];
const readAction = actionReader<Action>({
  list: wordsOf('list'),
  allow: wordsOf('allow'),
  disallow: wordsOf('disallow'),
});
const actionOf = (args: readonly Token[]): Action | undefined =>
  args.length === 0 ? 'list' : readAction(args);

/** `/vc domains`: the allowed domains, listed and changed (D1). */
export function domainsCommand(domains: Domains): Command {
  return {
    name: 'domains',
    swedish: ['domäner'],
    summary: { sv: 'Visar och ändrar tillåtna domäner', en: 'Shows and changes the allowed domains' },
    usage: [
      { sv: 'domäner', en: 'domains' },
      { sv: 'domäner tillåt DOMÄN', en: 'domains allow DOMAIN' },
      { sv: 'domäner ta-bort DOMÄN', en: 'domains disallow DOMAIN' },
    ],
    examples: [
      { sv: 'domäner tillåt company.se', en: 'domains allow company.se' },
      { sv: 'domäner tillåt *.company.se', en: 'domains allow *.company.se' },
    ],
    permission: () => 'security',
    action: actionOf,
    async run({ language, person, press }, args) {
      const action = actionOf(args);
      if (action === undefined) throw unknownAction(args, language);
      if (action === 'list') return [{ view: domainList(await domains.list(), language), replace: true }];
      const [, domain = '', ...further] = args.map(tokenText);
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
  const verb = language === 'sv' ? 'domäner' : 'domains';
  const near = word.includes('.')
    ? `${actionNames.allow[language][0]} ${word}`
    : nearest(word, actions.flatMap(wordsOf));
  return refuse('unknown_verb', {
    verb: `${verb} ${word}`,
    nearest: near ? `${verb} ${near}` : `help ${verb}`,
  });
}
