import type { Command } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { type Token, tokenText } from '../rules/line.ts';
import { nearest } from '../rules/suggest.ts';
import { fold } from '../rules/text.ts';
import type { DomainChange, Domains } from '../services/domains.ts';
import { confirmDomain, domainChanged, domainList } from '../views/domains.ts';

const verbs: Readonly<Record<string, DomainChange['change'] | 'list'>> = {
  list: 'list',
  lista: 'list',
  allow: 'allow',
  tillåt: 'allow',
  disallow: 'disallow',
  förbjud: 'disallow',
  'ta-bort': 'disallow',
};

/** `/vc domains`: the allowed domains, listed and changed (D1). */
export function domainsCommand(domains: Domains): Command {
  return {
    name: 'domains',
    swedish: ['domäner', 'domaner'],
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
    async run({ language, person, press }, args) {
      const [verb = 'list', domain = '', confirmed = ''] = args.map(tokenText);
      const change = verbs[fold(verb)];
      if (change === undefined) throw unknownAction(args[0]);
      if (change === 'list')
        return [{ to: 'caller', view: domainList(await domains.list(), language), replace: true }];
      const weighed = await domains.weigh(change, domain);
      if (weighed.needsConfirmation && confirmed !== 'confirmed') {
        return [{ to: 'caller', view: confirmDomain(weighed, language) }];
      }
      await domains.apply(weighed, { personId: person.id, press });
      return [{ to: 'caller', view: domainChanged(weighed, language), replace: true }];
    },
  };
}

function unknownAction(token: Token | undefined) {
  const verb = token ? tokenText(token) : '';
  const near = nearest(verb, Object.keys(verbs));
  return refuse('unknown_verb', {
    verb: `domains ${verb}`,
    nearest: near ? `domains ${near}` : 'help domains',
  });
}
