import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import helmet from 'helmet';
import type { Log } from '../../log.ts';
import type { Language } from '../../rules/language.ts';
import { hashToken, newToken } from '../../rules/secret.ts';
import { localOnly, ownPageOnly } from '../guards.ts';
import type { Account, Accounts } from './accounts.ts';
import { connectPage, pathOf, type Screen, shortest, type Visit } from './pages.tsx';
import { styleSheet } from './style.ts';

export interface LoginParts {
  accounts: Accounts;
  /** Where a browser finds the pages, without a trailing slash. */
  url: string;
  /** For browsers that ask for neither language. */
  language: Language;
  /** Mails the one-time link of the account with this address, if there is one. Never fails. */
  mailLink(address: string, visit: Visit): void;
  log: Pick<Log, 'error'>;
}

const cookie = 'vc_connect';
/** How long somebody stays logged in, in milliseconds. */
const sessionLifetime = 60 * 60 * 1000;

/** The login pages: log in, "Forgot your password?", a new password, and what is behind the login. */
export function loginRouter({ accounts, url, language, mailLink, log }: LoginParts): Router {
  const base = new URL(url).pathname.replace(/\/$/, '');
  const sessions = createSessions();
  const router = Router();

  const visitOf = (request: Request): Visit => {
    const asked = request.query.language;
    const chosen = asked === 'sv' || asked === 'en';
    return { base, chosen, language: chosen ? asked : spoken(request, language) };
  };
  const show = (request: Request, response: Response, screen: Screen, status = 200) =>
    response.status(status).send(connectPage(screen, visitOf(request)));
  const go = (request: Request, response: Response, path: string) =>
    response.redirect(303, pathOf(visitOf(request), path));
  const whoIs = (request: Request): Account | undefined => {
    const account = accounts.get(sessions.find(tokenIn(request)) ?? '');
    return account?.active ? account : undefined;
  };

  router.use(localOnly, headers);
  router.get('/style.css', styleSheet);
  router.post('/{*any}', ownPageOnly, express.urlencoded({ extended: false, limit: '4kb' }));

  router.get('/', (request, response) => {
    const account = whoIs(request);
    if (account) show(request, response, { screen: 'inside', name: nameOf(account) });
    else show(request, response, { screen: 'log-in', saved: request.query.saved !== undefined });
  });

  router.post('/', async (request, response) => {
    const { address, password } = fieldsOf(request);
    const account = await accounts.logIn(address, password);
    if (!account) {
      show(request, response, { screen: 'log-in', address, wrong: true }, 422);
      return;
    }
    response.cookie(cookie, sessions.begin(account.id), {
      httpOnly: true,
      sameSite: 'lax',
      path: base || '/',
    });
    go(request, response, '/');
  });

  router.post('/log-out', (request, response) => {
    sessions.end(tokenIn(request));
    response.clearCookie(cookie, { path: base || '/' });
    go(request, response, '/');
  });

  router.get('/forgot', (request, response) => void show(request, response, { screen: 'forgot' }));
  router.post('/forgot', (request, response) => {
    const { address } = fieldsOf(request);
    show(request, response, { screen: 'sent' });
    // Once it is answered: the time it takes tells nothing (V5).
    setImmediate(() => mailLink(address, visitOf(request)));
  });

  router.get('/password/:token', (request, response) => {
    const { token } = request.params;
    const account = accounts.holderOf(token);
    if (account) show(request, response, { screen: 'password', address: account.userName, token });
    else show(request, response, { screen: 'lost' }, 410);
  });
  router.post('/password/:token', async (request, response) => {
    const { token } = request.params;
    const { password } = fieldsOf(request);
    const account = accounts.holderOf(token);
    if (account && [...password].length < shortest)
      show(request, response, { screen: 'password', address: account.userName, token, tooShort: true }, 422);
    else if (account && (await accounts.setPassword(token, password))) {
      sessions.endAll(account.id);
      const to = pathOf(visitOf(request), '/');
      response.redirect(303, `${to}${to.includes('?') ? '&' : '?'}saved`);
    } else show(request, response, { screen: 'lost' }, 410);
  });

  const failed: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
    if (status >= 500) log.error({ err: error }, 'the login page failed');
    response.status(status).type('text').send('That did not work. Go back and try again.\n');
  };
  router.use(failed);
  return router;
}

const headers = [
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ['data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  }),
  (_request: Request, response: Response, next: () => void) => {
    response.set('Cache-Control', 'no-store');
    next();
  },
];

/** Who is logged in, while the program runs. */
function createSessions() {
  const sessions = new Map<string, { id: string; until: number }>();
  return {
    begin(id: string): string {
      for (const [hash, { until }] of sessions) if (until <= Date.now()) sessions.delete(hash);
      const token = newToken();
      sessions.set(hashToken(token), { id, until: Date.now() + sessionLifetime });
      return token;
    },
    find(token: string): string | undefined {
      const session = sessions.get(hashToken(token));
      return session && session.until > Date.now() ? session.id : undefined;
    },
    end(token: string): void {
      sessions.delete(hashToken(token));
    },
    endAll(id: string): void {
      for (const [hash, session] of sessions) if (session.id === id) sessions.delete(hash);
    },
  };
}

function tokenIn(request: Request): string {
  return new RegExp(`(?:^|;\\s*)${cookie}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1] ?? '';
}

function fieldsOf(request: Request): { address: string; password: string } {
  const { address, password } = (request.body ?? {}) as Record<string, unknown>;
  return { address: String(address ?? ''), password: String(password ?? '') };
}

function spoken(request: Request, otherwise: Language): Language {
  const best = request.get('accept-language') ? request.acceptsLanguages('sv', 'en') : false;
  return best === 'sv' || best === 'en' ? best : otherwise;
}

export const nameOf = ({ displayName, userName }: Account): string => displayName ?? userName;
