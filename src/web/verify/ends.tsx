import type { Say } from '../../rules/language.ts';
import type { LinkPage } from '../../services/verifications/index.ts';
import { askHr, NewLink, NextSteps, type Sheet, type VerifySite } from './parts.tsx';

type Ended<State extends LinkPage['state']> = Extract<LinkPage, { state: State }>;

/** The address is proved, by this link or another. */
export function already({ connected, asked }: Ended<'already'>, site: VerifySite, say: Say): Sheet {
  return {
    title: asked
      ? say('Ingen ny länk behövs', 'No new link is needed')
      : say('Adressen är redan bekräftad', 'The address is already confirmed'),
    body: (
      <>
        {asked && connected && (
          <p>
            {say(
              'Adressen är bekräftad och kontot finns, så inget mejl skickas.',
              'The address is confirmed and the account exists, so no email is sent.',
            )}
          </p>
        )}
        <NextSteps connected={connected} site={site} say={say} />
        {!asked && (
          <NewLink say={say}>
            {say(
              'Har du blivit ombedd att bekräfta adressen igen? Be om en ny länk här. Den skickas bara om den behövs.',
              'Have you been asked to confirm the address again? Ask for a new link here. It is sent only if one is needed.',
            )}
          </NewLink>
        )}
      </>
    ),
  };
}

/** Expired or unknown, which nobody can tell apart (V5). */
export function expired(say: Say): Sheet {
  return {
    title: say('Länken har gått ut', 'This link has expired'),
    body: (
      <>
        <NewLink say={say} primary>
          {say(
            'En länk gäller i fem dagar och kan användas en gång. Be om en ny här. Ska adressen fortfarande bekräftas kommer den till samma adress.',
            'A link is valid for five days and can be used once. Ask for a new one here. If the address still needs confirming, it goes to the same address.',
          )}
        </NewLink>
        <p>
          {say(
            'Är länken avklippt? Kopiera hela adressen ur mejlet, eller skriv till boten i chatten.',
            'Has part of the link been cut off? Copy the whole address from the email, or write to the bot in chat.',
          )}
        </p>
      </>
    ),
  };
}

/** Used or revoked, and the address is still to be confirmed. */
export function ended({ why }: Ended<'void'>, say: Say): Sheet {
  const reasons: Readonly<Record<typeof why, string>> = {
    replaced: say(
      'Den har ersatts av en nyare. Använd länken i det senaste mejlet, eller be om en ny här.',
      'A newer one has replaced it. Use the link in the latest email, or ask for a new one here.',
    ),
    used: say(
      'Den är redan använd, men adressen behöver bekräftas på nytt. Be om en ny länk här.',
      'It has been used, but the address needs confirming again. Ask for a new link here.',
    ),
    revoked: say(
      'Den har stängts av, men adressen ska fortfarande bekräftas. Be om en ny länk här.',
      'It has been switched off, but the address still needs confirming. Ask for a new link here.',
    ),
  };
  return {
    title: say('Länken gäller inte längre', 'This link no longer works'),
    body: (
      <NewLink say={say} primary>
        {reasons[why]} {say('Den kommer till samma adress.', 'It goes to the same address.')}
      </NewLink>
    ),
  };
}

/** "This isn't me" was answered: no mail goes there any more (V1). */
export function wrong(site: VerifySite, say: Say): Sheet {
  return {
    title: say('Länken är avstängd', 'This link is switched off'),
    body: (
      <p>
        {say(
          'Någon svarade ”Det är inte jag”, så det skickas inga fler länkar hit. De som sköter inloggningen har fått veta det och hör av sig till rätt person.',
          'Somebody answered "This isn\'t me", so no more links are sent here. Those who look after logins have been told and will get in touch with the right person.',
        )}
        {askHr(site, say('Svarade du fel? Hör av dig till HR.', 'Was that a mistake? Get in touch with HR.'))}
      </p>
    ),
  };
}

/** The user has another address since, or none (U5). */
export function moved(site: VerifySite, say: Say): Sheet {
  return {
    title: say('Länken gäller inte längre', 'This link no longer works'),
    body: (
      <p>
        {say(
          'Adressen som den skickades till används inte längre för inloggningen, så det skickas inga fler länkar hit.',
          'The address that it was sent to is no longer used for logging in, so no more links are sent here.',
        )}
        {askHr(site, say('Fråga HR om det är fel.', 'Ask HR if this is wrong.'))}
      </p>
    ),
  };
}

/** U7 or D1 stands in the way. */
export function hindered({ why }: Ended<'hindered'>, site: VerifySite, say: Say): Sheet {
  const reasons: Readonly<Record<typeof why, string>> = {
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
        {reasons[why]}
        {askHr(site, say('Fråga HR om det är fel.', 'Ask HR if this is wrong.'))}
      </p>
    ),
  };
}

/** A new link was asked for: whether one is sent is not told (V5). */
export function resent(say: Say): Sheet {
  return {
    title: say('Titta i din inkorg', 'Check your inbox'),
    body: (
      <>
        <p>
          {say(
            'Ska adressen fortfarande bekräftas kommer ett mejl med en ny länk, oftast inom några minuter. Titta även i skräpposten.',
            'If the address still needs confirming, an email with a new link arrives, usually within a few minutes. Check junk mail too.',
          )}
        </p>
        <p>
          {say(
            'Har du redan fått flera länkar den senaste timmen skickas ingen ny. Använd den senaste.',
            'If you have been sent several links in the last hour, no new one is sent. Use the latest.',
          )}
        </p>
      </>
    ),
  };
}
