import { type Answer, json, openServer, type Request } from '../../src/playground/local/http.ts';
import type { Member } from '../../src/teams/connector.ts';

/** A call that the bot made. */
export interface Call {
  what: 'post' | 'update' | 'remove' | 'open' | 'member' | 'members';
  conversation: string;
  body: Record<string, unknown>;
  token: string | undefined;
  at: number;
  /** One member alone sees the message. */
  targeted: boolean;
}

/** What a call is answered with, in place of what is true. */
interface Scripted {
  status?: number;
  code?: string;
  headers?: Record<string, string>;
  body?: unknown;
  broken?: true;
}

/** The Bot Framework's connector as far as the bot calls it: it remembers the calls, and answers as it is told. */
export interface ScriptedConnector {
  url: string;
  calls: Call[];
  /** Who is in a conversation. */
  rosters: Map<string, Member[]>;
  /** The next calls of a kind get this answer. */
  answers(what: Call['what'], answer: Scripted, times?: number): void;
  stop(): Promise<void>;
}

export async function startConnector(): Promise<ScriptedConnector> {
  const calls: Call[] = [];
  const rosters = new Map<string, Member[]>();
  const scripted = new Map<Call['what'], Scripted[]>();
  const faults: string[] = [];

  function truth({ what, conversation }: Call, last: string): Answer {
    const members = rosters.get(conversation) ?? [];
    if (what === 'members') return json({ members });
    if (what === 'open') return json({ id: 'a:opened' }, 201);
    if (what !== 'member') return json({ id: `1:${calls.length}` }, what === 'post' ? 201 : 200);
    const found = members.find(({ id, aadObjectId }) => id === last || aadObjectId === last);
    return found ? json(found) : refusal(404, 'MemberNotFoundInConversation');
  }

  async function answer(request: Request): Promise<Answer | 'broken'> {
    const path = new URL(request.path, 'http://local').pathname.replace(/^.*\/v3\/conversations\/?/, '');
    const [conversation = '', , last = ''] = path.split('/').map(decodeURIComponent);
    const call: Call = {
      what: kindOf(request),
      conversation,
      body: request.body.length > 0 ? JSON.parse(request.body.toString()) : {},
      token: request.token,
      at: performance.now(),
      targeted: request.path.includes('isTargetedActivity=true'),
    };
    calls.push(call);
    const told = scripted.get(call.what)?.shift();
    if (told?.broken) return 'broken';
    if (told?.body !== undefined) return json(told.body, told.status, told.headers);
    return told ? refusal(told.status ?? 200, told.code, told.headers) : truth(call, last);
  }

  const server = await openServer({ fault: (sentence) => faults.push(sentence) }, answer);
  return {
    url: server.url,
    calls,
    rosters,
    answers(what, told, times = 1) {
      scripted.set(what, [...(scripted.get(what) ?? []), ...Array.from({ length: times }, () => told)]);
    },
    async stop() {
      await server.close();
      if (faults.length > 0) throw new Error(faults.join('\n'));
    },
  };
}

function kindOf({ method, path }: Request): Call['what'] {
  if (method === 'PUT') return 'update';
  if (method === 'DELETE') return 'remove';
  if (method === 'GET') return path.includes('/pagedmembers') ? 'members' : 'member';
  return /\/v3\/conversations\/?$/.test(path) ? 'open' : 'post';
}

function refusal(status: number, code = 'Unknown', headers: Record<string, string> = {}): Answer {
  return json({ error: { code, message: 'Not this time' } }, status, headers);
}
