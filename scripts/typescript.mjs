// node --import ./scripts/typescript.mjs FILE.ts runs TypeScript, in worker threads too (`--import tsx` alone does
// not on Node.js 20).
import { register } from 'tsx/esm/api';

register();
