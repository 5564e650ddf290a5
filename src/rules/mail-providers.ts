/** Domains of mail providers that people here have addresses with; those that slips are looked for in come first. */
const names = {
  gmail: ['com'],
  hotmail: ['com', 'se', 'no', 'dk', 'fi', 'de', 'es', 'fr', 'it', 'nl', 'co.uk'],
  outlook: ['com', 'se', 'dk', 'de', 'es', 'fr', 'it'],
  icloud: ['com'],
  yahoo: ['com', 'se', 'no', 'dk', 'fi', 'de', 'es', 'fr', 'it', 'co.uk'],
  telia: ['com'],
  comhem: ['se'],
  bredband: ['net'],
  protonmail: ['com'],
  googlemail: ['com'],
  live: ['com', 'se', 'no', 'dk', 'fi', 'de', 'nl', 'co.uk'],
  msn: ['com'],
  me: ['com'],
  mac: ['com'],
  mail: ['com', 'ru', 'ee'],
  email: ['com', 'de'],
  ymail: ['com'],
  rocketmail: ['com'],
  gmx: ['com', 'de', 'net', 'at'],
  proton: ['me'],
  pm: ['me'],
  bredband2: ['com'],
  spray: ['se'],
  swipnet: ['se'],
  tele2: ['se'],
  bahnhof: ['se'],
  glocalnet: ['net'],
  home: ['se'],
  passagen: ['se'],
  algonet: ['se'],
} as const satisfies Record<string, readonly string[]>;

/** The domains of mail providers, in lower case. */
export const providers: readonly string[] = Object.entries(names).flatMap(([name, ends]) =>
  ends.map((end) => `${name}.${end}`),
);

const known = new Set(providers);

/** Whether a domain (its ASCII form) is a mail provider's that many have. */
export function isCommonProvider(domain: string): boolean {
  return known.has(domain);
}
