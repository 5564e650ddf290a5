import type { JobOptions } from '../../database/add-job.ts';

/** What addJob takes. */
type Queued = [name: string, payload: object, options: JobOptions];

/** Writes an export's file (src/jobs/export-write.ts). One at a time, for the sake of everybody who waits for an answer. */
export function writeJob(id: number): Queued {
  return ['export-write', { exportId: id }, { jobKey: `export-write:${id}`, queueName: 'export-write' }];
}

/** Hands an export's file over in chat (src/jobs/export-hand.ts); after some minutes its button is nearer. */
export function handJob(id: number): Queued {
  return ['export-hand', { exportId: id }, { jobKey: `export-hand:${id}`, maxAttempts: 6 }];
}
