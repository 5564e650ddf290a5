/**
 * What Teams takes, in characters unless the name says otherwise. Source: learn.microsoft.com, Microsoft Teams platform
 * (format your bot messages, rate limits for bots, types of cards, task modules), and adaptivecards.io for what the schema
 * says.
 */
export const limits = {
  message: {
    /** The card and the summary as JSON, in bytes: 25 KB, less what else an activity holds. */
    size: 24_000,
    /** What a notification shows; the whole stands in the card. */
    summary: 500,
  },
  title: 150,
  text: 3_000,
  cell: 300,
  /** For every text of a card that is too large with nothing left to leave out: first the one, then the other. */
  shorter: [300, 60],
  /** Teams shows six buttons side by side and hides the others; Microsoft's own renderer takes five. */
  actions: { inRow: 5 },
  button: 75,
  input: { value: 3_000 },
  choices: 100,
  /** A request's body, in bytes; Teams' own stay far below. */
  requestBody: 512 * 1024,
  /** What a conversation takes: 60 messages in 30 seconds, 7 of them at once. */
  posts: { everyMs: 500, atOnce: 6 },
  /** How often the log tells that tokens of requests are refused. */
  refusedEveryMs: 60_000,
  callTimeoutMs: 10_000,
  /** Of a file, in bytes: a multiple of 320 KiB. */
  uploadPiece: 4 * 320 * 1024,
  /** How long one piece may take. */
  uploadTimeoutMs: 60_000,
  /** After 412, 429, 502 and 504: the first pause, twice as long each time, and how long in all. */
  retries: { firstMs: 1_000, allMs: 30_000 },
  /** Teams waits about five seconds for the answer to an invoke; of a form's validation A6 asks for 2 s. */
  validationMs: 2_000,
  searchMs: 2_500,
  formMs: 3_500,
  /** In how many conversations somebody is looked for. */
  lookUps: 5,
  /** How long it is believed whether other organisations read a place. */
  rosterLifeMs: 60_000,
} as const;
