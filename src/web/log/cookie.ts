import type { Request, Response } from 'express';
import type { BegunSession } from '../../services/sessions.ts';
import { pathOf, type Site } from '../layout.tsx';

const name = 'vc_log';

/** A4: gives the browser its session, for as long as it lasts. */
export function setSession(response: Response, site: Site, { token, lifetime }: BegunSession): void {
  response.cookie(name, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: new URL(site.publicUrl).protocol === 'https:',
    path: pathOf(site, '/'),
    maxAge: lifetime,
  });
}

/** The session that the browser shows; undefined: none. */
export function sessionOf(request: Request): string | undefined {
  return new RegExp(`(?:^|;\\s*)${name}=([\\w-]+)`).exec(request.get('cookie') ?? '')?.[1];
}
