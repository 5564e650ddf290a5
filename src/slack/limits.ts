/**
 * What Slack takes, in characters unless the name says otherwise. Source: the reference pages of docs.slack.dev
 * (blocks, block elements, composition objects, views, chat.postMessage, chat.update, response_url, rate limits).
 */
export const limits = {
  message: {
    blocks: 50,
    /** All blocks as JSON. Nowhere documented: Slack says msg_blocks_too_long from about 13,000 (bolt-js issues 2509, 2867). */
    size: 12_000,
    /** What chat.update takes and chat.postMessage recommends. */
    text: 4_000,
  },
  header: 150,
  section: 3_000,
  actions: { elements: 25 },
  button: { label: 75, screenReader: 75 },
  confirm: { title: 100, text: 300, button: 30 },
  view: { title: 24, button: 24 },
  input: { label: 2_000, hint: 2_000, placeholder: 150, value: 3_000 },
  select: { options: 100 },
  option: { label: 75, value: 150 },
  responseUrl: { uses: 5, lifeMs: 30 * 60_000 },
  /** What a channel takes: one post a second, and a few at once now and then. */
  posts: { everyMs: 1_000, atOnce: 3 },
  /** A request's body; Slack's own stay far below. */
  requestBody: 1024 * 1024,
  /** Retry-After is obeyed up to this long in all; then the caller hears of it. */
  patienceMs: 30_000,
  callTimeoutMs: 10_000,
  /** How long Slack may take nothing of a file that is sent, and then may take to answer. */
  uploadIdleMs: 60_000,
  /** A form's validation: Slack waits 3 s for the acknowledgement (A6 asks for 2 s). */
  validationMs: 2_000,
  searchMs: 2_500,
} as const;
