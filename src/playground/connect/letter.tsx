import { render } from 'preact-render-to-string';
import { type Language, speaker } from '../../rules/language.ts';

/** A mail as it is handed to the mail server. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

/** The mail with the one-time link. */
export function passwordLetter(parts: {
  name: string;
  address: string;
  link: string;
  language: Language;
}): Letter {
  const { name, address, link, language } = parts;
  const say = speaker(language);
  const subject = say('Välj ett lösenord för Visma Connect', 'Choose a password for Visma Connect');
  const hello = say(`Hej ${name}!`, `Hi ${name},`);
  const why = say(
    `Du, eller någon annan, vill välja ett nytt lösenord för ${address}.`,
    `You, or somebody else, would like to choose a new password for ${address}.`,
  );
  const press = say('Välj ett lösenord', 'Choose a password');
  const lifetime = say(
    'Länken gäller i en timme och kan användas en gång.',
    'The link is valid for an hour and can be used once.',
  );
  const otherwise = say(
    'Var det inte du? Då behöver du inte göra något: lösenordet ändras inte.',
    'Was it not you? Then there is nothing you need to do: the password does not change.',
  );
  const whose = say(
    'Det här är en ersättare för Visma Connect, för att prova vc-bot.',
    'This is a stand-in for Visma Connect, for trying out vc-bot.',
  );
  const html = `<!doctype html>${render(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
      </head>
      <body style={{ fontFamily: 'sans-serif', lineHeight: '1.5', padding: '16px' }}>
        <p>{hello}</p>
        <p>{why}</p>
        <p>
          <a href={link}>{press}</a>
        </p>
        <p>{lifetime}</p>
        <p>{otherwise}</p>
        <p>
          <small>{whose}</small>
        </p>
      </body>
    </html>,
  )}`;
  const text = [hello, why, `${press}: ${link}`, lifetime, otherwise, whose].join('\n\n');
  return { subject, text, html };
}
