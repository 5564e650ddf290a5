import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { type Mail, type MailHead, mailsShown } from '../wire.ts';

/** The company's mail: one file for each, so that a mail that was taken is there after a restart. */
export interface Mailbox {
  /** The newest first. */
  list(): MailHead[];
  read(id: string): Promise<Mail | undefined>;
  /** Keeps a message as it came (RFC 5322); it is on disk when this returns. */
  take(raw: Buffer): Promise<void>;
  /** Calls `listener` after each mail that came. Returns how to end that. */
  onChange(listener: () => void): () => void;
}

/** Opens the mailbox in `dir`, made where missing. */
export async function openMailbox(dir: string): Promise<Mailbox> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const names = (await readdir(dir)).filter((name) => name.endsWith('.eml')).sort();
  const heads: MailHead[] = [];
  for (const name of names.slice(-mailsShown)) {
    const id = name.slice(0, -'.eml'.length);
    heads.push(headOf(id, await PostalMime.parse(await readFile(join(dir, name)))));
  }
  let last = Number(names.at(-1)?.slice(0, -'.eml'.length) ?? 0);
  const listeners = new Set<() => void>();
  const fileOf = (id: string) => join(dir, `${id}.eml`);

  /** One after the other, so that they are listed in the order in which they came. */
  let before: Promise<void> = Promise.resolve();

  async function keep(raw: Buffer): Promise<void> {
    const parsed = await PostalMime.parse(raw);
    const id = String(last + 1).padStart(8, '0');
    const file = fileOf(id);
    // Whole or not at all, also where the process is killed meanwhile.
    await writeFile(`${file}.new`, raw, { mode: 0o600 });
    await rename(`${file}.new`, file);
    last += 1;
    heads.push(headOf(id, parsed));
    if (heads.length > mailsShown) heads.shift();
    for (const listener of listeners) listener();
  }

  return {
    list: () => heads.toReversed(),

    async read(id) {
      const head = heads.find((one) => one.id === id);
      if (!head) return undefined;
      const { text = '', html = '' } = await PostalMime.parse(await readFile(fileOf(id)));
      return { ...head, text, html };
    },

    take(raw) {
      const taken = before.then(() => keep(raw));
      before = taken.catch(() => undefined);
      return taken;
    },

    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function headOf(id: string, mail: Awaited<ReturnType<typeof PostalMime.parse>>): MailHead {
  const at = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  return {
    id,
    to: (mail.to ?? []).map(({ address }) => address ?? '').join(', '),
    from: mail.from?.name || mail.from?.address || '',
    subject: mail.subject ?? '',
    at: Number.isNaN(at) ? 0 : at,
  };
}
