import type { RequestHandler } from 'express';
import { foreignPage } from './home.tsx';
import type { Site } from './layout.tsx';

/**
 * Refuses (403) what another site's page sends in a visitor's name. Browsers say so in `Sec-Fetch-Site`; older ones name
 * the `Origin`, which our own pages send as "null" because they tell no referrer.
 */
export function ownPagesOnly(site: Site): RequestHandler {
  const own = new URL(site.publicUrl).origin;
  const refusal = foreignPage(site);
  return (request, response, next) => {
    const fetchSite = request.get('sec-fetch-site');
    const origin = request.get('origin');
    const foreign =
      fetchSite === undefined
        ? origin !== undefined && origin !== own && origin !== 'null'
        : fetchSite !== 'same-origin';
    if (foreign) response.status(403).send(refusal);
    else next();
  };
}
