import type { RequestHandler } from 'express';

const ownNames = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a `Host` header names this machine. */
export function isOwnName(host: string): boolean {
  return ownNames.includes(host.replace(/:\d+$/, '').toLowerCase());
}

/**
 * Refuses (403) a request that does not name this machine: a site elsewhere that makes its own name point here
 * (DNS rebinding) could otherwise act as the page.
 */
export const localOnly: RequestHandler = (request, response, next) => {
  if (isOwnName(request.get('host') ?? '')) next();
  else response.status(403).type('text').send('Open the playground at http://localhost instead.\n');
};

/** Refuses (403) what another site's page sends. Browsers say so in `Sec-Fetch-Site`; older ones name the `Origin`. */
export const ownPageOnly: RequestHandler = (request, response, next) => {
  const site = request.get('sec-fetch-site');
  const origin = request.get('origin');
  const foreign =
    site === undefined
      ? origin !== undefined && origin !== `http://${request.get('host')}`
      : site !== 'same-origin' && site !== 'none';
  if (foreign && !isOpened(request.method, request.get('sec-fetch-mode'))) {
    response.status(403).json({ error: 'Only the playground’s own page may do that' });
  } else next();
};

/** A link that leads here from elsewhere, which reads and does nothing. */
function isOpened(method: string, mode: string | undefined): boolean {
  return method === 'GET' && mode === 'navigate';
}

/**
 * The page's own policy: its script and no other. A letter's frame takes the policy over, and letters bring styles of
 * their own.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');
