import type { ComponentChildren } from 'preact';
import { type Language, speaker } from '../../rules/language.ts';
import { page, type Site } from '../layout.tsx';

function notice(site: Site, language: Language, title: string, body: ComponentChildren): string {
  const children = (
    <>
      <h1>{title}</h1>
      {body}
    </>
  );
  return page({ site, language, title, children });
}

/** A4: behind a personal link: a button, and nothing of what it leads to. */
export function ticketPage(site: Site, language: Language): string {
  const say = speaker(language);
  return notice(
    site,
    language,
    say('Öppna loggen', 'Open the log'),
    <>
      <p>
        {say(
          'Länken är din egen. När du har öppnat loggen kan du läsa den i den här webbläsaren i en timme.',
          'The link is your own. Once you have opened the log, you can read it in this browser for an hour.',
        )}
      </p>
      <form method="post" class="actions">
        <button type="submit" class="button primary">
          {say('Öppna loggen', 'Open the log')}
        </button>
      </form>
    </>,
  );
}

/** A personal link that is expired, used or unknown. */
export function endedPage(site: Site): string {
  const say = speaker(site.language);
  return notice(
    site,
    site.language,
    say('Länken gäller inte längre', 'This link is no longer valid'),
    <p>
      {say(
        'En länk till loggen gäller i tio minuter och kan användas en gång. Tryck på Visa logg igen, eller skriv /vc logg till boten.',
        'A link to the log is valid for ten minutes and can be used once. Press Show log again, or type /vc log to the bot.',
      )}
    </p>,
  );
}

/** A4: any log page without a session, whether there is such a log or not. */
export function closedPage(site: Site): string {
  const say = speaker(site.language);
  return notice(
    site,
    site.language,
    say('Öppna loggen från chatten', 'Open the log from the chat'),
    <p>
      {say(
        'Loggen visas bara för den som har öppnat den från chatten, i en timme. Tryck på Visa logg igen, eller skriv /vc logg till boten.',
        'The log is shown only to whoever has opened it from the chat, for an hour. Press Show log again, or type /vc log to the bot.',
      )}
    </p>,
  );
}

/** A log that does not exist, or that the reader may not see: both alike. */
export function missingPage(site: Site, language: Language): string {
  const say = speaker(language);
  return notice(
    site,
    language,
    say('Loggen finns inte', 'There is no such log'),
    <p>
      {say(
        'Den finns inte, eller så får du inte läsa den. Skriv /vc logg till boten för att se vilka som finns.',
        'It does not exist, or you may not read it. Type /vc log to the bot to see which there are.',
      )}
    </p>,
  );
}

/** A1: who the reader is now could not be checked. */
export function uncertainPage(site: Site): string {
  const say = speaker(site.language);
  return notice(
    site,
    site.language,
    say('Försök igen om en stund', 'Try again in a moment'),
    <p>
      {say(
        'Det gick inte att kontrollera vem du är just nu. Ladda om sidan om en stund.',
        'We could not check who you are just now. Reload the page in a moment.',
      )}
    </p>,
  );
}
