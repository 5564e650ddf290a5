import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { type Language, type Say, speaker } from '../../rules/language.ts';

/** The shortest password that is taken. */
export const shortest = 8;

/** What a page shows. `lost`: a link that works no more. */
export type Screen =
  | { screen: 'log-in'; address?: string; wrong?: boolean; saved?: boolean }
  | { screen: 'forgot' | 'sent' | 'lost' }
  | { screen: 'password'; address: string; token: string; tooShort?: boolean }
  | { screen: 'inside'; name: string };

/** Who reads, and how the pages are reached. */
export interface Visit {
  language: Language;
  /** The language was asked for by name: links keep it. */
  chosen: boolean;
  /** The path under which the pages stand, without a trailing slash. */
  base: string;
}

interface Sheet {
  title: string;
  body: ComponentChildren;
}

/** A whole page as HTML. */
export function connectPage(screen: Screen, visit: Visit): string {
  const { language, base } = visit;
  const say = speaker(language);
  const { title, body } = sheetOf(screen, visit, say);
  return `<!doctype html>${render(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>{`${title} – ${say('ersättare för Visma Connect', 'stand-in for Visma Connect')}`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`${base}/style.css`} />
      </head>
      <body>
        <header>
          <p>
            <strong>{say('Ersättare för Visma Connect.', 'Stand-in for Visma Connect.')}</strong>{' '}
            {say(
              'För att prova. Inget riktigt konto används, så välj inget lösenord som du har någon annanstans.',
              'For trying out. No real account is used, so choose no password that you have elsewhere.',
            )}
          </p>
        </header>
        <main>
          <h1>{title}</h1>
          {body}
        </main>
        <footer>
          <Languages {...visit} />
        </footer>
      </body>
    </html>,
  )}`;
}

function Languages({ language }: Visit) {
  const other = language === 'sv' ? 'en' : 'sv';
  return (
    <a href={`?language=${other}`} lang={other} hreflang={other}>
      {other === 'sv' ? 'Svenska' : 'English'}
    </a>
  );
}

/** A path of the pages, in the language that was asked for. */
export function pathOf({ base, chosen, language }: Visit, path: string): string {
  return `${base}${path}${chosen ? `?language=${language}` : ''}`;
}

function sheetOf(screen: Screen, visit: Visit, say: Say): Sheet {
  switch (screen.screen) {
    case 'log-in':
      return logIn(screen, visit, say);
    case 'forgot':
      return forgot(visit, say);
    case 'sent':
      return {
        title: say('Titta i din inkorg', 'Check your inbox'),
        body: (
          <>
            <p>
              {say(
                'Finns det ett konto med adressen kommer ett mejl med en länk inom någon minut. Titta även i skräpposten.',
                'If there is an account with the address, an email with a link arrives within a minute. Check junk mail too.',
              )}
            </p>
            <Back visit={visit} say={say} />
          </>
        ),
      };
    case 'lost':
      return {
        title: say('Länken gäller inte längre', 'The link no longer works'),
        body: (
          <>
            <p>
              {say(
                'En länk gäller i en timme och kan användas en gång.',
                'A link is valid for an hour and can be used once.',
              )}
            </p>
            <p>
              <a class="button primary" href={pathOf(visit, '/forgot')}>
                {say('Be om en ny länk', 'Ask for a new link')}
              </a>
            </p>
          </>
        ),
      };
    case 'password':
      return choose(screen, visit, say);
    case 'inside':
      return inside(screen.name, visit, say);
  }
}

