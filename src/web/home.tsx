import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Report } from '../core/ports.ts';
import { speaker } from '../rules/language.ts';
import { page, type Site } from './layout.tsx';
import { styleSheet } from './style-sheet.ts';

export interface HomeParts {
  site: Site;
  /** Whether people can talk to the bot, or a chat surface is still to be set up. */
  inChat: boolean;
}

/** The front page, which says what this is, and the style sheet of every page. */
export function homeRouter({ site, inChat }: HomeParts): Router {
  const router = Router();
  router.get('/style.css', styleSheet);
  router.get('/', (_, response) => void response.send(homePage(site, inChat)));
  return router;
}

function homePage(site: Site, inChat: boolean): string {
  const say = speaker(site.language);
  return page({
    site,
    language: site.language,
    title: 'vc-bot',
    children: (
      <>
        <h1>vc-bot</h1>
        <p>
          {say(
            'Flyttar inloggningar från Flex HRM till Visma Connect, från chatten.',
            'Moves logins from Flex HRM to Visma Connect, from the chat.',
          )}
        </p>
        <p>
          {inChat
            ? say('Skriv /vc hjälp till boten i chatten.', 'Write /vc help to the bot in the chat.')
            : say(
                'Boten körs, men ingen chatt är kopplad ännu. README visar hur du kopplar Slack eller Teams.',
                'The bot is running, but no chat is connected yet. The README shows how to connect Slack or Teams.',
              )}
        </p>
      </>
    ),
  });
}

/** What an address that leads nowhere shows. */
export function notFound(site: Site): RequestHandler {
  const say = speaker(site.language);
  const html = page({
    site,
    language: site.language,
    title: say('Sidan finns inte', 'No such page'),
    children: <h1>{say('Sidan finns inte', 'There is no such page')}</h1>,
  });
  return (_, response) => void response.status(404).send(html);
}

/** What a press gets that came from somewhere else than our own pages. */
export function foreignPage(site: Site): string {
  const say = speaker(site.language);
  const title = say('Det går inte att göra härifrån', 'This cannot be done from here');
  return page({
    site,
    language: site.language,
    title,
    children: (
      <>
        <h1>{title}</h1>
        <p>
          {say(
            'Inget är gjort. Öppna länken igen från mejlet eller chatten, och tryck på knappen på sidan.',
            'Nothing was done. Open the link again from the email or the chat, and press the button on the page.',
          )}
        </p>
      </>
    ),
  });
}

/** What a page shows that could not be made; the fault goes to the program's log. */
export function failedPage(site: Site, report: Report): ErrorRequestHandler {
  const say = speaker(site.language);
  const html = page({
    site,
    language: site.language,
    title: say('Något gick fel', 'Something went wrong'),
    children: (
      <>
        <h1>{say('Något gick fel', 'Something went wrong')}</h1>
        <p>{say('Försök igen om en stund.', 'Try again in a moment.')}</p>
      </>
    ),
  });
  return (error: unknown, _request, response, next) => {
    const status = statusOf(error);
    if (status >= 500) report(error, 'page');
    if (response.headersSent) next(error);
    else response.status(status).send(html);
  };
}

/** Express's own faults (a body too large, a malformed address) carry a status; anything else is ours. */
export function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : Number.NaN;
  return status >= 400 && status < 600 ? status : 500;
}
