/** The one workspace of the bench: the bot, an administrator and a channel that both are in. */
export const workspace = {
  team: 'T0BENCH',
  bot: 'B0BENCH',
  botUser: 'U0BOT',
  app: 'A0BENCH',
  token: 'xoxb-bench',
  signingSecret: 'bench-signing-secret',
  channel: 'C0HR',
  /** The bot's conversation with the administrator. */
  direct: 'D0LENA',
  admin: { id: 'U0LENA', name: 'Lena Berg', address: 'lena.berg@company.se' },
} as const;
