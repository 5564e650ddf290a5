import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { download } from '../doors/download.ts';
import { refuse } from '../errors.ts';
import { decodeEntities } from './decode.ts';
import { type Client, patiently, refusalOf } from './web.ts';

/** What the store keeps of a dropped file: enough to fetch it, and no token. */
export const fileSource = z.object({ file: z.string() });

type File = NonNullable<webApi.FilesInfoResponse['file']>;

export interface Files {
  /** Name and size of a file; undefined where it is gone. */
  describe(id: string): Promise<{ name: string; size: number } | undefined>;
  /**
   * The bytes of a file, at most `limit` of them. Throws a Refusal for what the sender can mend, and any other error
   * where another try may help. The token goes to Slack's own hosts only.
   */
  download(source: unknown, limit: number): Promise<AsyncIterable<Uint8Array>>;
}

export interface FilesOptions {
  token: string;
  apiUrl: string | undefined;
  /** How long Slack may take to begin, and then between two pieces. */
  idleMs?: number;
}

/** Besides the host of SLACK_API_URL: Slack and its subdomains, GovSlack among them. */
const slackHosts = ['slack.com', 'slack-gov.com'];
const gone = new Set(['file_not_found', 'file_deleted']);

/** Whether an address is Slack's own, over https, or of the host that the Web API is called at. */
export function isOwnHost({ origin, protocol, hostname, port }: URL, apiOrigin: string | undefined): boolean {
  if (origin === apiOrigin) return true;
  const own = slackHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return own && protocol === 'https:' && port === '';
}

export function createFiles(client: Client, { token, apiUrl, idleMs = 30_000 }: FilesOptions): Files {
  const apiOrigin = apiUrl ? new URL(apiUrl).origin : undefined;

  async function look(id: string): Promise<File | undefined> {
    try {
      return (await patiently(() => client.files.info({ file: id }))).file;
    } catch (error) {
      if (gone.has(refusalOf(error) ?? '')) return undefined;
      throw error;
    }
  }

  return {
    async describe(id) {
      const file = await look(id);
      return file && { name: decodeEntities(file.name ?? file.title ?? ''), size: file.size ?? 0 };
    },

    async download(source, limit) {
      const file = await look(fileSource.parse(source).file);
      const address = file?.url_private_download ?? file?.url_private;
      if (!file || !address) throw refuse('file_gone');
      if ((file.size ?? 0) > limit) throw refuse('file_too_big', { limit });
      return download(address, {
        allowed: (url) => isOwnHost(url, apiOrigin),
        headers: { authorization: `Bearer ${token}` },
        limit,
        idleMs,
        faultOf: (response) => faultOf(response, file),
      });
    },
  };
}

/** What came in place of the file: Slack answers a token that may not see it with its login page, and 200. */
function faultOf(response: Response, file: File): Error | undefined {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (isPage && file.mimetype !== 'text/html') return refuse('file_login_page');
  if (response.status === 401 || response.status === 403) return refuse('file_login_page');
  if (response.status === 404 || response.status === 410) return refuse('file_gone');
  return response.ok ? undefined : new Error(`A file was answered with ${response.status}`);
}
