import { setTimeout as pause } from 'node:timers/promises';
import { type Logger, webApi } from '@slack/bolt';
import { limits } from './limits.ts';

export type Client = webApi.WebClient;

/** How Slack's Web API is called: with an end to every call, and a short try or two more when a connection fails. */
export function clientOptions(apiUrl: string | undefined, logger: Logger): webApi.WebClientOptions {
  return {
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
    logger,
    timeout: limits.callTimeoutMs,
    retryConfig: { retries: 2, minTimeout: 250, maxTimeout: 1_000 },
    // The SDK would hold back every other call meanwhile; see `patiently`.
    rejectRateLimitedCalls: true,
  };
}

export function createClient(token: string, apiUrl: string | undefined, logger: Logger): Client {
  return new webApi.WebClient(token, clientOptions(apiUrl, logger));
}

/**
 * Makes one call, and again after the time that Slack asks for (Retry-After), while others go on.
 * Gives up with Slack's error once the waits add up to more than `patienceMs`.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  patienceMs: number = limits.patienceMs,
): Promise<T> {
  for (let waited = 0; ; ) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof webApi.WebAPIRateLimitedError)) throw error;
      const wait = Math.max(1, error.retryAfter) * 1_000;
      waited += wait;
      if (waited > patienceMs) throw error;
      await pause(wait);
    }
  }
}

/** The scope that Slack missed, where that is what it refused for. */
export function missingScope(error: unknown): string | undefined {
  if (refusalOf(error) !== 'missing_scope') return undefined;
  const { needed } = (error as { data: { needed?: unknown } }).data;
  return typeof needed === 'string' ? needed : '';
}

/** Slack's own word for what it refused, such as `not_in_channel`; undefined for faults of another kind. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : undefined;
}
