import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import type { z } from 'zod';
import { root } from '../root.ts';
import { largestFile } from '../rules/size.ts';
import { actBody, fileQuery, teamsActBody } from './bodies.ts';
import { type EventStreams, eventStreams } from './changes.ts';
import { localOnly, ownPageOnly, pagePolicy } from './guards.ts';
import { shell } from './shell.ts';
import type {
  Act,
  ChatScene,
  Done,
  GalleryItem,
  Mail,
  MailHead,
  Surface,
  TeamsAct,
  TeamsScene,
  TourState,
} from './wire.ts';

/** A chat, as its members see it. */
interface Chat<S, A> {
  /** Undefined where nobody has that handle. */
  scene(handle: string): S | undefined;
  act(handle: string, act: A): Promise<Done>;
  drop(handle: string, room: string, name: string, bytes: Buffer): Promise<Done>;
  /** A file that a message brings; undefined where that member sees no such message. */
  file(handle: string, id: string): { name: string; bytes: Buffer } | undefined;
  /** Returns what ends it. */
  onChange(listener: () => void): () => void;
}
export type SlackChat = Chat<ChatScene, Act>;
export type TeamsChat = Chat<TeamsScene, TeamsAct>;

/** The company's mail. */
export interface Mailbox {
  /** Newest first. */
  list(): MailHead[];
  read(id: string): Promise<Mail | undefined>;
  /** Returns what ends it. */
  onChange(listener: () => void): () => void;
}

export interface PlaygroundParts {
  slack: SlackChat;
  teams: TeamsChat;
  mailbox: Mailbox;
  /** Names what the store and the playground hold: another one after they were emptied. */
  world: string;
  /** By file name, in the order in which they are offered; the tour drops the first. */
  samples: ReadonlyMap<string, () => Buffer | Promise<Buffer>>;
  gallery(): Promise<readonly GalleryItem[]>;
  /** Undefined while the store is not open. */
  tour(): Promise<TourState | undefined>;
  /** Empties the store and the playground, and fills them with the demo organisation again; may answer before it is done. */
  startOver(): Promise<void>;
  /** Where the built page is. */
  assets?: URL;
}

export interface PlaygroundRouter {
  router: Router;
  /** Ends the streams of changes, which otherwise last as long as a page is open. */
  stop(): void;
}

/** The playground's page at `/`, and what it asks for below `/playground` (see wire.ts); for this machine alone. */
export function playgroundRouter(parts: PlaygroundParts): PlaygroundRouter {
  const router = Router();
  const { slack, teams, mailbox } = parts;
  const streams = eventStreams({
    slack: slack.onChange,
    teams: teams.onChange,
    mail: mailbox.onChange,
  });
  router.get('/', localOnly, servePage(parts));
  router.use('/playground', localOnly, ownPageOnly, apiRouter(parts, streams));
  return { router, stop: streams.stop };
}

function apiRouter(parts: PlaygroundParts, streams: EventStreams): Router {
  const { slack, teams, mailbox, samples, world } = parts;
  const router = Router();
  router.get('/changes', streams.open);
  router.get('/gallery', servePage(parts));
  router.get('/gallery/items', async (_, response) => void response.json(await parts.gallery()));
  router.use('/page', servePageFiles(parts));
  router.use('/slack', chatRouter('slack', slack, actBody, world));
  router.use('/teams', chatRouter('teams', teams, teamsActBody, world));
  router.get('/mail', (_, response) => void response.json(mailbox.list()));
  router.get('/mail/:id', async (request, response) => {
    const mail = await mailbox.read(request.params.id);
    if (mail) response.json(mail);
    else missing(response);
  });
  router.get('/samples', async (_, response) => {
    const sizes = [...samples].map(async ([name, read]) => ({ name, bytes: (await read()).length }));
    response.json(await Promise.all(sizes));
  });
  router.get('/samples/:name', async (request, response) => {
    const read = samples.get(request.params.name);
    if (read) response.type('application/octet-stream').send(await read());
    else missing(response);
  });
  router.get('/tour', async (_, response) => {
    const tour = await parts.tour();
    if (tour) response.json(tour);
    else missing(response);
  });
  router.post('/start-over', async (_, response) => {
    await parts.startOver();
    response.json({});
    streams.drop();
  });
  return router;
}

