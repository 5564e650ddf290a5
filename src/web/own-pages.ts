import type { RequestHandler } from 'express';
import type { Site } from './layout.tsx';

/**
 * Refuses (403) what another site's page sends in a visitor's name. Browsers say so in `Sec-Fetch-Site`; older ones name
 * the `Origin`, which our own pages send as "null" because they tell no referrer.
 */
export function ownPagesOnly({ publicUrl }: Site): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (request, response, next) => {
    const site = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const foreign =
      site === undefined
        ? origin !== undefined && origin !== own && origin !== 'null'
        : site !== 'same-origin';
    if (foreign) response.status(403).type('text/plain').send('Forbidden');
    else next();
  };
}
