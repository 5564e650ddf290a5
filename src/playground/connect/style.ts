import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';

const text = readFileSync(new URL('../../../public/connect.css', import.meta.url), 'utf8');

/** Serves the style sheet of the login pages. */
export const styleSheet: RequestHandler = (_request, response) => {
  response.type('text/css').send(text);
};
