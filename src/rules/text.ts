/** Characters that show nothing: controls, zero-width and bidi marks, byte order marks, halves of surrogate pairs. */
const invisible = /[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

/** Tabs, line ends and every kind of space, the no-break ones too. */
const spaces = /[\t\n\v\f\r\u0085\p{Z}]/gu;

/**
 * Makes text from outside fit to store and show: every white-space character becomes a plain space,
 * invisible characters go, å in two parts becomes one character, the ends are trimmed (A7).
 */
export function clean(text: string): string {
  return text.replace(spaces, ' ').replace(invisible, '').normalize('NFC').trim();
}

/**
 * The one normal form for comparing names and for the keys that the store keeps beside them, so that
 * å, ä and ö compare right on any database: NFC, trimmed, inner white space as one space, lower case.
 */
export function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC').trim().replace(/\s+/gu, ' ');
}

/** `text` in at most `most` characters, with … where it was longer. */
export function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

/** The first lines of `text`, in at most `most` characters; … on a line of its own says that there were more. */
export function cutAtLine(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = text.lastIndexOf('\n', most - 2);
  return end > 0 ? `${text.slice(0, end)}\n…` : cut(text, most);
}
