import type { Activity as Whole } from 'botbuilder';
import express, { type Application, type ErrorRequestHandler, type RequestHandler } from 'express';
import type { Log } from '../log.ts';
import type { Adapter } from './adapter.ts';
import { isLoopback } from './files.ts';
import { limits } from './limits.ts';

export interface ReceiverParts {
  adapter: Adapter;
  /** Requests prove nothing; so only what is on this machine is let in. */
  local: boolean;
  log: Log;
}

/**
 * Receives at /api/messages of `app`: 401 for what nobody vouches for, before anything is done; 413 for what is huge, 415
 * for what is no JSON. Nothing that reads bodies may stand before it.
 */
export function receive(app: Application, { adapter, local, log }: ReceiverParts): void {
  const handle: RequestHandler = async (request, response) => {
    const { status, body } = await adapter.receive(request.get('authorization') ?? '', request.body as Whole);
    if (body) response.status(status).json(body);
    else response.status(status).end();
  };
  /** What went wrong is told to the log alone. */
  const failed: ErrorRequestHandler = (error, _request, response, _next) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'Teams: a request failed');
    if (!response.headersSent) response.status(status).end();
  };
  const read = express.json({ limit: limits.requestBody, type: 'application/json' });
  app.post('/api/messages', local ? onThisMachine : withToken, asJson, read, handle, failed);
}

/** Whoever brings no token at all is not listened to. */
const withToken: RequestHandler = (request, response, next) => {
  if (/^Bearer \S+$/.test(request.get('authorization') ?? '')) next();
  else response.status(401).end();
};

/**
 * A client on this machine, that says so itself: the page of a site elsewhere, whose name was made to point here, names
 * that site, and no page can send JSON to another without being asked first.
 */
const onThisMachine: RequestHandler = ({ socket, headers }, response, next) => {
  const isNear = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '');
  const isPassedOn = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const name = (headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  if (isNear && !isPassedOn && isLoopback(name)) next();
  else response.status(403).end();
};

const asJson: RequestHandler = (request, response, next) => {
  if (request.is('application/json')) next();
  else response.status(415).end();
};

/** The status of a fault in reading the body; 500 for all else. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
