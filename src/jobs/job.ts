/** One kind of background work. Runs again after a crash, so it must be safe to run twice. */
export interface Job {
  name: string;
  /** `payload` holds ids, counts and moments: no secret, and nothing that tells of a person (A5). */
  run(payload: unknown, context: JobContext): Promise<void>;
  /** A crontab line (UTC), for work that comes by the clock. */
  every?: string;
}

export interface JobContext {
  /** Aborts when the program stops: finish the step at hand and return. The job runs again, here or elsewhere. */
  signal: AbortSignal;
}
