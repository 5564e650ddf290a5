import { randomUUID } from 'node:crypto';
import type { Reach } from '../../core/access.ts';
import type { Place } from '../../core/command.ts';
import { addJob } from '../../database/add-job.ts';
import type { ImportOrigin, Prisma } from '../../database/client/client.ts';
import type { Tx } from '../../database/database.ts';
import type { FieldKey } from '../../rules/fields.ts';
import type { Language } from '../../rules/language.ts';
import { templates } from '../../rules/templates.ts';
import type { Messages } from '../messages.ts';
import { spendPress } from '../presses.ts';
import { readJob } from './queue.ts';
import { storedHeader, storedShape } from './stored-rows.ts';
import { templateColumns } from './template-column.ts';

/** Who asks for an import whose rows come from the store, where. */
export interface Asker {
  personId: number;
  place: Place;
  language: Language;
  reach: Reach;
  press?: string | undefined;
}

/** Where an import comes from, if not from a file, and what it is about. */
interface Beginning {
  origin: Exclude<ImportOrigin, 'file'>;
  fields: readonly FieldKey[];
  about: Pick<Prisma.ImportCreateInput, 'filter' | 'undoes'>;
}

/** What is begun with: `language` is the organisation's, in which many read. */
interface Parts {
  messages: Pick<Messages, 'announce'>;
  language: Language;
}

/** Begins an import whose rows come from the store, and its message; from there on it is like any other (I5–I8). Returns its number. */
export async function beginStored(
  tx: Tx,
  { messages, language: house }: Parts,
  { personId, place, language, reach, press }: Asker,
  { origin, fields, about }: Beginning,
  now: Date,
): Promise<number> {
  await spendPress(tx, press, now);
  const { id } = await tx.import.create({
    data: {
      ...about,
      ...templateColumns(templates.connectEmail),
      origin,
      dropKey: `${origin}:${randomUUID()}`,
      fileName: language === 'sv' ? 'e-post.csv' : 'email.csv',
      source: {},
      language,
      shape: { ...storedShape } as object,
      header: { ...storedHeader(fields, language) } as object,
      reach: { ...reach },
      createdBy: personId,
      createdAt: now,
      place: { ...place },
    },
    select: { id: true },
  });
  const spoken = place.kind === 'channel' ? house : language;
  await messages.announce(tx, {
    kind: 'import',
    subjectId: id,
    to: { place, orElse: personId },
    language: spoken,
  });
  await addJob(tx, ...readJob(id));
  return id;
}
