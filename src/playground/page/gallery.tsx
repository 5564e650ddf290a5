import { useEffect, useState } from 'preact/hooks';
import type { GalleryItem } from '../wire.ts';
import { fetchGallery } from './api.ts';
import { Blocks } from './blocks/blocks.tsx';
import { FillingProvider, initialValues } from './blocks/form.ts';
import { Avatar } from './chat/avatar.tsx';
import { demo } from './demo.ts';

/** Everything that the bot can say, as Slack shows it: an example of every view. Its buttons do nothing. */
export function Gallery() {
  const [items, setItems] = useState<readonly GalleryItem[] | null>(null);
  useEffect(() => void fetchGallery().then(setItems), []);
  useEffect(() => {
    document.documentElement.lang = 'en';
  }, []);
  return (
    <main class="gallery">
      <h1>Gallery</h1>
      <p>
        Every view of the bot, as it looks in Slack. Nothing here can be pressed.{' '}
        <a href="/">Back to the playground</a>
      </p>
      {items?.map((item) => (
        <Example key={`${item.name} ${item.language}`} item={item} />
      ))}
    </main>
  );
}

function Example({ item: { name, language, drawn } }: { item: GalleryItem }) {
  return (
    <section aria-label={`${name} (${language})`}>
      <h2>
        {name} <span class="quiet">{language}</span>
      </h2>
      <div lang={language} class="example" inert>
        {'blocks' in drawn ? (
          <div class="message">
            <Avatar name={demo.bot} bot />
            <div class="said">
              <Blocks blocks={drawn.blocks} at={{}} />
            </div>
          </div>
        ) : (
          <FillingProvider value={{ values: initialValues(drawn.form.blocks), errors: {}, set: () => {} }}>
            <p class="by">
              <b>{drawn.form.title.text}</b>
            </p>
            <Blocks blocks={drawn.form.blocks} at={{}} />
          </FillingProvider>
        )}
      </div>
    </section>
  );
}
