import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import nodemailer from 'nodemailer';
import type { Log } from '../../log.ts';
import type { Language } from '../../rules/language.ts';
import { localOnly } from '../guards.ts';
import { openAccounts } from './accounts.ts';
import { passwordLetter } from './letter.tsx';
import type { Visit } from './pages.tsx';
import { loginRouter, nameOf } from './router.ts';
import { scimRouter } from './scim.ts';

/** A stand-in for Visma Connect on this machine: accounts by SCIM 2.0, and a login page. */
export interface ConnectStandIn {
  /** Values for CONNECT_SCIM_URL and CONNECT_SCIM_TOKEN. */
  identity: { url: string; token: string };
  /** Whether the holder of an address ever logged in. */
  hasLoggedIn(address: string): boolean;
  /** The login pages, to be mounted at the path of `url`. */
  router: Router;
  /** Lets the mails at hand leave. */
  stop(): Promise<void>;
}

export interface ConnectOptions {
  /** The file in which accounts, passwords (hashed) and links (hashed) are kept. */
  journal: string;
  /** Where a browser finds the login page, such as http://localhost:3000/connect. */
  url: string;
  /** The mail server, as nodemailer's connection URL. */
  mail: { url: string };
  /** For browsers that ask for neither language. */
  language: Language;
  /** Accounts that people have from before, made where they are missing. */
  existing?: readonly { address: string; name: string }[];
  log: Pick<Log, 'warn' | 'error'>;
  now?: () => Date;
}

const sender = { name: 'Visma Connect (stand-in)', address: 'no-reply@connect.example' };

/** Opens the stand-in; SCIM is spoken on a free port of 127.0.0.1. */
export async function openConnect(options: ConnectOptions): Promise<ConnectStandIn> {
  const { journal, language, existing = [], log, now } = options;
  const url = options.url.replace(/\/$/, '');
  const accounts = openAccounts(journal, now);
  const names = new Set(accounts.all().map(({ userName }) => userName));
  for (const { address, name } of existing)
    if (!names.has(address)) accounts.save(undefined, { userName: address, displayName: name });

  const post = nodemailer.createTransport({
    url: options.mail.url,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const leaving = new Set<Promise<void>>();

  function mailLink(address: string, visit: Visit): void {
    try {
      const ticket = accounts.ticketFor(address);
      if (ticket) sendLink(ticket, visit);
    } catch (error) {
      log.error({ err: error }, 'the link to a new password could not be made');
    }
  }

  function sendLink(ticket: NonNullable<ReturnType<typeof accounts.ticketFor>>, visit: Visit): void {
    const { account, token } = ticket;
    const query = visit.chosen ? `?language=${visit.language}` : '';
    const link = `${url}/password/${token}${query}`;
    const letter = passwordLetter({
      name: nameOf(account),
      address: account.userName,
      link,
      language: visit.language,
    });
    const sending = post
      .sendMail({ from: sender, to: { name: '', address: account.userName }, ...letter })
      .then(
        () => undefined,
        (error: unknown) => log.warn({ err: error }, 'the link to a new password could not be mailed'),
      )
      .finally(() => leaving.delete(sending));
    leaving.add(sending);
  }

  const token = randomBytes(32).toString('base64url');
  const app = express().disable('x-powered-by').use('/scim', localOnly, scimRouter(accounts, token));
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  return {
    identity: { url: `http://127.0.0.1:${port}/scim`, token },
    hasLoggedIn: accounts.hasLoggedIn,
    router: loginRouter({ accounts, url, language, mailLink, log }),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, ...leaving]);
      post.close();
      accounts.close();
    },
  };
}
