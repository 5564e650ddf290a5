import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import type { Log } from '../log.ts';
import { listenOn } from './port.ts';

export interface WebParts {
  /** The pages, each bringing its own paths. */
  pages: readonly Router[];
  /** Whether the database, the queue and the surfaces are ready. */
  ready(): Promise<boolean>;
  metrics: { contentType: string; metrics(): Promise<string> };
  /** What an address that does not exist, and a page that failed, show. */
  notFound: RequestHandler;
  failed: ErrorRequestHandler;
}

/** A started server. */
export interface RunningServer {
  port: number;
  /** Lets the requests at hand end, for five seconds at most. */
  stop(): Promise<void>;
}

/** Where everything comes in. What doors add before the pages is answered bare: a platform reads it, no browser. */
export function createWeb(): Express {
  const app = express();
  app.disable('x-powered-by');
  return app;
}

/** Every page that is added from now on gets these: nothing may be run, framed, cached, indexed or told to another site. */
export function secured(app = createWeb()): Express {
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
        },
      },
      // The organisation's other hosts are not this program's to speak for.
      strictTransportSecurity: { includeSubDomains: false },
      referrerPolicy: { policy: 'no-referrer' },
    }),
  );
  app.use((_, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex, nofollow' });
    next();
  });
  return app;
}

/** Adds the pages and the addresses that watch over the program. A door may have added its own before. */
export function addPages(app: Express, parts: WebParts): void {
  secured(app);
  app.get('/healthz', (_, response) => void response.type('text').send('alive\n'));
  app.get('/readyz', async (_, response) => {
    const ready = await parts.ready();
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready\n' : 'not ready\n');
  });
  app.get('/metrics', async (_, response) => {
    response.type(parts.metrics.contentType).send(await parts.metrics.metrics());
  });
  for (const page of parts.pages) app.use(page);
  app.use(parts.notFound);
  app.use(parts.failed);
}

/** Listens; port 0 takes a free one. Throws the refusals `port_taken` and `address_unusable`. */
export async function listen(app: Express, port: number, host: string, log: Log): Promise<RunningServer> {
  const server = createServer(app);
  await listenOn(server, port, host);
  server.on('error', (error) => log.error({ err: error }, 'the web server failed'));
  return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const late = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(late);
}
