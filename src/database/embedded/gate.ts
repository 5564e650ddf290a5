import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { PGlite } from '@electric-sql/pglite';
import { AnswerReader, fatal, message, query, type Request, requests } from './messages.ts';

/** What the gate needs of the embedded backend. */
type Backend = Pick<PGlite, 'execProtocolRawStream' | 'runExclusive'>;

/** Undoes what a client has begun, whether or not the backend skips messages until a sync. */
const abandon = Buffer.concat([query('rollback'), message('S'), query('rollback')]);

/** Ends a `copy … from stdin`, for whose data the backend would wait for ever; otherwise it is ignored. */
const noCopy = message('f', Buffer.from('the embedded database takes no copy from stdin\0'));

/**
 * Lets many connections use one backend, which knows one session: whoever sends first owns it until it is idle
 * again, so through a whole transaction, while the others wait in line. A client that leaves within a transaction,
 * or says nothing in it for `patience` milliseconds, is rolled back.
 */
export class Gate {
  readonly #backend: Backend;
  readonly #greeting: Buffer;
  readonly #patience: number;
  readonly #clients = new Set<Socket>();

  constructor(backend: Backend, greeting: Buffer, patience: number) {
    this.#backend = backend;
    this.#greeting = greeting;
    this.#patience = patience;
  }

  /** Serves one connection until it ends. */
  async serve(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy());
    try {
      const incoming = requests(socket.iterator({ destroyOnReturn: false }));
      for (let next = await incoming.next(); !next.done; next = await incoming.next()) {
        if (next.value.kind === 'messages') await this.#turn(socket, next.value, incoming);
        else this.#begin(socket, next.value);
        await drained(socket);
      }
    } catch (error) {
      socket.write(fatal('08P01', error instanceof Error ? error.message : String(error)));
    } finally {
      this.#clients.delete(socket);
      socket.end();
    }
  }

  /** Ends every connection; a transaction that is under way is rolled back. */
  closeClients(): void {
    for (const socket of this.#clients) socket.destroy();
  }

  #begin(socket: Socket, { kind }: Request): void {
    if (kind === 'encryption') socket.write('N');
    else if (kind === 'cancel') socket.end();
    else {
      socket.write(this.#greeting);
      this.#clients.add(socket);
    }
  }

  /** Owns the backend from `first` until it is idle. */
  async #turn(socket: Socket, first: Request, incoming: AsyncGenerator<Request, void>): Promise<void> {
    await this.#backend.runExclusive(async () => {
      const answers = new AnswerReader();
      let request: Request | undefined = first;
      while (request) {
        await this.#run(request.bytes, answers, socket);
        if (answers.status === 'I') return;
        request = await this.#patiently(socket, incoming);
      }
      await this.#run(abandon, answers);
    });
  }

  /** The owner's next request; undefined once it has left or been silent for too long. */
  async #patiently(socket: Socket, incoming: AsyncGenerator<Request, void>): Promise<Request | undefined> {
    const timer = setTimeout(() => {
      const heard = socket.write(fatal('25P03', 'terminating connection due to idle-in-transaction timeout'));
      if (heard) socket.destroySoon();
      else socket.destroy();
    }, this.#patience);
    try {
      await drained(socket);
      return (await incoming.next()).value ?? undefined;
    } catch {
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(bytes: Buffer, answers: AnswerReader, socket?: Socket): Promise<void> {
    answers.status = undefined;
    socket?.cork();
    await this.#backend.execProtocolRawStream(mayCopy(bytes) ? Buffer.concat([bytes, noCopy]) : bytes, {
      onRawData: (data) => {
        const chunk = Buffer.from(data);
        answers.read(chunk);
        socket?.write(chunk);
      },
    });
    socket?.uncork();
    for (const notification of answers.notifications.splice(0)) {
      for (const client of this.#clients) if (client !== socket) client.write(notification);
    }
  }
}

/** Whether `copy` stands where a request's SQL does, at its beginning. */
const mayCopy = (bytes: Buffer): boolean => /copy/i.test(bytes.toString('latin1', 0, 10_000));

/** Waits until the client has read what was written to it, or has left. */
async function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return;
  const left = new AbortController();
  await Promise.race([
    once(socket, 'drain', { signal: left.signal }),
    once(socket, 'close', { signal: left.signal }),
  ]).catch(() => {});
  left.abort();
}
