/** A line that was pasted as code (`verify anna@company.se`) without its backticks. Takes no longer for more of them. */
export function withoutCode(text: string): string {
  const line = text.trim();
  let from = 0;
  let to = line.length;
  while (line[from] === '`') from++;
  while (to > from && line[to - 1] === '`') to--;
  const isCode = from > 0 && to < line.length;
  const inside = line.slice(from, to);
  return isCode && !inside.includes('`') ? inside : text;
}
