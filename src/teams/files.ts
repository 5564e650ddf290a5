import { z } from 'zod';
import { download as fetchFile } from '../doors/download.ts';
import { refuse } from '../errors.ts';
import type { Attachment } from './activity.ts';

const downloadInfo = 'application/vnd.microsoft.teams.file.download.info';
const info = z.object({ downloadUrl: z.url() });

/** What the store keeps of a dropped file until it is read. Its address lets anybody in who has it. */
export const sourceSchema = z.object({
  /** The message that it came with. */
  message: z.string(),
  url: z.string(),
});

export type Source = z.infer<typeof sourceSchema>;

/** Where a dropped file can be fetched; undefined where the attachment is none that reaches the bot. */
export function sourceOf({ contentType, content }: Attachment, message: string): Source | undefined {
  if (contentType !== downloadInfo) return undefined;
  const url = info.safeParse(content).data?.downloadUrl;
  return url === undefined ? undefined : { message, url };
}

/**
 * Where Teams puts what is dropped in a personal chat: OneDrive and SharePoint of every national cloud, and the
 * services that hand their files out. Source: learn.microsoft.com, Microsoft 365 URLs and IP address ranges.
 */
const fileHosts = [
  'sharepoint.com',
  'sharepoint.us',
  'sharepoint-mil.us',
  'sharepoint.cn',
  'sharepoint.de',
  '1drv.com',
  'onedrive.com',
  'svc.ms',
];

/** Whether files are fetched from an address: Microsoft's own over https; `local`: this machine's alone. */
export function isFileHost({ protocol, hostname, port, username, password }: URL, local: boolean): boolean {
  if (username || password) return false;
  if (local) return isLoopback(hostname) && /^https?:$/.test(protocol);
  const own = fileHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
  return own && protocol === 'https:' && port === '';
}

/** Whether a host is this machine, by a name that cannot be anybody else's. */
export function isLoopback(hostname: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
}

export interface FilesOptions {
  local: boolean;
  /** How long the other side may take to begin, and then between two pieces. */
  idleMs?: number;
}

/** The bytes of a dropped file, as `Outbox.download`. No token goes along: the address itself lets us in. */
export function createDownload({ local, idleMs = 30_000 }: FilesOptions) {
  return async (kept: unknown, limit: number): Promise<AsyncIterable<Uint8Array>> => {
    const found = sourceSchema.safeParse(kept).data;
    if (!found) throw refuse('file_gone');
    return fetchFile(found.url, { allowed: (url) => isFileHost(url, local), limit, idleMs, faultOf });
  };
}

/** The address works for some minutes: a later try is answered as if there were no file. */
function faultOf(response: Response): Error | undefined {
  const { status, ok } = response;
  if ([401, 403, 404, 410].includes(status)) return refuse('file_gone');
  return ok ? undefined : new Error(`A file was answered with ${status}`);
}
