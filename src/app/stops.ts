import type { Log } from '../log.ts';

type Stop = () => Promise<void> | void;

/** What can be stopped: first whatever takes something on, all together; then what that needs, the last started first. */
export interface Stops {
  takers: Stop[];
  parts: Stop[];
}

/** Stops everything; a part that does not stop cleanly is told of and keeps no other from stopping. */
export async function stopAll({ takers, parts }: Stops, log: Log): Promise<void> {
  const quietly = async (stop: Stop) => {
    try {
      await stop();
    } catch (error) {
      log.error({ err: error }, 'a part did not stop cleanly');
    }
  };
  await Promise.all(takers.map(quietly));
  for (const stop of [...parts].reverse()) await quietly(stop);
}
