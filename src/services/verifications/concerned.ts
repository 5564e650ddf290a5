import type { Verification } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import type { Language } from '../../rules/language.ts';
import type { Messages } from '../messages.ts';

/**
 * Begins a message about a verification with each administrator whom it concerns: who asked for it, and who began its
 * campaign; where nobody did, every administrator (V1). `language`: the organisation's, for those of whom none is known.
 */
export async function tellConcerned(
  tx: Tx,
  messages: Pick<Messages, 'announce'>,
  verification: Verification,
  language: Language,
): Promise<void> {
  for (const person of await concerned(tx, verification)) {
    await messages.announce(tx, {
      kind: 'verification',
      subjectId: verification.id,
      to: { personId: person.id },
      language: person.language ?? language,
    });
  }
}

async function concerned(tx: Tx, { requestedBy, campaignId }: Verification) {
  const campaign = campaignId === null ? null : await tx.campaign.findUnique({ where: { id: campaignId } });
  const ids = [requestedBy, campaign?.createdBy, campaign?.confirmedBy].filter(
    (id) => typeof id === 'number',
  );
  const select = { id: true, language: true } as const;
  const asked = await tx.person.findMany({
    where: { id: { in: ids }, administrator: true, refused: null },
    select,
  });
  if (asked.length > 0) return asked;
  return tx.person.findMany({ where: { administrator: true, refused: null }, select });
}
