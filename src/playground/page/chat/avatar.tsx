/** A picture of somebody: their initials. The name stands beside it, so it says nothing itself. */
export function Avatar({
  name,
  bot = false,
  small = false,
}: {
  name: string;
  bot?: boolean;
  small?: boolean;
}) {
  const initials = bot
    ? 'vc'
    : name
        .split(/\s+/)
        .map(([letter]) => letter)
        .slice(0, 2)
        .join('');
  return (
    <span
      class={`avatar${small ? ' small' : ''}`}
      data-color={bot ? 'bot' : colorOf(name)}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}

function colorOf(name: string): number {
  return [...name].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 0) % 5;
}
