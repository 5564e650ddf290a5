import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bytesOf, type OfferedFile } from '../core/handout.ts';
import { CannotHand } from '../core/outbox.ts';
import { isOwnHost } from './files.ts';
import { limits } from './limits.ts';
import { type Client, missingScope, patiently } from './web.ts';

/**
 * Uploads a file to a conversation. Throws CannotHand where the bot was installed before it asked for the scope, and
 * Slack's error where it does not take the file. Source: docs.slack.dev, Working with files.
 */
export type Upload = (channel: string, file: OfferedFile) => Promise<void>;

export function createUpload(client: Client, apiUrl: string | undefined): Upload {
  const apiOrigin = apiUrl ? new URL(apiUrl).origin : undefined;

  async function begin({ name: filename, size: length }: OfferedFile) {
    const { upload_url, file_id } = await patiently(() =>
      client.files.getUploadURLExternal({ filename, length }),
    ).catch(needsScope);
    if (!upload_url || !file_id) throw new Error('files.getUploadURLExternal gave no address');
    const url = new URL(upload_url);
    if (!isOwnHost(url, apiOrigin)) throw new Error('A file was asked for at an address that is not Slack’s');
    return { url, id: file_id };
  }

  return async (channel, file) => {
    const { url, id } = await begin(file);
    await send(url, file);
    await patiently(() =>
      client.files.completeUploadExternal({
        files: [{ id, title: file.name }],
        channel_id: channel,
        initial_comment: file.about,
      }),
    ).catch(needsScope);
  };
}

/** Sends the bytes as they are made. No token goes along: the address itself lets us in. */
async function send(url: URL, file: OfferedFile): Promise<void> {
  const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream', 'content-length': file.size },
    timeout: limits.uploadIdleMs,
  });
  sent.on('timeout', () => sent.destroy(new Error('Slack does not take a file')));
  const [[response]] = await Promise.all([
    once(sent, 'response') as Promise<[IncomingMessage]>,
    pipeline(Readable.from(bytesOf(file)), sent),
  ]);
  response.resume();
  if (response.statusCode !== 200)
    throw new Error(`A file that was sent was answered with ${response.statusCode}`);
}

function needsScope(error: unknown): never {
  const scope = missingScope(error);
  throw scope === undefined ? error : new CannotHand(`The scope ${scope} is missing`);
}
