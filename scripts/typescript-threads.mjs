// node --import ./scripts/typescript-threads.mjs runs TypeScript in worker threads alone: for a process that has another
// loader of its own, which its threads don't get.
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) await import('./typescript.mjs');
