import type { Tx } from './database.ts';

/** How a job is queued. */
export type JobOptions = {
  /** A waiting job with the same key is replaced by this one. */
  jobKey?: string;
  /** The waiting job with that key keeps its moment instead: many changes, one job, at the earliest. */
  keepRunAt?: boolean;
  /** Not before this moment. */
  runAt?: Date;
  /** Jobs of one queue run one at a time. */
  queueName?: string;
  /** How often it may be tried in all; graphile-worker waits longer between tries each time. */
  maxAttempts?: number;
};

/** Queues the job `name` within the transaction: it runs once that commits, and never if it does not. */
export async function addJob(
  tx: Pick<Tx, '$executeRaw'>,
  name: string,
  payload: object,
  { jobKey, keepRunAt, runAt, queueName, maxAttempts }: JobOptions = {},
): Promise<void> {
  await tx.$executeRaw`
    select graphile_worker.add_job(
      ${name}::text,
      payload := ${JSON.stringify(payload)}::json,
      queue_name := ${queueName ?? null}::text,
      run_at := ${runAt ?? null}::timestamptz,
      max_attempts := ${maxAttempts ?? null}::int,
      job_key := ${jobKey ?? null}::text,
      job_key_mode := ${keepRunAt ? 'preserve_run_at' : 'replace'}::text)`;
}
