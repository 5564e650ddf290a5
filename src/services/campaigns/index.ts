import type { Reach } from '../../core/access.ts';
import type { Place } from '../../core/command.ts';
import { isPostable, type PlaceFacts } from '../../core/outbox.ts';
import type { Database } from '../../database/database.ts';
import type { Letterhead } from '../../mail/letterhead.ts';
import type { Mailer } from '../../mail/mailer.ts';
import type { RateLimiter } from '../../mail/rate.ts';
import type { Messages } from '../messages.ts';
import { type CopyFor, sendCopy } from './copy.ts';
import { type CampaignLog, type CampaignLogQuery, campaignLog } from './log.ts';
import { type Asking, type Preview, previewCampaign } from './preview.ts';
import { type CampaignStatus, campaignStatus } from './status.ts';
import { createSteering, type Steering } from './steer.ts';

export type { CampaignLog, CampaignLogRow } from './log.ts';
export type { Preview } from './preview.ts';
export type { CampaignStatus } from './status.ts';
export type { Begun } from './steer.ts';

/** Bulk verification (B1–B3). */
export interface Campaigns extends Steering {
  /** B2: what a campaign would do. Nothing is sent. */
  preview(asking: Asking): Promise<Preview>;
  /** B2: "Send me a copy", in the asking person's language. Throws `sendCopy`'s refusals. */
  copy(id: number, by: CopyFor): Promise<string>;
  /** How a campaign stands, for its message. */
  status(id: number, audience: 'caller' | 'place'): Promise<CampaignStatus | undefined>;
  /** The log page's rows. */
  log(id: number, query: CampaignLogQuery, reach: Reach): Promise<CampaignLog | undefined>;
}

export interface CampaignParts {
  database: Database;
  messages: Messages;
  mailer: Mailer;
  letterhead: Letterhead;
  rate: RateLimiter;
  /** MAIL_RATE, in messages a second. */
  perSecond: number;
  /** What a platform says of a place. */
  placeFacts(place: Place): Promise<Pick<PlaceFacts, 'canPost' | 'shared'>>;
  now?: () => Date;
}

export function createCampaigns(parts: CampaignParts): Campaigns {
  const { database, perSecond, now = () => new Date() } = parts;
  const canPost = async (place: Place) => isPostable(await parts.placeFacts(place));
  return {
    ...createSteering({ ...parts, canPost, language: parts.letterhead.language, now }),

    async preview(asking) {
      const [preview, inPlace] = await Promise.all([
        previewCampaign(database, asking, now()),
        canPost(asking.place),
      ]);
      return { ...preview, seconds: preview.send / perSecond, canPost: inPlace };
    },

    copy: (id, by) => sendCopy({ ...parts, now }, id, by),

    status: (id, audience) => campaignStatus(database, id, audience),

    log: (id, query, reach) => campaignLog(database, id, query, reach),
  };
}
