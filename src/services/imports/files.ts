import type { Import } from '../../database/client/client.ts';
import { refuse } from '../../errors.ts';
import type { ImportFile } from '../../rules/import-files.ts';

/** The departments' files that an import's rows are from; none where it is no such import. */
export const filesOf = ({ files }: Pick<Import, 'files'>): readonly ImportFile[] =>
  // Written by the job that reads.
  (files as unknown as ImportFile[] | null) ?? [];

/** Its rows are its own. Throws `import_joined`. */
export function requireOwn({ id, state, joinedInto }: Pick<Import, 'id' | 'state' | 'joinedInto'>): void {
  if (state === 'joined' && joinedInto !== null) throw refuse('import_joined', { id, into: joinedInto });
}
