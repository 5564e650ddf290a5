import express, { type ErrorRequestHandler, type Response, Router } from 'express';
import type { Report } from '../../core/ports.ts';
import type { LinkActions, LinkPage } from '../../services/verifications/index.ts';
import { statusOf } from '../home.tsx';
import { ownPagesOnly } from '../own-pages.ts';
import { evenly } from './even-time.ts';
import { brokenPage, verifyPage } from './pages.tsx';
import { answers, type VerifySite } from './parts.tsx';

/** How a link that brings nobody further ended. */
const gone: ReadonlySet<LinkPage['state']> = new Set(['ended', 'void', 'wrong', 'moved']);

export interface VerifyParts {
  actions: LinkActions;
  site: VerifySite;
  report: Report;
}

/** The pages behind verification links, at `/verify/TOKEN`: opening one shows it, pressing a button on it acts (V1). */
export function verifyRouter({ actions, site, report }: VerifyParts): Router {
  const router = Router();
  const show = (response: Response, page: LinkPage) =>
    response.status(gone.has(page.state) ? 410 : 200).send(verifyPage(page, site));

  async function act(answer: unknown, token: string): Promise<LinkPage> {
    switch (answer) {
      case answers.confirm:
        return actions.confirm(token);
      case answers.notMe:
        return actions.disown(token);
      case answers.newLink:
        return evenly(() => actions.sendNew(token));
      default:
        return actions.look(token);
    }
  }

  /** What nobody's link holds (a malformed address, a huge body) is answered as an unknown link is (V5). */
  const broken: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
    if (statusOf(error) < 500) {
      show(response, { state: 'ended', language: null });
      return;
    }
    report(error, 'verification page');
    response.status(503).send(brokenPage(site));
  };

  router.get('/verify/:token', async (request, response) => {
    show(response, await actions.look(tokenOf(request.params)));
  });
  router.post(
    '/verify/:token',
    ownPagesOnly(site),
    express.urlencoded({ extended: false, limit: '1kb' }),
    async (request, response) => {
      const { answer } = (request.body ?? {}) as { answer?: unknown };
      show(response, await act(answer, tokenOf(request.params)));
    },
  );
  router.use('/verify', broken);
  return router;
}

/** The token in the address, without what a mail program took for a part of the link. */
function tokenOf(params: Record<string, unknown>): string {
  const shown = String(params.token);
  return /^[\w-]{43}/.exec(shown)?.[0] ?? shown;
}
