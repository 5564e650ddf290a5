import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import { root } from '../../root.ts';

const sheets = ['base.css', 'connect.css'];
const text = sheets.map((sheet) => readFileSync(new URL(`public/${sheet}`, root), 'utf8')).join('');

/** Serves the style sheets of the login pages, as one. */
export const styleSheet: RequestHandler = (_request, response) => {
  response.type('text/css').send(text);
};
