import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';

const text = readFileSync(new URL('../../public/style.css', import.meta.url), 'utf8');

/** Changes with the sheet, so that browsers may keep it for as long as they like. */
export const styleSheetVersion = createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Serves the style sheet of all pages, at `/style.css`. */
export const styleSheet: RequestHandler = (_request, response) => {
  response.type('text/css').set('Cache-Control', 'public, max-age=31536000, immutable').send(text);
};
