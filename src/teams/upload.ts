import { bytesOf, type Handout } from '../core/handout.ts';
import { piecesOf } from '../core/pieces.ts';
import { refusedBy } from './connector.ts';
import { isFileHost } from './files.ts';
import { limits } from './limits.ts';
import { patiently, type Retries } from './retry.ts';

export interface UploadOptions {
  /** This machine alone is written to. */
  local: boolean;
  retries: Retries;
}

/** Sends a file to the address that Teams gave for it. Throws where it is not there in the end. */
export type Upload = (address: string, file: Pick<Handout, 'size' | 'bytes'>) => Promise<void>;

/**
 * In pieces, of which one is held at a time, as an upload session takes them. No token goes along: the address itself
 * lets us in. Source: learn.microsoft.com, driveItem: createUploadSession.
 */
export function createUpload({ local, retries }: UploadOptions): Upload {
  return async (address, file) => {
    const url = new URL(address);
    if (!isFileHost(url, local)) throw new Error('A file was asked for at an address that may not have it');
    let from = 0;
    for await (const piece of piecesOf(bytesOf(file), limits.uploadPiece)) {
      const range = `bytes ${from}-${from + piece.length - 1}/${file.size}`;
      await patiently(() => put(url, range, piece), retries);
      from += piece.length;
    }
  };
}

async function put(url: URL, range: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(url, {
    method: 'PUT',
    redirect: 'error',
    headers: { 'content-range': range, 'content-type': 'application/octet-stream' },
    body,
    signal: AbortSignal.timeout(limits.uploadTimeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw refusedBy(response);
}
