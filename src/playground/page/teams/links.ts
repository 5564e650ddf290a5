import { demo } from '../demo.ts';

/** What the chat with the bot alone is called. */
export const botName = demo.bot;

/** How the bot is mentioned. */
export const mention = '@vc';

/** Whether an address is the one by which Teams opens the chat with a bot. */
export function chatIn(url: string): boolean {
  return /^https:\/\/teams\.microsoft\.com\/l\/chat\/0\/0\?users=28(:|%3A)/i.test(url);
}
