import { reach } from '../core/access.ts';
import { actionReader, numbered } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { requireSendable } from '../rules/filter.ts';
import type { Token } from '../rules/line.ts';
import type { Campaigns } from '../services/campaigns/index.ts';
import type { Filters } from '../services/filter.ts';
import { campaignCancelled, campaignResumed } from '../views/campaign.ts';
import { campaignBegun, campaignPreview, copySent } from '../views/campaign-preview.ts';

type Action = 'confirm' | 'cancel' | 'resume' | 'copy';

const actionOf = actionReader<Action>({
  confirm: ['confirm', 'bekräfta'],
  cancel: ['cancel', 'avbryt'],
  resume: ['resume', 'återuppta'],
  copy: ['copy', 'kopia'],
});

/** `/vc bulk-verify FILTER`: a preview; what its buttons do can be typed as well (B1–B3). */
export function bulkVerifyCommand(campaigns: Campaigns, filters: Pick<Filters, 'read'>): Command {
  async function preview({ person, place, language }: Request, args: readonly Token[]): Promise<Answer[]> {
    const within = reach(person.access, 'verify');
    const filter = await filters.read(args, within);
    requireSendable(filter);
    const found = await campaigns.preview({ personId: person.id, place, filter, reach: within });
    return [{ view: campaignPreview(found, language) }];
  }

  const act: Readonly<Record<Action, (request: Request, id: number) => Promise<Answer[]>>> = {
    async confirm(request, id) {
      const begun = await campaigns.confirm(id, deciding(request));
      return [{ view: campaignBegun(id, begun, request.language), replace: true }];
    },
    async cancel(request, id) {
      const { was } = await campaigns.cancel(id, deciding(request));
      const nothingSent = was === 'previewed';
      // The message about a campaign under way tells the rest itself: it stays.
      return [{ view: campaignCancelled(id, nothingSent, request.language), replace: nothingSent }];
    },
    async resume(request, id) {
      await campaigns.resume(id, deciding(request));
      return [{ view: campaignResumed(id, request.language) }];
    },
    async copy(request, id) {
      const address = await campaigns.copy(id, deciding(request));
      return [{ view: copySent(address, request.language) }];
    },
  };

  return {
    name: 'bulk-verify',
    swedish: ['massverifiera', 'verifiera-alla', 'utskick'],
    summary: {
      sv: 'Skickar verifieringsmejl till många på en gång',
      en: 'Sends verification emails to many at once',
    },
    usage: [
      { sv: 'massverifiera FILTER', en: 'bulk-verify FILTER' },
      { sv: 'massverifiera avbryt #NUMMER', en: 'bulk-verify cancel #NUMBER' },
      { sv: 'massverifiera återuppta #NUMMER', en: 'bulk-verify resume #NUMBER' },
    ],
    examples: [
      { sv: 'massverifiera företag:"Företaget AB"', en: 'bulk-verify company:"Företaget AB"' },
      {
        sv: 'massverifiera avdelning:"Ekonomi & Lön" status:overifierad',
        en: 'bulk-verify department:"Ekonomi & Lön" status:unverified',
      },
      { sv: 'massverifiera alla', en: 'bulk-verify all' },
    ],
    permission: () => 'verify',
    action: actionOf,
    run(request, args) {
      const action = actionOf(args);
      return action ? act[action](request, numberOf(args.slice(1))) : preview(request, args);
    },
  };
}

/** The campaign's number. Throws `campaign_no_number`. */
function numberOf(args: readonly Token[]): number {
  const found = numbered(args);
  if (!found || found.rest) throw refuse('campaign_no_number');
  return found.id;
}

function deciding({ person, press, language }: Request) {
  return { personId: person.id, reach: reach(person.access, 'verify'), press, language };
}
