import { type Language, type Say, speaker } from '../../rules/language.ts';
import type { LinkPage } from '../../services/verifications/index.ts';
import { page } from '../layout.tsx';
import { already, ended, expired, hindered, moved, resent, wrong } from './ends.tsx';
import { NextSteps, Press, type Sheet, type VerifySite } from './parts.tsx';

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
          'Det beror inte på din länk. Öppna den igen om en stund.',
          'It has nothing to do with your link. Open it again in a while.',
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
    case 'disowned':
      return disowned(say);
    case 'already':
      return already(shown, site, say);
    case 'ended':
      return expired(say);
    case 'void':
      return ended(shown, say);
    case 'wrong':
      return wrong(site, say);
    case 'moved':
      return moved(site, say);
    case 'hindered':
      return hindered(shown, site, say);
    case 'resent':
      return resent(say);
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
    body: <NextSteps connected={connected} site={site} say={say} />,
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
