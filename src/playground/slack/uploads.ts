import { randomBytes } from 'node:crypto';
import { type Answer, json, type Request } from '../local/http.ts';
import type { Json } from '../local/types.ts';
import { randomId } from './ids.ts';

/** A file of the bot's on its way. */
interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes: Buffer | undefined;
}

/** Files that the bot hands over: an address for each, to which the bytes are sent once; then they are shared. */
export interface Uploads {
  /** Answers files.getUploadURLExternal; `url` is the local Slack's own address. */
  begin(args: Json, url: string): Answer;
  /** Answers what is sent to such an address; undefined where it is none. */
  receive(request: Request): Answer | undefined;
  /** Takes a file out whose bytes are there. */
  take(id: string): { name: string; bytes: Buffer } | undefined;
}

const prefix = '/upload/v1/';

export function openUploads(book: { fault(sentence: string): void }): Uploads {
  const byKey = new Map<string, Upload>();

  return {
    begin({ filename, length }, url) {
      const size = Number(length);
      if (typeof filename !== 'string' || filename === '' || !(size > 0))
        return json({ ok: false, error: 'invalid_arguments' });
      const key = randomBytes(24).toString('base64url');
      const id = randomId('F');
      byKey.set(key, { id, name: filename, length: size, bytes: undefined });
      return json({ ok: true, upload_url: `${url}${prefix}${key}`, file_id: id });
    },

    receive({ method, path, token, body }) {
      if (!path.startsWith(prefix)) return undefined;
      const upload = byKey.get(path.slice(prefix.length));
      if (!upload || upload.bytes) return { status: 404, headers: {}, body: '' };
      if (method !== 'POST') return { status: 405, headers: {}, body: '' };
      if (token !== undefined)
        book.fault('a file was handed over with a token: whoever keeps it can be the bot');
      if (body.length !== upload.length) {
        book.fault(`a file of ${upload.length} bytes was handed over with ${body.length}`);
        return { status: 400, headers: {}, body: '' };
      }
      upload.bytes = body;
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: `OK - ${body.length}` };
    },

    take(id) {
      const [key, found] = [...byKey].find(([, upload]) => upload.id === id) ?? [];
      if (key === undefined || !found?.bytes) return undefined;
      byKey.delete(key);
      return { name: found.name, bytes: found.bytes };
    },
  };
}
