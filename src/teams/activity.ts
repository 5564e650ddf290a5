import { z } from 'zod';

/** What may be missing, null, or of another shape than we know: then it is as if it were not there. */
const perhaps = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const mention = z.object({
  type: z.literal('mention'),
  mentioned: z.object({ id: z.string() }),
  text: z.string().min(1),
});

const attachment = z.object({
  contentType: z.string(),
  name: perhaps(z.string()),
  content: z.unknown().optional(),
});

/** One thing that Teams tells or asks: as much of a Bot Framework activity as we read. */
const activity = z.object({
  type: z.string(),
  channelId: z.literal('msteams'),
  serviceUrl: z.url(),
  id: perhaps(z.string()),
  /** Of an invoke: what is asked for. */
  name: perhaps(z.string()),
  /** Of an installation: "add" or "remove". */
  action: perhaps(z.string()),
  from: z.object({ id: z.string(), aadObjectId: perhaps(z.string()), role: perhaps(z.string()) }),
  /** The bot; `isTargeted`: the sender and it alone see the message, where others are. */
  recipient: z.object({ id: z.string(), isTargeted: perhaps(z.boolean()) }),
  conversation: z.object({
    id: z.string(),
    conversationType: perhaps(z.string()),
    tenantId: perhaps(z.string()),
  }),
  channelData: perhaps(
    z.object({
      tenant: perhaps(z.object({ id: z.string() })),
      channel: perhaps(z.object({ type: perhaps(z.string()) })),
    }),
  ),
  locale: perhaps(z.string()),
  text: perhaps(z.string()),
  entities: perhaps(z.array(z.unknown())),
  attachments: perhaps(z.array(z.unknown())),
  value: z.unknown().optional(),
  /** Of a press: the message that the button stands in. */
  replyToId: perhaps(z.string()),
  membersAdded: perhaps(z.array(z.object({ id: z.string() }))),
  membersRemoved: perhaps(z.array(z.object({ id: z.string() }))),
});

export type Activity = z.infer<typeof activity>;
export type Attachment = z.infer<typeof attachment>;
export type Mention = z.infer<typeof mention>;

/** Reads what was posted; undefined where it is nothing that Teams sends. */
export function readActivity(body: unknown): Activity | undefined {
  return activity.safeParse(body).data;
}

/** Those of the entities that are mentions of the bot. */
export function ownMentions({ entities = [], recipient }: Activity): Mention[] {
  return known(mention, entities).filter(({ mentioned }) => mentioned.id === recipient.id);
}

export function attachmentsOf({ attachments = [] }: Activity): Attachment[] {
  return known(attachment, attachments);
}

function known<T>(schema: z.ZodType<T>, all: readonly unknown[]): T[] {
  return all.flatMap((one) => schema.safeParse(one).data ?? []);
}
