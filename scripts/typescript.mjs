// node --import ./scripts/typescript.mjs FILE.ts runs TypeScript, in worker threads too.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
