import { type Bot, button } from './bot.ts';

const patience = { deadline: 15 * 60_000 };

/** Drops a file on the bot, confirms its preview, and waits for the summary. */
export async function importByDrop({ slack, speaker, says }: Bot, path: string): Promise<void> {
  await slack.ask('said');
  await slack.ask('drops', path);
  await speaker.drops(`F${Date.now()}`);
  await speaker.presses(await says(button('Confirm'), patience), 'direct');
  await says((said) => (/Done:/.test(said.text) ? true : undefined), patience);
}
