import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import { root } from '../root.ts';

const sheets = ['base.css', 'style.css'];
const text = sheets.map((sheet) => readFileSync(new URL(`public/${sheet}`, root), 'utf8')).join('');

/** Changes with the sheets, so that browsers may keep it for as long as they like. */
export const styleSheetVersion = createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Serves the style sheets of all pages as one, at `/style.css`. */
export const styleSheet: RequestHandler = (_request, response) => {
  response.type('text/css').set('Cache-Control', 'public, max-age=31536000, immutable').send(text);
};