function logIn({ address, wrong, saved }: Screen & { screen: 'log-in' }, visit: Visit, say: Say): Sheet {
  return {
    title: say('Logga in', 'Log in'),
    body: (
      <>
        {saved && (
          <p role="status">
            {say('Lösenordet är sparat. Nu kan du logga in.', 'The password is saved. You can log in now.')}
          </p>
        )}
        {wrong && (
          <p class="fault" id="fault" role="alert">
            {say(
              'Adressen och lösenordet hör inte ihop. Försök igen, eller välj ”Glömt ditt lösenord?”.',
              'The address and the password do not match. Try again, or choose "Forgot your password?".',
            )}
          </p>
        )}
        <form method="post" action={pathOf(visit, '/')}>
          <Address say={say} value={address} />
          <Field
            label={say('Lösenord', 'Password')}
            name="password"
            type="password"
            autocomplete="current-password"
            wrong={wrong}
          />
          <Press>{say('Logga in', 'Log in')}</Press>
        </form>
        <p>
          <a href={pathOf(visit, '/forgot')}>{say('Glömt ditt lösenord?', 'Forgot your password?')}</a>
        </p>
      </>
    ),
  };
}

function forgot(visit: Visit, say: Say): Sheet {
  return {
    title: say('Glömt ditt lösenord?', 'Forgot your password?'),
    body: (
      <>
        <p>
          {say(
            'Skriv din e-postadress, så mejlar vi en länk där du väljer ett nytt lösenord. Gör likadant om du inte har något ännu.',
            'Enter your email address, and we email you a link to choose a new one. Do the same if you have no password yet.',
          )}
        </p>
        <form method="post" action={pathOf(visit, '/forgot')}>
          <Address say={say} />
          <Press>{say('Mejla en länk till mig', 'Email me a link')}</Press>
        </form>
        <Back visit={visit} say={say} />
      </>
    ),
  };
}

function choose(
  { address, token, tooShort }: Screen & { screen: 'password' },
  visit: Visit,
  say: Say,
): Sheet {
  return {
    title: say('Välj ett lösenord', 'Choose a password'),
    body: (
      <>
        {tooShort && (
          <p class="fault" id="fault" role="alert">
            {say(
              `Lösenordet behöver minst ${shortest} tecken.`,
              `The password needs at least ${shortest} characters.`,
            )}
          </p>
        )}
        <form method="post" action={pathOf(visit, `/password/${token}`)}>
          <Address say={say} value={address} known />
          <Field
            label={say(
              `Nytt lösenord, minst ${shortest} tecken`,
              `New password, at least ${shortest} characters`,
            )}
            name="password"
            type="password"
            autocomplete="new-password"
            minLength={shortest}
            wrong={tooShort}
          />
          <Press>{say('Spara lösenordet', 'Save the password')}</Press>
        </form>
      </>
    ),
  };
}

function inside(name: string, visit: Visit, say: Say): Sheet {
  return {
    title: say(`Du är inloggad i Visma Connect som ${name}`, `You are logged in to Visma Connect as ${name}`),
    body: (
      <>
        <p>
          {say(
            'Här tar Flex HRM vid och släpper in den som är kopplad. Det som går att prova slutar här.',
            'Here Flex HRM takes over, and lets in whoever is connected. What can be tried ends here.',
          )}
        </p>
        <form method="post" action={pathOf(visit, '/log-out')}>
          <Press>{say('Logga ut', 'Log out')}</Press>
        </form>
      </>
    ),
  };
}

function Address({ say, value, known = false }: { say: Say; value?: string | undefined; known?: boolean }) {
  return (
    <Field
      label={say('E-postadress', 'Email address')}
      name="address"
      type="email"
      autocomplete="username"
      value={value}
      readOnly={known}
    />
  );
}

interface FieldParts {
  label: string;
  name: string;
  type: 'email' | 'password';
  autocomplete: string;
  value?: string | undefined;
  minLength?: number;
  readOnly?: boolean;
  wrong?: boolean | undefined;
}

function Field({ label, wrong = false, ...input }: FieldParts) {
  const fault = wrong ? { 'aria-invalid': 'true' as const, 'aria-describedby': 'fault' } : {};
  return (
    <label>
      {label}
      <input required maxLength={300} {...input} {...fault} />
    </label>
  );
}

function Press({ children }: { children: ComponentChildren }) {
  return (
    <button type="submit" class="button primary">
      {children}
    </button>
  );
}

function Back({ visit, say }: { visit: Visit; say: Say }) {
  return (
    <p>
      <a href={pathOf(visit, '/')}>{say('Till inloggningen', 'To the login')}</a>
    </p>
  );
}
