const ADDRESS = /[\p{L}\p{N}._%+-]@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}/u;
/** 256 bits in base64url are 43 characters. */
const PERSONAL_LINK = /\/[\w-]+\/[\w-]{43}/;

/** The lines of a log that must not be there (A5): an address in full, a personal link, or one of `secrets`. */
export function leaksIn(lines: readonly string[], secrets: readonly string[]): string[] {
  return lines.filter(
    (line) =>
      ADDRESS.test(line) || PERSONAL_LINK.test(line) || secrets.some((secret) => line.includes(secret)),
  );
}
