import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import type { Mail, MailHead } from '../wire.ts';

/** How many mails are listed; older ones stay on disk. */
const shownAtMost = 500;

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
  for (const name of names.slice(-shownAtMost)) {
    const id = name.slice(0, -'.eml'.length);
    heads.push(headOf(id, await PostalMime.parse(await readFile(join(dir, name)))));
  }
  let last = Number(names.at(-1)?.slice(0, -'.eml'.length) ?? 0);
  const listeners = new Set<() => void>();
  const fileOf = (id: string) => join(dir, `${id}.eml`);

  return {
    list: () => heads.toReversed(),

    async read(id) {
      const head = heads.find((one) => one.id === id);
      if (!head) return undefined;
      const { text = '', html = '' } = await PostalMime.parse(await readFile(fileOf(id)));
      return { ...head, text, html };
    },

    async take(raw) {
      const id = String(++last).padStart(8, '0');
      const parsed = await PostalMime.parse(raw);
      await writeFile(fileOf(id), raw, { mode: 0o600 });
      heads.push(headOf(id, parsed));
      if (heads.length > shownAtMost) heads.shift();
      for (const listener of listeners) listener();
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
