import type { OfferedFile } from '../../core/handout.ts';
import { cut } from '../../rules/text.ts';
import type { Outgoing } from '../connector.ts';
import { limits } from '../limits.ts';

/** A file that was uploaded, as Teams names it. */
export interface Uploaded {
  name: string;
  contentUrl: string;
  uniqueId: string;
  fileType: string;
}

/** What nothing in OneDrive may be called. */
const barred = /["*:<>?/\\|\p{Cc}]/gu;

/** Asks somebody whether they want a file. Source: learn.microsoft.com, Send and receive files through a bot. */
export function consentMessage({ id, name, size, about }: OfferedFile): Outgoing {
  const context = { offer: id };
  return {
    type: 'message',
    summary: cut(about, limits.message.summary),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.consent',
        name: name.replace(barred, '-'),
        content: {
          description: cut(about, limits.text),
          sizeInBytes: size,
          acceptContext: context,
          declineContext: context,
        },
      },
    ],
  };
}

/** Shows a file that is there. */
export function fileMessage({ name, contentUrl, uniqueId, fileType }: Uploaded, about: string): Outgoing {
  return {
    type: 'message',
    summary: cut(about, limits.message.summary),
    attachments: [
      {
        contentType: 'application/vnd.microsoft.teams.card.file.info',
        contentUrl,
        name,
        content: { uniqueId, fileType },
      },
    ],
  };
}
