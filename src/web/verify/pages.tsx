import type { ComponentChildren } from 'preact';
import { type Language, type Say, speaker } from '../../rules/language.ts';
import type { LinkPage } from '../../services/verifications/index.ts';
import { page, type Site } from '../layout.tsx';

/** What a press on the page sends back. */
export const answers = { confirm: 'confirm', notMe: 'not-me', newLink: 'new-link' } as const;

export interface VerifySite extends Site {
  /** CONNECT_LOGIN_URL. */
  loginUrl: string | undefined;
}

/** One page: the title of the window, which is also its heading, and what stands below. */
interface Sheet {
  title: string;
  body: ComponentChildren;
}

/** A link's page as HTML, in the user's language, else the organisation's. */
export function verifyPage(shown: LinkPage, site: VerifySite): string {
  const language = shown.language ?? site.language;
  return sheetPage(sheetOf(shown, site, speaker(language)), site, language);
}

/** Shown where something broke on our side. */
export function brokenPage(site: VerifySite): string {
  const say = speaker(site.language);
  const sheet: Sheet = {
    title: say('Något gick fel hos oss', 'Something went wrong on our side'),
    body: (
      <p>
        {say(
          'Försök igen om en stund. Länken gäller fortfarande.',
          'Try again in a while. The link still works.',
        )}
      </p>
    ),
  };
  return sheetPage(sheet, site, site.language);
}

function sheetPage({ title, body }: Sheet, site: VerifySite, language: Language): string {
  return page({
    site,
    language,
    title,
    children: (
      <>
        <h1>{title}</h1>
        {body}
      </>
    ),
  });
}

function sheetOf(shown: LinkPage, site: VerifySite, say: Say): Sheet {
  switch (shown.state) {
    case 'ask':
      return ask(shown.address, site, say);
    case 'confirmed':
      return confirmed(shown.connected, site, say);
    case 'already':
      return {
        title: say('Adressen är redan bekräftad', 'The address is already confirmed'),
        body: (
          <>
            {!shown.connected && <Coming say={say} />}
            <LogIn site={site} say={say} />
            <NewLink say={say}>
              {say(
                'Behöver du ändå en ny länk? Den kommer till samma adress.',
                'Still need a new link? It goes to the same address.',
              )}
            </NewLink>
          </>
        ),
      };
    case 'ended':
      return {
        title: say('Länken har gått ut', 'This link has expired'),
        body: (
          <NewLink say={say} primary>
            {say(
              'En länk gäller i fem dagar och kan användas en gång. Be om en ny här. Den kommer till samma adress.',
              'A link is valid for five days and can be used once. Ask for a new one here. It goes to the same address.',
            )}
          </NewLink>
        ),
      };
    case 'resent':
      return resent(say);
    case 'disowned':
      return disowned(say);
    case 'hindered':
      return hindered(shown.why, site, say);
  }
}

function ask(address: string, { organisation }: VerifySite, say: Say): Sheet {
  return {
    title: say(`Är ${address} din adress?`, `Is ${address} your address?`),
    body: (
      <>
        <p>
          {say(
            `Bekräfta, så använder du den för att logga in i Flex HRM hos ${organisation}.`,
            `Confirm it, and you will use it to log in to Flex HRM at ${organisation}.`,
          )}
        </p>
        <form method="post" class="actions">
          <Press answer="confirm" primary>
            {say('Bekräfta', 'Confirm')}
          </Press>
          <Press answer="notMe">{say('Det är inte jag', "This isn't me")}</Press>
        </form>
        <p class="quiet">{say('Vi ber dig aldrig om ditt lösenord.', 'We never ask for your password.')}</p>
      </>
    ),
  };
}

function confirmed(connected: boolean, site: VerifySite, say: Say): Sheet {
  return {
    title: say('Klart!', 'Done!'),
    body: (
      <>
        {!connected && <Coming say={say} />}
        <LogIn site={site} say={say} />
      </>
    ),
  };
}

function resent(say: Say): Sheet {
  return {
    title: say('Titta i din inkorg', 'Check your inbox'),
    body: (
      <p>
        {say(
          'Om adressen fortfarande ska bekräftas kommer ett mejl med en ny länk inom några minuter. Titta även i skräpposten.',
          'If the address still needs confirming, an email with a new link arrives within a few minutes. Check junk mail too.',
        )}
      </p>
    ),
  };
}

function disowned(say: Say): Sheet {
  return {
    title: say('Tack, då vet vi', 'Thank you for telling us'),
    body: (
      <p>
        {say(
          'Länken är avstängd och de som sköter inloggningen har fått veta det. Du behöver inte göra något mer.',
          'The link is switched off, and those who look after logins have been told. There is nothing more you need to do.',
        )}
      </p>
    ),
  };
}

type Why = Extract<LinkPage, { state: 'hindered' }>['why'];

function hindered(why: Why, { contact }: VerifySite, say: Say): Sheet {
  const reasons: Readonly<Record<Why, string>> = {
    deactivated: say('Din användare i Flex HRM är inaktiverad.', 'Your user in Flex HRM is deactivated.'),
    not_yet: say(
      'Din anställning har inte börjat ännu. Försök igen från kl. 09.00 dagen före din första arbetsdag.',
      'Your employment has not started yet. Try again from 09:00 on the day before your first day of work.',
    ),
    ended: say('Anställningen har upphört.', 'The employment has ended.'),
    domain: say(
      'Adresser av det här slaget får inte längre användas för inloggning.',
      'Addresses of this kind can no longer be used to log in.',
    ),
  };
  return {
    title: say('Adressen kan inte bekräftas nu', 'The address cannot be confirmed now'),
    body: (
      <p>
        {reasons[why]} {contact ? '' : say('Fråga HR om det är fel.', 'Ask HR if this is wrong.')}
      </p>
    ),
  };
}

/** The account comes after the proof (V4). */
function Coming({ say }: { say: Say }) {
  return (
    <p>
      {say(
        'Adressen är bekräftad och ditt konto skapas nu. Det brukar ta någon minut.',
        'The address is confirmed and your account is being created. It usually takes a minute.',
      )}
    </p>
  );
}

/** What comes next once the address is proved (V4). */
function LogIn({ site: { loginUrl }, say }: { site: VerifySite; say: Say }) {
  return (
    <>
      <p>
        {say(
          'Skriv din e-postadress på inloggningssidan och välj ”Glömt ditt lösenord?”. Har du redan ett Visma Connect-konto gäller lösenordet du har.',
          'Enter your email address on the login page and choose "Forgot your password?". If you already have a Visma Connect account, keep its password.',
        )}
      </p>
      {loginUrl && (
        <p class="actions">
          <a class="button primary" href={loginUrl}>
            {say('Öppna inloggningssidan', 'Open the login page')}
          </a>
        </p>
      )}
    </>
  );
}

function NewLink({
  say,
  primary = false,
  children,
}: {
  say: Say;
  primary?: boolean;
  children: ComponentChildren;
}) {
  return (
    <>
      <p>{children}</p>
      <form method="post" class="actions">
        <Press answer="newLink" primary={primary}>
          {say('Skicka en ny länk', 'Send me a new link')}
        </Press>
      </form>
    </>
  );
}

function Press(props: { answer: keyof typeof answers; primary?: boolean; children: ComponentChildren }) {
  const { answer, primary = false, children } = props;
  return (
    <button type="submit" class={primary ? 'button primary' : 'button'} name="answer" value={answers[answer]}>
      {children}
    </button>
  );
}
