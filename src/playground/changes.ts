import type { RequestHandler, Response } from 'express';

type Listen = (listener: () => void) => () => void;

/** How long changes are gathered before a page is told, in milliseconds. */
const gatherMs = 30;

export interface EventStreams {
  open: RequestHandler;
  /** Ends what is open: pages come back, and fetch everything. */
  drop(): void;
  stop(): void;
}

/** Streams of server-sent events: each source's name, whenever it changed. Many changes at once are told as one. */
export function eventStreams(sources: Readonly<Record<string, Listen>>): EventStreams {
  const streams = new Set<Response>();
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function tell(): void {
    for (const name of waiting) for (const stream of streams) stream.write(`event: ${name}\ndata:\n\n`);
    waiting.clear();
  }
  const ends = Object.entries(sources).map(([name, listen]) =>
    listen(() => {
      if (waiting.size === 0) timer = setTimeout(tell, gatherMs).unref();
      waiting.add(name);
    }),
  );

  const drop = () => {
    for (const stream of streams) stream.end();
    streams.clear();
  };
  return {
    drop,
    open: (_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(':\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
    },
    stop() {
      for (const end of ends) end();
      clearTimeout(timer);
      drop();
    },
  };
}
