import type { Book } from './book.ts';
import type { Json } from './types.ts';
import { BOT, type Workspace } from './workspace.ts';

/** What a response_url stands for. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  readonly original: string | undefined;
  uses: number;
}

/** Carries out what was sent to a response_url. */
export async function respond(
  workspace: Workspace,
  book: Book,
  target: ResponseUrl,
  args: Json,
): Promise<void> {
  const { channel, user, original } = target;
  const old = original === undefined ? undefined : book.find(channel, original);
  if (old && (args.delete_original || args.replace_original)) {
    const ephemeral = old.ephemeralTo !== undefined;
    if (args.delete_original) {
      if (!ephemeral) await workspace.call('chat.delete', { channel, ts: old.ts }, 'bot');
      return book.remove(channel, old.ts);
    }
    if (!ephemeral) await workspace.call('chat.update', { ...content(args), channel, ts: old.ts }, 'bot');
    return book.edit(channel, old.ts, args);
  }
  const inChannel = args.response_type === 'in_channel';
  const ts = inChannel && workspace.botIsIn(channel) ? await post(workspace, channel, args) : nextTs();
  book.write({ ...contentOf(args), channel, ts, user: BOT.user, ephemeralTo: inChannel ? undefined : user });
}

async function post(workspace: Workspace, channel: string, args: Json): Promise<string> {
  const { ts } = await workspace.call('chat.postMessage', { ...content(args), channel }, 'bot');
  return String(ts);
}

let lastTs = 0;
function nextTs(): string {
  return `${Math.floor(Date.now() / 1_000)}.9${String(++lastTs).padStart(5, '0')}`;
}

function content({ text, blocks }: Json): Json {
  return { ...(text === undefined ? {} : { text }), ...(blocks === undefined ? {} : { blocks }) };
}

/** The text and blocks of a message body. */
export function contentOf(from: Json | undefined): { text: string; blocks: unknown } {
  return { text: typeof from?.text === 'string' ? from.text : '', blocks: from?.blocks };
}
