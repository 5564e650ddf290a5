/** PostgreSQL's wire protocol, as far as the embedded database's gate needs it. */

/** Where a session stands after ReadyForQuery: idle, in a transaction, or in one that failed. */
export type SessionStatus = 'I' | 'T' | 'E';

const largestMessage = 512 * 1024 * 1024;
const protocolVersion = 0x30000;
const refusedRequests = new Set([80877103 /* SSLRequest */, 80877104 /* GSSENCRequest */]);

/** The messages after which a client waits for an answer: Query, Sync, Flush, FunctionCall. */
const turnEnds = new Set([...'QSHF'].map((letter) => letter.charCodeAt(0)));
const terminate = 'X'.charCodeAt(0);
const readyForQuery = 'Z'.charCodeAt(0);
const notification = 'A'.charCodeAt(0);

/** One message of `type` whose body is `body`. */
export function message(type: string, body: Uint8Array = new Uint8Array()): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A simple query, ready to send. */
export const query = (sql: string): Buffer => message('Q', Buffer.from(`${sql}\0`));

/** What a client begins with, to a server of its own. */
export function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\0\0\0user\0${user}\0database\0${database}\0\0`);
  body.writeInt32BE(protocolVersion, 0);
  const head = Buffer.alloc(4);
  head.writeInt32BE(body.length + 4, 0);
  return Buffer.concat([head, body]);
}

/** An ErrorResponse that ends the connection, with its SQLSTATE. */
export const fatal = (code: string, words: string): Buffer =>
  message('E', Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${words}\0\0`));

/** What a client sent, cut where it waits for an answer. */
export type Request = { kind: 'startup' | 'encryption' | 'cancel' | 'messages'; bytes: Buffer };

/**
 * Cuts what a client sends into requests: the start-up packets one by one, then every run of messages that
 * ends in one after which the client waits. Chunks may end anywhere. Ends at Terminate or with the connection;
 * throws where a length cannot be right.
 */
export async function* requests(chunks: AsyncIterable<Buffer>): AsyncGenerator<Request, void> {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 4;
  let begun = false;
  let scanned = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    held += chunk.length;
    if (held < wanted) continue;
    let buffer = parts.length === 1 ? chunk : Buffer.concat(parts, held);
    for (;;) {
      const head = begun ? 5 : 4;
      if (buffer.length - scanned < head) {
        wanted = scanned + head;
        break;
      }
      const end = scanned + messageLength(buffer, scanned, begun);
      if (buffer.length < end) {
        wanted = end;
        break;
      }
      const type = buffer[scanned] ?? 0;
      scanned = end;
      if (begun && type === terminate) return;
      if (begun && !turnEnds.has(type)) continue;
      const request: Request = begun
        ? { kind: 'messages', bytes: buffer.subarray(0, end) }
        : firstRequest(buffer.subarray(0, end));
      begun ||= request.kind === 'startup';
      buffer = buffer.subarray(end);
      scanned = 0;
      yield request;
    }
    parts = [buffer];
    held = buffer.length;
  }
}

function messageLength(buffer: Buffer, at: number, typed: boolean): number {
  const length = buffer.readInt32BE(typed ? at + 1 : at);
  if (length < 4 || length > largestMessage) throw new Error('A message has an impossible length');
  return typed ? length + 1 : length;
}

function firstRequest(bytes: Buffer): Request {
  const code = bytes.length < 8 ? 0 : bytes.readInt32BE(4);
  if (refusedRequests.has(code)) return { kind: 'encryption', bytes };
  if (code >> 16 === 3) return { kind: 'startup', bytes };
  return { kind: 'cancel', bytes };
}

/** Follows what the backend answers, in chunks that may end anywhere. */
export class AnswerReader {
  /** The last ReadyForQuery's; undefined while the backend is in the middle of something. */
  status: SessionStatus | undefined;
  /** The notifications seen, whole messages, for whoever takes them. */
  notifications: Buffer[] = [];
  #held: Buffer = Buffer.alloc(0);
  #skip = 0;

  read(chunk: Buffer): void {
    let at = Math.min(this.#skip, chunk.length);
    this.#skip -= at;
    if (at === chunk.length) return;
    const buffer = this.#held.length ? Buffer.concat([this.#held, chunk.subarray(at)]) : chunk;
    if (this.#held.length) at = 0;
    while (buffer.length - at >= 5) {
      const type = buffer[at];
      const end = at + 1 + buffer.readInt32BE(at + 1);
      const whole = end <= buffer.length;
      if (!whole && (type === readyForQuery || type === notification)) break;
      if (type === readyForQuery) this.status = String.fromCharCode(buffer[at + 5] ?? 0) as SessionStatus;
      if (type === notification) this.notifications.push(Buffer.from(buffer.subarray(at, end)));
      this.#skip = whole ? 0 : end - buffer.length;
      at = Math.min(end, buffer.length);
    }
    this.#held = Buffer.from(buffer.subarray(at));
  }
}
