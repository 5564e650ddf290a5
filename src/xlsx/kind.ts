import { type FileHandle, open } from 'node:fs/promises';
import { Refusal, refuse } from '../errors.ts';
import { type Archive, openArchive } from './archive.ts';

const zip = Buffer.from('PK\x03\x04', 'latin1');
const emptyZip = Buffer.from('PK\x05\x06', 'latin1');
const ole = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** What the members of a spreadsheet's zip are called: Excel's, then OpenDocument's and Numbers'. */
const ours = /\[Content_Types\]\.xml/i;
const others = /mimetypeapplication\/vnd\.oasis\.opendocument|^mimetype$|^content\.xml$|(^|\/)Index\/|\.iwa/m;

/**
 * The zip of a file that is a workbook, by how it begins and what it holds; undefined where it is none at all. Throws what
 * to do with a spreadsheet of another kind, a protected or a damaged one, and with any other zip.
 */
export async function archiveOf(path: string, head: Buffer): Promise<Archive | undefined> {
  if (begins(head, ole)) throw await oleFault(path);
  if (!begins(head, zip) && !begins(head, emptyZip)) return undefined;
  const archive = await openArchive(path).catch((error: unknown) => {
    const isCut = error instanceof Refusal && error.code === 'workbook_broken';
    throw isCut ? cutFault(head.toString('latin1')) : error;
  });
  const names = archive.names.join('\n');
  if (ours.test(names)) return archive;
  archive.close();
  throw refuse(others.test(names) ? 'workbook_other' : 'file_zip');
}

/** What a zip that cannot be opened was, by its beginning. */
function cutFault(head: string): Refusal {
  if (ours.test(head) || /xl\//.test(head)) return refuse('workbook_broken');
  return refuse(others.test(head) ? 'workbook_other' : 'file_zip');
}

/** Excel's older files, and workbooks with a password, are containers with named streams. Source: [MS-CFB] 2.2, 2.6. */
async function oleFault(path: string): Promise<Refusal> {
  const file = await open(path);
  try {
    const names = await oleNames(file);
    return refuse(names.includes('EncryptedPackage') ? 'workbook_protected' : 'workbook_old');
  } finally {
    await file.close();
  }
}

/** The names in the first sector of the directory, where those that matter stand. */
async function oleNames(file: FileHandle): Promise<string> {
  const header = Buffer.alloc(512);
  await file.read(header, 0, 512, 0);
  const sectorSize = 2 ** Math.min(header.readUInt16LE(30), 12);
  const directory = Buffer.alloc(sectorSize);
  await file.read(directory, 0, sectorSize, (header.readUInt32LE(48) + 1) * sectorSize);
  return directory.toString('utf16le');
}

function begins(head: Buffer, with_: Buffer): boolean {
  return head.subarray(0, with_.length).equals(with_);
}
