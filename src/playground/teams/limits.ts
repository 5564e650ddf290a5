/**
 * What Teams takes, as numbers of bytes unless a name says otherwise.
 * Sources, on learn.microsoft.com/microsoftteams/platform: "Status code responses", "Optimize your bot with rate limiting"
 * and "Send and receive files" of the bots' pages, "Typeahead search in Adaptive Cards"; for the upload,
 * "driveItem: createUploadSession" of Microsoft Graph. Kept apart from the program's own table on purpose.
 */
export const limits = {
  /** The whole activity, as JSON. */
  message: 25 * 1024,
  /** The version of Adaptive Cards that bots' cards are drawn in, on every client. */
  cardVersion: '1.5',
  /** Buttons of one row of a card; further ones are hidden behind a menu. */
  actions: 6,
  /** Choices of a list that is searched as one types. */
  choices: 15,
  /** Every piece of an upload but the last is a multiple of this. */
  uploadPiece: 320 * 1024,
  downloadMinutes: 60,
  uploadMinutes: 15,
  invokeSeconds: 5,
  messageSeconds: 15,
} as const;