function chatRouter<S extends ChatScene | TeamsScene, A extends Act | TeamsAct>(
  surface: Surface,
  chat: Chat<S, A>,
  actSchema: z.ZodType<A>,
  world: string,
): Router {
  const router = Router();
  /** What somebody sees who exists; otherwise answers, and gives nothing. */
  function sceneOf(request: Request, response: Response): S | undefined {
    const { as } = request.query;
    const scene = typeof as === 'string' ? chat.scene(as) : undefined;
    if (!scene) missing(response);
    return scene;
  }

  router.get('/scene', (request, response) => {
    const scene = sceneOf(request, response);
    if (scene) response.json({ ...scene, surface, world });
  });

  router.post('/acts', express.json({ limit: '1mb' }), async (request, response) => {
    const scene = sceneOf(request, response);
    if (!scene) return;
    const read = actSchema.safeParse(request.body);
    if (!read.success) malformed(response);
    else if (!hasRoom(scene, roomOf(read.data))) missing(response);
    else response.json(await chat.act(scene.me.handle, read.data));
  });

  router.get('/files/:id', (request, response) => {
    const scene = sceneOf(request, response);
    if (!scene) return;
    const file = chat.file(scene.me.handle, request.params.id);
    if (file) response.attachment(file.name).type('application/octet-stream').send(file.bytes);
    else missing(response);
  });

  router.post('/files', async (request, response, next) => {
    const scene = sceneOf(request, response);
    if (!scene) return;
    const read = fileQuery.safeParse(request.query);
    if (!read.success) malformed(response);
    else if (!hasRoom(scene, read.data.place)) missing(response);
    else {
      const { place, name } = read.data;
      await body(request, response, next, async (bytes) => {
        response.json(await chat.drop(scene.me.handle, place, name, bytes));
      });
    }
  });
  return router;
}

const raw = express.raw({ type: () => true, limit: largestFile });

/** Reads a file only once it is known that somebody takes it. */
async function body(
  request: Request,
  response: Response,
  next: (error: unknown) => void,
  take: (bytes: Buffer) => Promise<void>,
): Promise<void> {
  const fault = await new Promise<unknown>((read) => raw(request, response, read));
  if (fault) next(fault);
  else await take(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
}

function roomOf(act: Act | TeamsAct): string | undefined {
  if ('room' in act) return act.room;
  return 'at' in act ? act.at.room : undefined;
}

const hasRoom = (scene: ChatScene | TeamsScene, room: string | undefined) =>
  room === undefined || scene.rooms.some(({ id }) => id === room);

function missing(response: Response): void {
  response.status(404).json({ error: 'There is no such thing here' } satisfies Done);
}

function malformed(response: Response): void {
  response.status(400).json({ error: 'That is not what the page sends' } satisfies Done);
}

const built = new URL('dist/public/', root);

function servePage({ assets = built }: PlaygroundParts): RequestHandler {
  const [script, style] = ['page.js', 'page.css'].map((file) => {
    return `/playground/page/${file}?v=${hash(readFileSync(new URL(file, assets)))}`;
  });
  const html = shell(String(script), String(style));
  return (_, response) => void response.set('Content-Security-Policy', pagePolicy).send(html);
}

/** The page and its parts; what is in a part, its name says. */
function servePageFiles({ assets = built }: PlaygroundParts): Router {
  const router = Router();
  for (const file of readdirSync(assets)) {
    const bytes = readFileSync(new URL(file, assets));
    router.get(`/${file}`, (_, response) => {
      response.type(file).set('Cache-Control', 'public, max-age=31536000, immutable').send(bytes);
    });
  }
  return router;
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}
