import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { pino } from 'pino';
import {
  type ConnectOptions,
  type ConnectStandIn,
  openConnect,
} from '../../../src/playground/connect/index.ts';
import { listen } from '../../../src/web/server.ts';
import { type Smtp, startSmtp } from '../../support/smtp.ts';

/** The stand-in as the playground runs it: behind a server of the program's, with a mail server. */
export interface House {
  /** Where the login page is. */
  url: string;
  connect: ConnectStandIn;
  smtp: Smtp;
  journal: string;
  /** Stops the stand-in and opens it again on the same journal. */
  restarts(): Promise<void>;
  stop(): Promise<void>;
}

export async function openHouse(given: Partial<Omit<ConnectOptions, 'mail'>> = {}): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'vc-bot-connect-'));
  const log = pino({ level: 'silent' });
  const smtp = await startSmtp();
  const app = express();
  // Looked up at each request: a restart brings another.
  app.use('/connect', (request, response, next) => house.connect.router(request, response, next));
  const server = await listen(app, 0, '127.0.0.1', log);
  const url = `http://localhost:${server.port}/connect`;
  const journal = join(folder, 'connect.jsonl');
  const open = () =>
    openConnect({ journal, url: `${url}/`, mail: { url: smtp.url }, language: 'sv', log, ...given });
  const house: House = {
    url,
    connect: await open(),
    smtp,
    journal,
    async restarts() {
      await house.connect.stop();
      house.connect = await open();
    },
    async stop() {
      await house.connect.stop();
      await server.stop();
      await smtp.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return house;
}
