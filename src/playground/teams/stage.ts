import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Acknowledged, deliver, type Watch } from '../local/deliver.ts';
import { json, objectIn, openServer, post, type Through } from '../local/http.ts';
import { type Postman, startPostman } from '../local/postman.ts';
import type { Answered, Json } from '../local/types.ts';
import type { Activity, Origin } from './activities.ts';
import { openBook, type TeamsBook } from './book.ts';
import { answerRoute, type Call, REGION, routeOf } from './connector.ts';
import { type Dialogs, watchDialogs } from './dialogs.ts';
import { type Files, openFiles } from './files.ts';
import { limits } from './limits.ts';
import { type Account, layTenant, type Room, type TenantOptions } from './tenant.ts';
import type { Message } from './types.ts';

export interface StageOptions extends TenantOptions {
  /** Path of a journal, NAME.jsonl; without one, everything is gone at the end. */
  readonly journal?: string | undefined;
  /** Stands between the bot's calls and their true answers. */
  readonly through?: Through<Call>;
  /** Whether lateness tells nothing now, such as on a machine that has far too much to do. */
  readonly excuses?: () => boolean;
}

/** A Teams with one bot in it, and everything that an act needs. */
export interface Stage extends Watch, Origin {
  readonly book: TeamsBook;
  readonly postman: Postman;
  readonly dialogs: Dialogs;
  readonly files: Files;
  /** Sends one activity once. Rejects where nobody answers. */
  send(activity: Json): Promise<Answered>;
  stop(): Promise<void>;
}

/** Opens a Teams on 127.0.0.1. */
export async function openStage(options: StageOptions): Promise<Stage> {
  const { journal, through, excuses = () => false } = options;
  const book = openBook(journal);
  const tenant = layTenant(options, book);
  let url = '';
  const files = openFiles(book, () => url);
  const send = (activity: Json) =>
    post(`${postman.where()}/api/messages`, {
      body: JSON.stringify(activity),
      type: 'application/json; charset=utf-8',
      headers: {},
    });
  const postman = startPostman({
    book,
    excuses,
    patience: { seconds: limits.messageSeconds, what: 'message' },
    send,
  });

  const portFile = journal?.replace(/\.jsonl$|$/, '-port');
  const server = await openServer(
    book,
    async (request) => {
      const { pathname, searchParams } = new URL(request.path, url);
      const isTargeted = searchParams.get('isTargetedActivity') === 'true';
      const { method, token } = request;
      const found = routeOf(method, pathname);
      const truth = async () => {
        const file = files.answer(request);
        if (file) return file;
        if (found) return answerRoute({ tenant, book }, found.route, call.args);
        book.fault(`${method} ${pathname} is nothing that the local Teams knows`);
        return json({ error: { code: 'NotFound', message: 'There is no such route' } }, 404);
      };
      const body = objectIn(request.body.toString());
      const call: Call = found
        ? {
            method: found.route.name,
            token,
            args: { ...found.args, body, ...(isTargeted ? { isTargeted } : {}) },
          }
        : { method: pathname.split('/')[1] ?? '', token, args: { path: pathname } };
      return through ? through(call, truth) : truth();
    },
    portKept(portFile),
  );
  url = server.url;
  if (portFile) writeFileSync(portFile, new URL(url).port);

  return {
    book,
    excuses,
    tenant,
    serviceUrl: `${url}${REGION}/`,
    postman,
    dialogs: watchDialogs(book),
    files,
    send,
    async stop() {
      await postman.stop();
      await server.close();
      book.close();
    },
  };
}

/** Programs keep the address that they were told, so Teams stays there over a restart, as the real one does. */
function portKept(path: string | undefined): number {
  const port = path && existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
  return Number.isInteger(port) && port < 65_536 ? port : 0;
}

/** An activity on its way to the bot, until it is acknowledged or given up; kept in the journal meanwhile. */
export interface Announced {
  readonly activity: Activity;
  readonly ack: Promise<Acknowledged>;
}

export function announce({ postman }: Stage, activity: Activity): Announced {
  const { id } = activity.conversation as { id: string };
  return { activity, ack: postman.announce(activity, `${id} ${activity.id}`) };
}

/** Asks the bot, and waits. An answer of another status than 200 is a fault: the person sees an error. */
export async function ask(stage: Stage, activity: Activity): Promise<Acknowledged> {
  const what = String(activity.name);
  const ack = await deliver(stage, { seconds: limits.invokeSeconds, what }, () => stage.send(activity));
  if (ack.status > 0 && ack.status !== 200) stage.book.fault(`the bot answered ${what} with ${ack.status}`);
  return ack;
}

/** What somebody can see in a room, oldest first. */
export function visibleIn({ book }: Stage, who: Account, room: Room): Message[] {
  if (!room.members.includes(who)) return [];
  return book.messages(room.id).filter(({ onlyFor }) => onlyFor === undefined || onlyFor === who.id);
}
