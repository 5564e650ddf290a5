import { reach } from '../core/access.ts';
import { actionReader, type Numbered, numbered } from '../core/args.ts';
import type { Answer, Command, Request } from '../core/command.ts';
import { refuse } from '../errors.ts';
import { requireSendable } from '../rules/filter.ts';
import type { Token } from '../rules/line.ts';
import type { Campaigns } from '../services/campaigns/index.ts';
import type { Filters } from '../services/filter.ts';
import { campaignCancelled, campaignResumed, cancelQuestion } from '../views/campaign.ts';
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

  const act: Readonly<Record<Action, (request: Request, which: Numbered) => Promise<Answer[]>>> = {
    async confirm(request, { id }) {
      const begun = await campaigns.confirm(id, deciding(request));
      return [{ view: campaignBegun(id, begun, request.language), replace: true }];
    },
    async cancel(request, { id, asked }) {
      const by = deciding(request);
      if (request.press === undefined && (await campaigns.cancellable(id, by)) !== 'previewed')
        return [{ view: cancelQuestion(id, request.language) }];
      const { was } = await campaigns.cancel(id, by);
      const nothingSent = was === 'previewed';
      // The message about a campaign under way tells the rest itself: it stays.
      return [{ view: campaignCancelled(id, nothingSent, request.language), replace: nothingSent || asked }];
    },
    async resume(request, { id }) {
      await campaigns.resume(id, deciding(request));
      return [{ view: campaignResumed(id, request.language) }];
    },
    async copy(request, { id }) {
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
    filters: true,
    permission: () => 'verify',
    action: (args) => actionOf(args)?.action,
    run(request, args) {
      const asked = actionOf(args);
      return asked ? act[asked.action](request, whichOf(asked.rest)) : preview(request, args);
    },
  };
}

/** The campaign that is meant. Throws `campaign_no_number`. */
function whichOf(args: readonly Token[]): Numbered {
  const found = numbered(args);
  if (!found || found.rest) throw refuse('campaign_no_number');
  return found;
}

function deciding({ person, press, language }: Request) {
  return { personId: person.id, reach: reach(person.access, 'verify'), press, language };
}
