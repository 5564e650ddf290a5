import type { Json } from '../local/types.ts';
import type { SlackBook } from './book.ts';
import { contentOf } from './methods.ts';
import { BOT } from './workspace.ts';

/** What a response_url stands for. */
export interface ResponseUrl {
  readonly channel: string;
  readonly user: string;
  /** The `ts` of the message that was pressed on. */
  readonly original: string | undefined;
  /** Milliseconds since the epoch. */
  readonly born: number;
  uses: number;
}

/** Carries out what was sent to a response_url. */
export function respond(
  book: SlackBook,
  { channel, user, original }: Omit<ResponseUrl, 'uses' | 'born'>,
  args: Json,
) {
  const old = original === undefined ? undefined : book.at(channel, original);
  if (old && args.delete_original) book.erase(channel, old.ts);
  else if (old && args.replace_original) book.edit(channel, old.ts, args);
  else {
    const ephemeralTo = args.response_type === 'in_channel' ? undefined : user;
    book.write({ ...contentOf(args), channel, user: BOT.user, ephemeralTo });
  }
}
