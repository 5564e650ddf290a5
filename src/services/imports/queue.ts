import type { JobOptions } from '../../database/add-job.ts';

/** What addJob takes. */
type Queued = [name: string, payload: object, options: JobOptions];

/** Reads, stages and plans an import (src/jobs/import-read.ts). Files are read one at a time, for the sake of memory. */
export function readJob(id: number): Queued {
  return ['import-read', { importId: id }, { jobKey: `import-read:${id}`, queueName: 'import-read' }];
}

/** Applies an import (src/jobs/import-apply.ts). One at a time: what one creates, the next one finds. */
export function applyJob(id: number): Queued {
  return ['import-apply', { importId: id }, { jobKey: `import-apply:${id}`, queueName: 'import-apply' }];
}

/** Warns whoever dropped an import's file in a channel (src/jobs/import-warn.ts); after some minutes it would be too late. */
export function warnJob(id: number): Queued {
  return ['import-warn', { importId: id }, { jobKey: `import-warn:${id}`, maxAttempts: 6 }];
}
