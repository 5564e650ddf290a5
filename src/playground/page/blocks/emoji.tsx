import type { ComponentChildren } from 'preact';

const names: Readonly<Record<string, string>> = {
  white_check_mark: '✅',
  warning: '⚠️',
  x: '❌',
};

const pictures: Readonly<Record<string, ComponentChildren>> = {
  white_check_mark: (
    <>
      <rect x="1" y="1" width="18" height="18" rx="4" fill="#2fa84f" />
      <path d="m5 10.5 3.5 3.5L15 6.5" fill="none" stroke="#fff" stroke-width="2.6" />
    </>
  ),
  warning: (
    <>
      <path d="M10 1.5 19 18H1z" fill="#f5b914" stroke="#f5b914" stroke-width="1.5" stroke-linejoin="round" />
      <path d="M10 7v5.5M10 14.5v2" stroke="#2b2100" stroke-width="2.2" />
    </>
  ),
  x: <path d="m3.5 3.5 13 13m0-13-13 13" stroke="#e0243f" stroke-width="4" stroke-linecap="round" />,
};

/** One of the bot's emoji, as a picture of ours, as in Slack: not every machine has a font with them. */
export function Emoji({ name, otherwise }: { name: string; otherwise: string }) {
  const picture = pictures[name];
  if (!picture) return <>{otherwise}</>;
  return (
    <svg class="emoji" viewBox="0 0 20 20" role="img" aria-label={names[name]}>
      {picture}
    </svg>
  );
}
