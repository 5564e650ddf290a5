import type { Bot } from './bot.ts';

const patience = { deadline: 15 * 60_000 };

/** Exports everybody, and waits for the summary in the channel. */
export async function exportByLine({ slack, speaker, says }: Bot): Promise<void> {
  await slack.ask('said');
  await speaker.types('export all');
  await says(({ text }) => (/Klart\./.test(text) ? true : undefined), patience);
}
