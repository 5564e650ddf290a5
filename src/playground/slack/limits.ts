/**
 * What Slack refuses, as numbers of characters unless a name says otherwise.
 * Source: the reference pages of docs.slack.dev: "Blocks", "Block elements", "Composition objects", "Views",
 * and the method pages chat.postMessage and chat.update. Kept apart from the program's own table on purpose.
 */
export const limits = {
  message: {
    blocks: 50,
    text: 40_000,
    updatedText: 4_000,
    /** All blocks as JSON; told nowhere but in msg_blocks_too_long (bolt-js issues 2509 and 2867). */
    json: 13_000,
  },
  view: { blocks: 100, title: 24, button: 24, privateMetadata: 3_000, callbackId: 255, externalId: 255 },
  id: 255,
  section: { text: 3_000, fields: 10, field: 2_000 },
  header: { text: 150 },
  context: { elements: 10, text: 3_000 },
  actions: { elements: 25 },
  input: { label: 2_000, hint: 2_000, placeholder: 150, maxLength: 3_000 },
  image: { url: 3_000, alt: 2_000, title: 2_000 },
  button: { text: 75, value: 2_000, url: 3_000, label: 75 },
  select: { options: 100, groups: 100, placeholder: 150 },
  option: { text: 75, value: 150, description: 75, url: 3_000 },
  choices: { options: 10 },
  overflow: { options: 5 },
  confirm: { title: 100, text: 300, button: 30 },
  table: { rows: 100, columns: 20, perMessage: 1 },
  markdown: { text: 12_000 },
  responseUrl: { uses: 5, minutes: 30 },
  triggerSeconds: 3,
  ackSeconds: 3,
} as const;
