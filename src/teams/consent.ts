import type { Dispatch } from '../core/dispatch.ts';
import { faultReply } from '../core/dispatch.ts';
import { refuse } from '../errors.ts';
import type { Consented } from './asked.ts';
import type { Back, Deliver } from './deliver.ts';
import type { TeamsOutbox } from './outbox.ts';
import type { Upload } from './upload.ts';

export interface ConsentParts {
  dispatch: Pick<Dispatch, 'take' | 'decline'>;
  outbox: Pick<TeamsOutbox, 'showFile' | 'remove'>;
  upload: Upload;
  deliver: Deliver;
  /** Told of a file that could not be handed over. */
  lost(error: unknown): void;
}

/** Does what somebody answered to the offer of a file: it is made again, uploaded and shown in place of the offer. */
export type Consents = (back: Back, answered: Consented) => Promise<void>;

export function createConsents({ dispatch, outbox, upload, deliver, lost }: ConsentParts): Consents {
  return async (back, { id, taken: wanted }) => {
    const { from, pressed } = back;
    if (!wanted) return deliver(await dispatch.decline(from, id), back);
    const taken = await dispatch.take(from, id);
    if ('replies' in taken) return deliver(taken.replies, back);
    const { file, language } = taken;
    try {
      await upload(wanted.uploadUrl, file);
      await outbox.showFile(from.place, wanted, file.about);
    } catch (error) {
      lost(error);
      const reply = faultReply(refuse('file_unhanded').text[language], language);
      return deliver([{ ...reply, replace: true }], back);
    }
    if (pressed !== undefined) await outbox.remove(from.place, pressed);
  };
}
