import { randomUUID } from 'node:crypto';
import type { Answer, Request } from '../local/http.ts';
import { json } from '../local/http.ts';
import type { TeamsBook } from './book.ts';
import { ticket } from './ids.ts';
import { limits } from './limits.ts';
import type { SharedFile } from './types.ts';

/** Files on their way: addresses that need no token, for a while. */
export interface Files {
  /** Keeps what somebody dropped in a room. */
  keep(room: string, name: string, bytes: Buffer): SharedFile;
  /** The address that a file is fetched from. */
  downloadUrl(file: SharedFile): string;
  /** An address that the bot may send a file's bytes to, once; the file is there when all of them are. */
  upload(room: string, name: string): { readonly id: string; readonly url: string };
  /** Answers what is asked at those addresses; undefined where it is no such address. */
  answer(request: Request): Answer | undefined;
}

interface Upload {
  readonly file: SharedFile;
  readonly born: number;
  bytes: Buffer;
}

const minutes = (since: number) => (Date.now() - since) / 60_000;

export function openFiles(book: TeamsBook, url: () => string): Files {
  const uploads = new Map<string, Upload>();

  function download(id: string, given: string, { method, token }: Request): Answer {
    const file = book.file(id);
    if (!file || file.ticket !== given) return plain(404);
    if (minutes(file.at) > limits.downloadMinutes) return plain(401);
    if (token !== undefined) book.fault('a file was fetched with a token: whoever keeps it can be the bot');
    if (method !== 'GET' && method !== 'HEAD') return plain(405);
    const bytes = book.bytes(id);
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(bytes.length) };
    return { status: 200, headers, body: method === 'HEAD' ? '' : bytes };
  }

  function receive(key: string, { method, token, headers, body }: Request): Answer {
    const upload = uploads.get(key);
    if (!upload || minutes(upload.born) > limits.uploadMinutes) return plain(404);
    if (token !== undefined)
      book.fault('a file was handed over with a token: whoever keeps it can be the bot');
    if (method !== 'PUT') return plain(405);
    const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
    const isNext = Number(from) === upload.bytes.length && Number(to) - Number(from) + 1 === body.length;
    const isLast = Number(to) + 1 === Number(total);
    if (!isNext || (!isLast && body.length % limits.uploadPiece !== 0)) {
      book.fault(`a file was handed over with the content-range "${headers['content-range'] ?? ''}"`);
      return json({ error: { code: 'invalidRange', message: 'The range is invalid.' } }, 416);
    }
    upload.bytes = Buffer.concat([upload.bytes, body]);
    if (!isLast) return json({ nextExpectedRanges: [`${upload.bytes.length}-`] }, 202);
    uploads.delete(key);
    book.keepFile({ ...upload.file, size: upload.bytes.length }, upload.bytes);
    return json({ id: upload.file.id, name: upload.file.name, size: upload.bytes.length }, 201);
  }

  const made = (room: string, name: string, size: number): SharedFile => {
    return { id: randomUUID(), name, size, room, ticket: ticket(), at: Date.now() };
  };
  return {
    keep(room, name, bytes) {
      const file = made(room, name, bytes.length);
      book.keepFile(file, bytes);
      return file;
    },
    downloadUrl: ({ id, ticket: key }) => `${url()}/download/${id}?tempauth=${key}`,
    upload(room, name) {
      const file = made(room, name, 0);
      uploads.set(file.ticket, { file, born: Date.now(), bytes: Buffer.alloc(0) });
      return { id: file.id, url: `${url()}/upload/${file.ticket}` };
    },
    answer(request) {
      const { pathname, searchParams } = new URL(request.path, url());
      const [, kind, key = ''] = pathname.split('/');
      if (kind === 'download') return download(key, searchParams.get('tempauth') ?? '', request);
      return kind === 'upload' ? receive(key, request) : undefined;
    },
  };
}

function plain(status: number): Answer {
  return { status, headers: {}, body: '' };
}
