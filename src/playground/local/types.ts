/** Anything that JSON can say, with names as they come. */
export type Json = Record<string, unknown>;

/** Who acts in a local chat: the platform's id of them, and their short name. */
export interface Who {
  readonly id: string;
  readonly handle: string;
}

/** What the bot answered: the body parsed where it is JSON, else text; '' where it is empty. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}
