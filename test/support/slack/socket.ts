import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '../../../src/playground/local/types.ts';
import type { Line } from '../../../src/playground/slack/line.ts';
import { until } from '../until.ts';

const TYPES = { command: 'slash_commands', interaction: 'interactive', event: 'events_api' } as const;
const OPCODES = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Slack's end of Socket Mode: the bot connects to `url`, and `line` sends down the newest connection. */
export interface Socket {
  readonly url: string;
  readonly line: Line;
  close(): Promise<void>;
}

/** Listens for WebSocket connections on 127.0.0.1: text frames, pings and acknowledgements; no extensions. */
export async function openSocket(appId: string): Promise<Socket> {
  const connections = new Set<Duplex>();
  const waiting = new Map<string, (body: unknown) => void>();
  const server = createServer();
  server.on('upgrade', (request, socket: Duplex) => {
    const key = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}\r\n\r\n`,
    );
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    socket.on('error', () => connections.delete(socket));
    listen(socket, (text) => {
      const { envelope_id: id, payload = {} } = JSON.parse(text) as { envelope_id: string; payload?: object };
      waiting.get(id)?.(Object.keys(payload).length === 0 ? '' : payload);
      waiting.delete(id);
    });
    const hello = { type: 'hello', num_connections: connections.size, connection_info: { app_id: appId } };
    socket.write(frame(OPCODES.text, JSON.stringify(hello)));
  });
  const pings = setInterval(() => {
    for (const socket of connections) socket.write(frame(OPCODES.ping, 'ping'));
  }, 2_000);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `ws://127.0.0.1:${port}/link`,
    line: {
      async send({ kind, payload }, retry) {
        const socket = await until(() => [...connections].at(-1), {
          what: 'a socket of the bot',
          deadline: 3_000,
        });
        const envelope: Json = {
          envelope_id: randomUUID(),
          type: TYPES[kind],
          payload,
          accepts_response_payload: kind !== 'event',
          ...(retry ? { retry_attempt: retry.number, retry_reason: retry.reason } : {}),
        };
        const answered = new Promise<unknown>((resolve, reject) => {
          waiting.set(String(envelope.envelope_id), resolve);
          setTimeout(() => reject(new Error('Nothing acknowledged within 10 s')), 10_000).unref();
        });
        socket.write(frame(OPCODES.text, JSON.stringify(envelope)));
        return { status: 200, body: await answered };
      },
    },
    async close() {
      clearInterval(pings);
      // A bot that is just leaving says goodbye; one that stays is cut off.
      for (let n = 0; n < 25 && connections.size > 0; n++) await pause(20);
      for (const socket of connections) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function frame(opcode: number, content: string | Buffer): Buffer {
  const body = typeof content === 'string' ? Buffer.from(content) : content;
  const head = Buffer.alloc(10);
  head[0] = 0x80 | opcode;
  if (body.length < 126) {
    head[1] = body.length;
    return Buffer.concat([head.subarray(0, 2), body]);
  }
  if (body.length < 65_536) {
    head[1] = 126;
    head.writeUInt16BE(body.length, 2);
    return Buffer.concat([head.subarray(0, 4), body]);
  }
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}

/** Reads a client's frames, which are masked and, from the clients used here, never in parts. */
function listen(socket: Duplex, onText: (text: string) => void): void {
  let buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (let read = unframe(buffer); read; read = unframe(buffer)) {
      buffer = buffer.subarray(read.size);
      if (read.opcode === OPCODES.text) onText(read.body.toString());
      if (read.opcode === OPCODES.ping) socket.write(frame(OPCODES.pong, read.body));
      if (read.opcode === OPCODES.close) socket.end(frame(OPCODES.close, read.body));
    }
  });
}

function unframe(buffer: Buffer): { opcode: number; body: Buffer; size: number } | undefined {
  if (buffer.length < 6) return undefined;
  const short = buffer.readUInt8(1) & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  const start = 2 + extra + 4;
  if (buffer.length < start) return undefined;
  const length =
    extra === 0 ? short : extra === 2 ? buffer.readUInt16BE(2) : Number(buffer.readBigUInt64BE(2));
  if (buffer.length < start + length) return undefined;
  const mask = buffer.subarray(start - 4, start);
  const body = Buffer.from(buffer.subarray(start, start + length));
  for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return { opcode: buffer.readUInt8(0) & 0x0f, body, size: start + length };
}
