/** Where pressing the help contact leads, where it is an address or a page; undefined: it is words alone. */
export function contactHref(contact: string): string | undefined {
  if (/^[^\s@]+@[^\s@]+$/.test(contact)) return `mailto:${contact}`;
  return /^https?:\/\/\S+$/i.test(contact) ? contact : undefined;
}
