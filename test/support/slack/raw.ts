import { post } from '../../../src/playground/local/http.ts';
import { signed } from '../../../src/playground/slack/line.ts';

/** How a request is signed: rightly, not at all, by somebody else, or ten minutes ago. */
type Signature = 'right' | 'none' | 'forged' | 'old';

/** Any request to the bot, as a stranger could send it. */
export interface RawRequest {
  readonly body: string;
  readonly type?: 'application/json' | 'application/x-www-form-urlencoded';
  readonly signature?: Signature;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
}

/** Posts it to the bot at `botUrl`, whose signing secret is `secret`. */
export function postRaw(
  botUrl: string,
  secret: string,
  { body, type = 'application/json', signature = 'right', headers, path = '/slack/events' }: RawRequest,
): Promise<{ status: number; body: unknown }> {
  const shown = { ...signedAs(signature, body, secret), ...headers };
  return post(botUrl + path, { body, type, headers: shown });
}

function signedAs(signature: Signature, body: string, secret: string): Record<string, string> {
  if (signature === 'none') return {};
  const seconds = Math.floor(Date.now() / 1_000) - (signature === 'old' ? 600 : 0);
  return signed(body, signature === 'forged' ? 'somebody-elses-secret' : secret, seconds);
}
