import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { contactHref } from '../rules/contact.ts';
import { type Language, speaker } from '../rules/language.ts';
import { styleSheetVersion } from './style-sheet.ts';

/** What every page says of whose it is. */
export interface Site {
  organisation: string;
  /** Whom to ask (HELP_CONTACT). */
  contact: string | undefined;
  /** The organisation's language. */
  language: Language;
  /** PUBLIC_URL, without a trailing slash: it may hold a path. */
  publicUrl: string;
}

export interface PageParts {
  site: Site;
  language: Language;
  title: string;
  /** A page with tables takes the whole window's width. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A whole page as HTML: the organisation's name above one sheet, the help contact below it. Everything is text (A7). */
export function page({ site, language, title, wide = false, children }: PageParts): string {
  return `<!doctype html>${render(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{`${title} – ${site.organisation}`}</title>
        <link rel="stylesheet" href={pathOf(site, `/style.css?v=${styleSheetVersion}`)} />
      </head>
      <body>
        <main class={wide ? 'wide' : undefined}>
          <p class="organisation">{site.organisation}</p>
          <div class="sheet">{children}</div>
          <Help site={site} language={language} />
        </main>
      </body>
    </html>,
  )}`;
}

/** The path of one of the program's own addresses, as a browser sees it below PUBLIC_URL. */
export function pathOf({ publicUrl }: Site, path: string): string {
  return `${new URL(publicUrl).pathname.replace(/\/$/, '')}${path}`;
}

function Help({ site: { contact }, language }: { site: Site; language: Language }) {
  if (contact === undefined) return null;
  return (
    <p class="quiet help">
      {speaker(language)('Frågor? Kontakta', 'Questions? Contact')} {contactLink(contact)}.
    </p>
  );
}

/** The help contact: something to press where it is an address or a page. */
function contactLink(contact: string): ComponentChildren {
  const href = contactHref(contact);
  return href ? <a href={href}>{contact}</a> : contact;
}
