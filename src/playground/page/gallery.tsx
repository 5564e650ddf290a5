import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { type Language, languages, speaker } from '../../rules/language.ts';
import type { Drawn, DrawnForTeams, GalleryItem } from '../wire.ts';
import { fetchGallery } from './api.ts';
import { Blocks } from './blocks/blocks.tsx';
import { FillingProvider, initialValues } from './blocks/form.ts';
import { Avatar } from './chat/avatar.tsx';
import { demo } from './demo.ts';
import { browserLanguage, LanguageProvider } from './say.ts';
import { InTeams } from './teams/lazy.tsx';

/** Everything that the bot can say, as Slack and Teams show it: each view's examples, Swedish beside English. */
export function Gallery() {
  const [items, setItems] = useState<readonly GalleryItem[] | null>(null);
  const [unanswered, setUnanswered] = useState(false);
  const language = browserLanguage();
  const say = speaker(language);
  useEffect(() => void fetchGallery().then(setItems, () => setUnanswered(true)), []);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, []);
  return (
    <main class="gallery">
      <h1>{say('Galleri', 'Gallery')}</h1>
      <p>
        {say(
          'Allt som boten kan säga, som det ser ut i Slack och därunder i Teams. Inget här går att trycka på.',
          'Everything that the bot can say, as it looks in Slack and, below, in Teams. Nothing here can be pressed.',
        )}{' '}
        <a href="/">{say('Till lekplatsen', 'To the playground')}</a>
      </p>
      {unanswered && (
        <p role="alert">
          {say(
            'Programmet svarade inte. Är det igång? Ladda sedan om sidan.',
            'The program did not answer. Is it running? Then reload the page.',
          )}
        </p>
      )}
      {items?.map(({ name, drawn, teams }) => (
        <section key={name} aria-label={name}>
          <h2 lang="en">{name}</h2>
          <div class="examples">
            {languages.map((one) => (
              <Example key={one} language={one} drawn={drawn[one]} />
            ))}
            {languages.map((one) => (
              <InTeamsExample key={one} language={one} drawn={teams[one]} />
            ))}
          </div>
        </section>
      ))}
    </main>
  );
}

function Example({ language, drawn }: { language: Language; drawn: Drawn }) {
  return (
    <LanguageProvider value={language}>
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
    </LanguageProvider>
  );
}

function InTeamsExample({ language, drawn }: { language: Language; drawn: DrawnForTeams }) {
  return (
    <LanguageProvider value={language}>
      <div lang={language} class="example" data-surface="teams" inert>
        <InTeams of={({ TeamsExample }) => <TeamsExample drawn={drawn} />} />
      </div>
    </LanguageProvider>
  );
}
