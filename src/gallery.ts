import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { keep } from './core/keep.ts';
import type { FormView, MessageView } from './core/view.ts';
import type { GalleryItem } from './playground/wire.ts';
import { drawForm } from './slack/blocks/form.ts';
import { drawMessage } from './slack/blocks/message.ts';

/** An example of a view: data as people may see it, with its area and its title. */
export interface Example {
  name: string;
  view: MessageView | FormView;
}

const views = new URL('./views/', import.meta.url);

/** Every view's examples, from every file of views/. */
export async function examples(): Promise<Example[]> {
  const files = readdirSync(views, { recursive: true, encoding: 'utf8' })
    .filter((file) => extname(file) === extname(import.meta.url))
    .sort();
  const found = await Promise.all(files.map(examplesOf));
  return found.flat();
}

async function examplesOf(file: string): Promise<Example[]> {
  const module: { examples?: Record<string, Example['view']> } = await import(new URL(file, views).href);
  const area = file.slice(0, -extname(file).length).replaceAll('/', '-');
  return Object.entries(module.examples ?? {}).map(([title, view]) => ({ name: `${area}: ${title}`, view }));
}

/** Buttons are told by their lines, so that a drawing shows what each does. */
const presses = { keep: async (buttons: readonly { line: string }[]) => buttons.map(({ line }) => line) };

/** Every example as Slack's door draws it, for a page that shows them. */
export async function gallery(): Promise<GalleryItem[]> {
  return Promise.all(
    (await examples()).map(async ({ name, view }) => {
      const { form, message } = await drawnForSlack(view);
      const language = /[åäö]/i.test(JSON.stringify(form ?? message)) ? ('sv' as const) : ('en' as const);
      const drawn = form ? { form } : { blocks: message?.blocks ?? [] };
      return { name, language, drawn: drawn as unknown as GalleryItem['drawn'] };
    }),
  );
}

/** A view as Slack's door draws it: a message or a modal of Block Kit. */
export async function drawnForSlack(view: MessageView | FormView) {
  const kept = await keep(view, presses, { personId: null });
  return kept.kind === 'form' ? { form: drawForm(kept, kept.id) } : { message: drawMessage(kept, 'sv') };
}
