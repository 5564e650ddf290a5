// A stand-in for Slack's Web API that costs next to nothing, in a process of its own: the workspace of the bench, and
// what the bot says there.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { text } from 'node:stream/consumers';
import { listensAt } from './child.ts';
import { workspace } from './workspace.ts';

const { team, bot, botUser, admin } = workspace;
/** Messages and answers that are kept, the newest last. */
const kept: string[] = [];
let answered = 0;
let awaited: { count: number; reached: () => void } | undefined;
let dropped = '';
let posted = 0;

type Reply = Record<string, unknown>;

async function replyTo(method: string, body: string): Promise<Reply> {
  switch (method) {
    case 'auth.test':
      return { bot_id: bot, user_id: botUser, team_id: team };
    case 'users.info':
      return { user: person };
    case 'conversations.info':
      return { channel: { id: workspace.channel, is_member: true } };
    case 'conversations.open':
      return { channel: { id: workspace.direct } };
    case 'files.info':
      return { file: await fileInfo() };
    case 'chat.postMessage':
    case 'chat.update':
    case 'chat.postEphemeral':
      keep(body);
      posted += 1;
      return { channel: workspace.channel, ts: `1700000000.${String(posted).padStart(6, '0')}` };
    default:
      return {};
  }
}

const person = {
  id: admin.id,
  team_id: team,
  real_name: admin.name,
  locale: 'en-GB',
  is_email_confirmed: true,
  profile: { real_name: admin.name, email: admin.address },
};

async function fileInfo(): Promise<Reply> {
  const name = basename(dropped);
  const { size } = await stat(dropped);
  return {
    id: name,
    name,
    title: name,
    size,
    mimetype: 'text/csv',
    user: admin.id,
    url_private: `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`,
  };
}

/** Messages come as forms or as JSON. */
function keep(body: string): void {
  kept.push(body.startsWith('{') ? body : JSON.stringify(Object.fromEntries(new URLSearchParams(body))));
  if (kept.length > 50) kept.shift();
}

function countAnswer(body: string): void {
  if (answered < 50) keep(body);
  answered += 1;
  if (answered === awaited?.count) awaited.reached();
}

const server = createServer(async (request, response) => {
  const [, kind, method = ''] = request.url?.split('/') ?? [];
  if (kind === 'file')
    return void createReadStream(dropped).pipe(response.setHeader('content-type', 'text/csv'));
  const body = await text(request);
  if (kind === 'response') {
    countAnswer(body);
    return send(response, 'ok');
  }
  return send(response, JSON.stringify({ ok: true, ...(await replyTo(method, body)) }));
});

function send(response: ServerResponse, body: string): void {
  const type = body.startsWith('{') ? 'application/json' : 'text/plain';
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(body) }).end(body);
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => listensAt((server.address() as AddressInfo).port, asks));

const asks = {
  /** Resolves once so many answers came to response_urls, counted from now on. */
  answers(count: number): Promise<void> {
    answered = 0;
    return new Promise((resolve) => {
      awaited = { count, reached: resolve };
    });
  },
  /** Forgets what the bot said, and gives it: bodies as JSON. */
  said: (): string[] => kept.splice(0),
  /** The file that is dropped next. */
  drops(path: string): void {
    dropped = path;
  },
};

export type SlackAsks = typeof asks;
