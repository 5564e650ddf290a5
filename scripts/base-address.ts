/**
 * The address where a chat platform reaches the bot, without its last slash; or the sentence that says what is wrong with
 * what was typed. `example`: how it is typed right.
 */
export function readBase(
  typed: string | undefined,
  platform: 'Slack' | 'Teams',
  example: string,
): { base: string } | { fault: string } {
  if (!typed) return { fault: `Give the address where ${platform} reaches the bot: ${example}` };
  if (!URL.canParse(typed)) return { fault: `"${typed}" is not an address. Write it like this: ${example}` };
  const url = new URL(typed);
  if (url.protocol !== 'https:') {
    return {
      fault: `${platform} calls https addresses only, and "${typed}" is not one. Write it like this: ${example}`,
    };
  }
  if (url.search || url.hash || url.username) {
    return { fault: `"${typed}" has more than a host and a path. Write it like this: ${example}` };
  }
  return { base: url.href.replace(/\/+$/, '') };
}
