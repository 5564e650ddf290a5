import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { actBody, fileQuery } from './bodies.ts';
import { type EventStreams, eventStreams } from './changes.ts';
import { localOnly, ownPageOnly, pagePolicy } from './guards.ts';
import { shell } from './shell.ts';
import type { Act, ChatScene, Done, GalleryItem, Mail, MailHead, Scene } from './wire.ts';

/** The largest file that can be dropped, in bytes. */
const largestFile = 200 * 1024 * 1024;

/** The chat, as its members see it. */
export interface Chat {
  /** Undefined where nobody has that handle. */
  scene(handle: string): ChatScene | undefined;
  act(handle: string, act: Act): Promise<Done>;
  drop(handle: string, room: string, name: string, bytes: Buffer): Promise<Done>;
  /** Returns what ends it. */
  onChange(listener: () => void): () => void;
}

/** The company's mail. */
export interface Mailbox {
  /** Newest first. */
  list(): MailHead[];
  read(id: string): Promise<Mail | undefined>;
  /** Returns what ends it. */
  onChange(listener: () => void): () => void;
}

export interface PlaygroundParts {
  chat: Chat;
  mailbox: Mailbox;
  /** Names what the store and the playground hold: another one after they were emptied. */
  world: string;
  /** By file name, in the order in which they are offered; the tour drops the first. */
  samples: ReadonlyMap<string, () => Buffer>;
  gallery(): Promise<readonly GalleryItem[]>;
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
  const streams = eventStreams({ chat: parts.chat.onChange, mail: parts.mailbox.onChange });
  router.get('/', localOnly, servePage(parts));
  router.use('/playground', localOnly, ownPageOnly, apiRouter(parts, streams));
  return { router, stop: streams.stop };
}

function apiRouter(parts: PlaygroundParts, streams: EventStreams): Router {
  const { mailbox, samples } = parts;
  const router = Router();
  router.get('/changes', streams.open);
  router.get('/gallery', servePage(parts));
  router.get('/gallery/items', async (_, response) => void response.json(await parts.gallery()));
  router.use('/page', servePageFiles(parts));
  router.use(chatRouter(parts));
  router.get('/mail', (_, response) => void response.json(mailbox.list()));
  router.get('/mail/:id', async (request, response) => {
    const mail = await mailbox.read(request.params.id);
    if (mail) response.json(mail);
    else missing(response);
  });
  router.get('/samples', (_, response) => {
    response.json([...samples].map(([name, read]) => ({ name, bytes: read().length })));
  });
  router.get('/samples/:name', (request, response) => {
    const read = samples.get(request.params.name);
    if (read) response.type('application/octet-stream').send(read());
    else missing(response);
  });
  router.post('/start-over', async (_, response) => {
    await parts.startOver();
    response.json({});
    streams.drop();
  });
  return router;
}

function chatRouter({ chat, world }: PlaygroundParts): Router {
  const router = Router();
  /** What somebody sees who exists; otherwise answers, and gives nothing. */
  function sceneOf(request: Request, response: Response): ChatScene | undefined {
    const { as } = request.query;
    const scene = typeof as === 'string' ? chat.scene(as) : undefined;
    if (!scene) missing(response);
    return scene;
  }

  router.get('/scene', (request, response) => {
    const scene = sceneOf(request, response);
    if (scene) response.json({ ...scene, world } satisfies Scene);
  });

  router.post('/acts', express.json({ limit: '1mb' }), async (request, response) => {
    const scene = sceneOf(request, response);
    if (!scene) return;
    const read = actBody.safeParse(request.body);
    if (!read.success) malformed(response);
    else if (!hasRoom(scene, roomOf(read.data))) missing(response);
    else response.json(await chat.act(scene.me.handle, read.data));
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

function roomOf(act: Act): string | undefined {
  if ('room' in act) return act.room;
  return 'at' in act ? act.at.room : undefined;
}

const hasRoom = (scene: ChatScene, room: string | undefined) =>
  room === undefined || scene.rooms.some(({ id }) => id === room);

function missing(response: Response): void {
  response.status(404).json({ error: 'There is no such thing here' } satisfies Done);
}

function malformed(response: Response): void {
  response.status(400).json({ error: 'That is not what the page sends' } satisfies Done);
}

const built = new URL('../../dist/public/', import.meta.url);
const pageFiles = ['page.js', 'page.css'] as const;

function servePage({ assets = built }: PlaygroundParts): RequestHandler {
  const versions = pageFiles.map((file) => hash(readFileSync(new URL(file, assets))));
  const [script, style] = pageFiles.map((file, index) => `/playground/page/${file}?v=${versions[index]}`);
  const html = shell(String(script), String(style));
  return (_, response) => void response.set('Content-Security-Policy', pagePolicy).send(html);
}

function servePageFiles({ assets = built }: PlaygroundParts): Router {
  const router = Router();
  for (const file of pageFiles) {
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
