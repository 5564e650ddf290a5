import { randomUUID } from 'node:crypto';
import { domainToUnicode } from 'node:url';
import pino from 'pino';
import type { Reach } from '../../../src/core/access.ts';
import type { Place } from '../../../src/core/command.ts';
import type { MessageRef, Outbox } from '../../../src/core/outbox.ts';
import { plain } from '../../../src/core/plain.ts';
import type { MessageView, Pressable } from '../../../src/core/view.ts';
import type { Database } from '../../../src/database/database.ts';
import { createCampaignSendJob } from '../../../src/jobs/campaign-send.ts';
import { createCampaignTendJob } from '../../../src/jobs/campaign-tend.ts';
import type { LeaseTimes } from '../../../src/jobs/lease.ts';
import { createNotifyJob } from '../../../src/jobs/notify.ts';
import { startRunner } from '../../../src/jobs/runner.ts';
import { createMailer } from '../../../src/mail/mailer.ts';
import { createRateLimiter, parseRate } from '../../../src/mail/rate.ts';
import { tokenize } from '../../../src/rules/line.ts';
import {
  type CampaignStatus,
  type Campaigns,
  createCampaigns,
} from '../../../src/services/campaigns/index.ts';
import { createFilters } from '../../../src/services/filter.ts';
import { createMessages } from '../../../src/services/messages.ts';
import { createPeople } from '../../../src/services/people.ts';
import { createPresses } from '../../../src/services/presses.ts';
import { campaignMessage } from '../../../src/views/campaign.ts';
import type { Smtp } from '../../support/smtp.ts';
import { addUsers as addGiven } from '../../support/users.ts';

export const everybody: Reach = { companies: 'all', protected: true };
export const channel: Place = { surface: 'test', tenant: 't', id: '#hr', kind: 'channel' };
export const direct: Place = { surface: 'test', tenant: 't', id: 'dm', kind: 'direct' };

export interface HouseOptions {
  database: Database;
  smtpUrl: string;
  /** MAIL_RATE. */
  rate?: string;
  now?: () => Date;
  placeFacts?: (place: Place) => Promise<{ canPost: boolean; shared: boolean }>;
  /** MAIL_FROM. */
  from?: string;
  /** Hears of every message as it is posted or edited. */
  onShown?: (text: string) => void;
}

/** A message as it was posted, then edited. */
interface Posted {
  place: Place;
  language: string;
  shown: string[];
  view: MessageView<Pressable>;
}

const lenasAddress = 'lena@company.se';
const postable = async () => ({ canPost: true, shared: false });

/** Everything that campaigns need of the program, around a store and a mail server. */
export function openHouse(options: HouseOptions) {
  const {
    database,
    smtpUrl,
    rate = '1000000/s',
    now,
    placeFacts = postable,
    from = 'bot@company.se',
    onShown,
  } = options;
  const clock = now ? { now } : {};
  const letterhead = {
    organisation: 'Företaget',
    contact: undefined,
    language: 'sv' as const,
    publicUrl: 'http://bot.test',
  };
  const mailer = createMailer({ url: smtpUrl, from, organisation: 'Företaget' });
  const messages = createMessages();
  const presses = createPresses(database);
  const perSecond = 1_000 / (parseRate(rate) ?? 1);
  const limiter = createRateLimiter(database, rate);
  const parts = { database, messages, mailer, letterhead, perSecond, rate: limiter, ...clock };
  const campaigns = createCampaigns({ ...parts, placeFacts });
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  const posted: Posted[] = [];
  const outboxes = new Map([['test', recordingOutbox(posted, onShown)]]);
  const people = createPeople({ database, outboxes, admins: [lenasAddress] });
  const jobs = [
    createCampaignSendJob({ ...parts, log }),
    createCampaignTendJob({ database, messages, ...clock }),
    createNotifyJob({
      database,
      presses,
      people,
      views: {
        campaign: async (id, reader) => {
          const status = await campaigns.status(id, reader.audience);
          return status && campaignMessage(status, reader);
        },
        import: async () => undefined,
        export: async () => undefined,
        verification: async () => undefined,
      },
      outboxes,
      log,
    }),
  ];
  return {
    campaigns,
    filters: createFilters(database),
    mailer,
    presses,
    posted,
    start: (lease?: LeaseTimes) => startRunner({ database, jobs, log, ...(lease ? { lease } : {}) }),
  };
}

function recordingOutbox(posted: Posted[], onShown: (text: string) => void = () => {}): Outbox {
  const refused = () => Promise.reject(new Error('Campaigns do not need this'));
  return {
    async post(place, view, language): Promise<MessageRef> {
      posted.push({ place, language, shown: [plain(view, language)], view });
      onShown(plain(view, language));
      return { index: String(posted.length - 1) };
    },
    async edit({ index }, view, language) {
      onShown(plain(view, language));
      const message = posted[Number(index)];
      message?.shown.push(plain(view, language));
      if (message) message.view = view;
    },
    direct: async () => direct,
    hand: refused,
    whisper: refused,
    profile: async () => ({ name: 'Lena Berg', address: lenasAddress }),
    placeFacts: async () => ({ ...(await postable()), takesFiles: true }),
    download: refused,
  };
}

/** Somebody who may send. */
export async function addPerson(
  { prisma }: Pick<Database, 'prisma'>,
  given: { addressKey?: string } = {},
): Promise<number> {
  const { id } = await prisma.person.create({
    data: { surface: 'test', tenant: 't', platformId: randomUUID(), name: 'Lena Berg', ...given },
  });
  return id;
}

/** Previews a campaign of the people that a line means. */
export async function previewed(
  { campaigns, filters }: { campaigns: Campaigns; filters: ReturnType<typeof createFilters> },
  personId: number,
  line = 'all',
  reach = everybody,
  place = channel,
) {
  return campaigns.preview({ personId, place, filter: await filters.read(tokenize(line), reach), reach });
}

/** Who decides, with the widest reach. */
export const by = (personId: number, rest: { reach?: Reach; press?: string } = {}) =>
  ({ personId, reach: everybody, language: 'sv', ...rest }) as const;

/** So many ordinary users; their ids in the store. */
export function addUsers(database: Database, count: number): Promise<number[]> {
  return addGiven(
    database,
    Array.from({ length: count }, () => ({})),
  );
}

/** All recipients of a campaign, whatever became of them. */
export function total({ counts, skipped }: CampaignStatus): number {
  return [...Object.values(counts), ...Object.values(skipped)].reduce((sum, count) => sum + count, 0);
}

/** How many mails each recipient of a campaign got, by how many recipients: `{ 1: 60 }`. */
export async function mailsEach(
  { prisma }: Database,
  smtp: Smtp,
  id: number,
): Promise<Record<number, number>> {
  const recipients = await prisma.campaignRecipient.findMany({ where: { campaignId: id } });
  const each: Record<number, number> = {};
  for (const { address } of recipients) {
    const [, local = '', domain = ''] = /^(.*)@(.*)$/.exec(address ?? '') ?? [];
    const count = smtp.counts().get(`${local}@${domainToUnicode(domain)}`) ?? 0;
    each[count] = (each[count] ?? 0) + 1;
  }
  return each;
}
