import { z } from 'zod';
import type { Values } from '../core/command.ts';
import { type Activity, type Attachment, attachmentsOf, ownMentions } from './activity.ts';
import { readDataset, readValues } from './cards/form.ts';
import { storable, typedText } from './decode.ts';
import { type Source, sourceOf } from './files.ts';

/** What an activity asks of the bot. */
export type Asked =
  | { kind: 'message'; text: string }
  /** The bot was mentioned where others are, or asked so that they do not see it. */
  | { kind: 'line'; line: string }
  /** Files were dropped where they reach the bot. */
  | { kind: 'files'; files: { name: string; source: Source }[] }
  | { kind: 'press'; id: string; invoke: boolean }
  /** A button was pressed that opens a form. */
  | { kind: 'open'; id: string }
  | { kind: 'submit'; id: string; shown: unknown; values: Values }
  | { kind: 'search'; id: string; field: string; typed: string }
  | Consented
  /** The bot was let in, or thrown out. */
  | { kind: 'added' | 'removed' }
  | { kind: 'nothing' }
  | { kind: 'unknown invoke' };

/** Whether somebody wants a file that was offered, by its opaque id. */
export interface Consented {
  kind: 'consent';
  id: string;
  /** Where it is to be put, and how it is shown then; undefined: it is not wanted. */
  taken: Taken | undefined;
}

const taking = z.object({
  uploadUrl: z.url(),
  contentUrl: z.url(),
  name: z.string(),
  uniqueId: z.string(),
  fileType: z.string(),
});

type Taken = z.infer<typeof taking>;

const id = z.string().min(1).max(100);
const pressed = z.object({ press: id });
const executed = z.object({ action: z.object({ data: pressed }) });
const fetched = z.object({ data: pressed });
const submitted = z.object({ data: z.looseObject({ form: id, shown: z.unknown().optional() }) });
const context = z.object({ offer: id });
const consented = z.discriminatedUnion('action', [
  z.object({ action: z.literal('accept'), context, uploadInfo: taking }),
  z.object({ action: z.literal('decline'), context }),
]);
const searched = z.object({ dataset: z.string().max(200), queryText: z.string().max(1_000) });

/** Reads what is asked. Never throws: what nobody knows is `nothing`, or an unknown invoke, which wants an answer. */
export function askedBy(activity: Activity): Asked {
  if (activity.type === 'message') return said(activity);
  if (activity.type === 'invoke') return invoked(activity) ?? { kind: 'unknown invoke' };
  const toldOf = (members: Activity['membersAdded']) =>
    members?.some((one) => one.id === activity.recipient.id);
  if (activity.type === 'installationUpdate') return installed(activity.action);
  if (activity.type === 'conversationUpdate' && toldOf(activity.membersAdded)) return { kind: 'added' };
  if (activity.type === 'conversationUpdate' && toldOf(activity.membersRemoved)) return { kind: 'removed' };
  return { kind: 'nothing' };
}

function installed(action: string | undefined): Asked {
  if (action?.startsWith('add')) return { kind: 'added' };
  return { kind: action?.startsWith('remove') ? 'removed' : 'nothing' };
}

function said(activity: Activity): Asked {
  if (!activity.id) return { kind: 'nothing' };
  const press = pressed.safeParse(activity.value).data;
  if (press) return { kind: 'press', id: press.press, invoke: false };
  const attachments = attachmentsOf(activity);
  if (activity.conversation.conversationType === 'personal') return written(activity, attachments);
  const { isTargeted = false } = activity.recipient;
  if (!isTargeted && ownMentions(activity).length === 0) return { kind: 'nothing' };
  if (attachments.some(showsFile)) return { kind: 'line', line: 'import' };
  const line = typedText(activity);
  return { kind: 'line', line: isTargeted ? line.replace(pickedBySlash, '') : line };
}

/** What a command was picked with, where a client sends it along; "/vc" is read by whoever reads lines. */
const pickedBySlash = /^\/(?!vc(\s|$))/i;

function written(activity: Activity, attachments: readonly Attachment[]): Asked {
  const files = attachments.flatMap((one) => {
    const source = sourceOf(one, activity.id ?? '');
    return source ? [{ name: storable(one.name ?? ''), source }] : [];
  });
  return files.length > 0 ? { kind: 'files', files } : { kind: 'message', text: typedText(activity) };
}

/** Whether a file stands in a message where Teams does not hand files to bots: then it only tells that there is one. */
function showsFile({ contentType, content }: Attachment): boolean {
  if (contentType === 'reference') return true;
  if (contentType === 'application/vnd.microsoft.teams.file.download.info') return true;
  return contentType === 'text/html' && typeof content === 'string' && /<attachment\b/i.test(content);
}

function invoked({ name, value }: Activity): Asked | undefined {
  switch (name) {
    case 'adaptiveCard/action': {
      const data = executed.safeParse(value).data;
      return data && { kind: 'press', id: data.action.data.press, invoke: true };
    }
    case 'task/fetch': {
      const data = fetched.safeParse(value).data;
      return data && { kind: 'open', id: data.data.press };
    }
    case 'task/submit': {
      const data = submitted.safeParse(value).data?.data;
      return data && { kind: 'submit', id: data.form, shown: data.shown, values: storableValues(data) };
    }
    case 'application/search': {
      const { dataset = '', queryText = '' } = searched.safeParse(value).data ?? {};
      const { form, field } = readDataset(dataset);
      return form && field ? { kind: 'search', id: form, field, typed: storable(queryText) } : undefined;
    }
    case 'fileConsent/invoke': {
      const data = consented.safeParse(value).data;
      const taken = data?.action === 'accept' ? data.uploadInfo : undefined;
      return data && { kind: 'consent', id: data.context.offer, taken };
    }
    default:
      return undefined;
  }
}

function storableValues(data: Readonly<Record<string, unknown>>): Values {
  const held = Object.entries(readValues(data));
  return Object.fromEntries(held.map(([field, value]) => [field, storable(value)]));
}
