import { keep } from './core/keep.ts';
import type { Example, View } from './core/view.ts';
import type { Drawn, DrawnForTeams, GalleryItem } from './playground/wire.ts';
import type { Language } from './rules/language.ts';
import { drawForm } from './slack/blocks/form.ts';
import { drawMessage } from './slack/blocks/message.ts';
import { drawForm as drawDialog } from './teams/cards/form.ts';
import { drawMessage as drawCard } from './teams/cards/message.ts';
import { allExamples } from './views/examples.ts';

/** An example of a view, named by its area and its title. */
export interface NamedExample {
  name: string;
  example: Example;
}

/** Every view's examples. */
export const examples: readonly NamedExample[] = Object.entries(allExamples).flatMap(([area, titled]) =>
  Object.entries(titled).map(([title, example]) => ({ name: `${area}: ${title}`, example })),
);

/** Buttons are told by their lines, so that a drawing shows what each does. */
const presses = { keep: async (buttons: readonly { line: string }[]) => buttons.map(({ line }) => line) };

/** Every example as each door draws it, for a page that shows them. */
export async function gallery(): Promise<GalleryItem[]> {
  return Promise.all(
    examples.map(async ({ name, example }) => ({
      name,
      drawn: await inEach((language) => slackIn(example, language)),
      teams: await inEach((language) => drawnForTeams(example(language), language)),
    })),
  );
}

async function inEach<D>(draw: (language: Language) => Promise<D>): Promise<Record<Language, D>> {
  const [sv, en] = await Promise.all([draw('sv'), draw('en')]);
  return { sv, en };
}

async function slackIn(example: Example, language: Language): Promise<Drawn> {
  const { form, message } = await drawnForSlack(example(language), language);
  return (form ? { form } : { blocks: message.blocks }) as unknown as Drawn;
}

/** A view as Slack's door draws it: a message or a modal of Block Kit. */
export async function drawnForSlack(view: View, language: Language) {
  const kept = await keep(view, presses, { personId: null });
  return kept.kind === 'form' ? { form: drawForm(kept, kept.id) } : { message: drawMessage(kept, language) };
}

/** A view as Teams' door draws it: a message's card, or a dialog. */
export async function drawnForTeams(view: View, language: Language): Promise<DrawnForTeams> {
  const kept = await keep(view, presses, { personId: null });
  return kept.kind === 'form'
    ? { title: kept.title, card: drawDialog(kept, language) }
    : drawCard(kept, language);
}
