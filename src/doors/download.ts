import { refuse } from '../errors.ts';

/** How one file is fetched. */
export interface Fetching {
  /** Asked about the address and every one that it redirects to: what is not allowed is not fetched. */
  allowed(url: URL): boolean;
  headers?: Readonly<Record<string, string>>;
  /** In bytes. */
  limit: number;
  /** How long the other side may take to begin, and then between two pieces, in milliseconds. */
  idleMs: number;
  /** What came in place of the file. */
  faultOf(response: Response): Error | undefined;
}

const mostRedirects = 3;

/**
 * The bytes of a file, at most `limit` of them. Throws a Refusal for what the sender can mend (`file_elsewhere`,
 * `file_too_big`, what `faultOf` finds), and any other error where another try may help.
 */
export async function download(address: string, fetching: Fetching): Promise<AsyncIterable<Uint8Array>> {
  const idle = idleAfter(fetching.idleMs);
  const response = await idle.while(() => open(address, fetching, idle.signal));
  const fault = fetching.faultOf(response);
  if (fault) await response.body?.cancel();
  if (fault) throw fault;
  return pieces(response, fetching.limit, idle);
}

/** Follows redirects by hand: each new address must be allowed before it sees the headers. */
async function open(
  address: string,
  { allowed, headers = {} }: Fetching,
  signal: AbortSignal,
): Promise<Response> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    if (!allowed(url)) throw refuse('file_elsewhere');
    const response = await fetch(url, { headers, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null) return response;
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new Error('A file was redirected too often');
}

async function* pieces(response: Response, limit: number, idle: Idle): AsyncGenerator<Uint8Array> {
  const reader = response.body?.getReader();
  try {
    for (let size = 0; reader; ) {
      const { value } = await idle.while(() => reader.read());
      if (!value) return;
      size += value.byteLength;
      if (size > limit) throw refuse('file_too_big', { limit });
      yield value;
    }
  } finally {
    await reader?.cancel().catch(() => undefined);
  }
}

interface Idle {
  signal: AbortSignal;
  /** Does one step, and aborts everything when it takes too long. */
  while<T>(step: () => Promise<T>): Promise<T>;
}

function idleAfter(ms: number): Idle {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    async while(step) {
      const timer = setTimeout(
        () => controller.abort(new Error(`The platform sent nothing of a file for ${ms} ms`)),
        ms,
      );
      try {
        return await step();
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
