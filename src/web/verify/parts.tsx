import type { ComponentChildren } from 'preact';
import type { Say } from '../../rules/language.ts';
import type { Site } from '../layout.tsx';

/** What a press on the page sends back. */
export const answers = { confirm: 'confirm', notMe: 'not-me', newLink: 'new-link' } as const;

export interface VerifySite extends Site {
  /** CONNECT_LOGIN_URL. */
  loginUrl: string | undefined;
}

/** One page: the title of the window, which is also its heading, and what stands below. */
export interface Sheet {
  title: string;
  body: ComponentChildren;
}

/** A button that sends its answer back. */
export function Press(props: {
  answer: keyof typeof answers;
  primary?: boolean;
  children: ComponentChildren;
}) {
  const { answer, primary = false, children } = props;
  return (
    <button type="submit" class={primary ? 'button primary' : 'button'} name="answer" value={answers[answer]}>
      {children}
    </button>
  );
}

/** What comes once the address is proved (V4): the account, where it is not there yet, and how to log in. */
export function NextSteps({ connected, site, say }: { connected: boolean; site: VerifySite; say: Say }) {
  return (
    <>
      {!connected && (
        <p>
          {say(
            'Adressen är bekräftad och ditt konto skapas nu. Det brukar ta någon minut.',
            'The address is confirmed and your account is being created. It usually takes a minute.',
          )}
        </p>
      )}
      <p>
        {say(
          'Skriv din e-postadress på inloggningssidan och välj ”Glömt ditt lösenord?”. Har du redan ett Visma Connect-konto gäller lösenordet du har.',
          'Enter your email address on the login page and choose "Forgot your password?". If you already have a Visma Connect account, keep its password.',
        )}
      </p>
      {site.loginUrl && (
        <p class="actions">
          <a class="button primary" href={site.loginUrl}>
            {say('Öppna inloggningssidan', 'Open the login page')}
          </a>
        </p>
      )}
    </>
  );
}

/** V1: the offer of a new link. What stands above it promises no mail that may not be sent. */
export function NewLink(props: { say: Say; primary?: boolean; children: ComponentChildren }) {
  const { say, primary = false, children } = props;
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

/** `ask`, where the page does not say below whom to ask anyhow. */
export function askHr({ contact }: VerifySite, ask: string): string {
  return contact === undefined ? ` ${ask}` : '';
}
