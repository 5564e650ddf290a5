import { type Language, speaker } from '../../rules/language.ts';
import type { TourState } from '../wire.ts';
import { casts, demo } from './demo.ts';

/** A button of a step. */
export type Help =
  | { readonly label: string; readonly write: string }
  | { readonly label: string; readonly drop: 'first sample' }
  | { readonly label: string; readonly mailTo: string }
  | { readonly label: string; readonly open: string };

export interface Step {
  readonly name: keyof TourState;
  readonly title: string;
  readonly text: string;
  readonly helps: readonly Help[];
}

/** What to try, in which order, and where: in Teams the administrator writes to the bot, where nothing need be mentioned. */
export function stepsIn(language: Language, room: string): readonly Step[] {
  const say = speaker(language);
  const { administrator, employee, lines } = casts[language];
  const place = room === demo.bot ? say(`till ${room}`, `to ${room}`) : say(`i #${room}`, `in #${room}`);
  const type = say('Skriv det åt mig', 'Type it for me');
  const openMail = {
    label: say(`Öppna ${employee.name}s mejl`, `Open ${employee.name}'s mail`),
    mailTo: employee.address,
  };
  return [
    {
      name: 'help',
      title: say('Fråga vad boten kan', 'Ask what the bot can do'),
      text: say(
        `Skriv ${lines.help} ${place} som ${administrator.name}, och tryck på Enter.`,
        `Type ${lines.help} ${place} as ${administrator.name}, and press Enter.`,
      ),
      helps: [{ label: type, write: lines.help }],
    },
    {
      name: 'import',
      title: say('Släpp en fil', 'Drop a file'),
      text: say(
        'Släpp exempelfilen i samtalet med boten. Titta på förhandsvisningen och tryck på Bekräfta.',
        'Drop the sample file in the conversation with the bot. Look at the preview, and press Confirm.',
      ),
      helps: [{ label: say('Släpp filen', 'Drop the file'), drop: 'first sample' }],
    },
    {
      name: 'verify',
      title: say(`Verifiera ${employee.name}s adress`, `Verify ${employee.name}'s address`),
      text: say(
        `Skriv ${lines.verify}. Öppna ${employee.name}s mejl, tryck på länken och sedan på Bekräfta på sidan.`,
        `Type ${lines.verify}. Open ${employee.name}'s mail, press the link, and then Confirm on the page.`,
      ),
      helps: [{ label: type, write: lines.verify }, openMail],
    },
    {
      name: 'login',
      title: say(`Logga in som ${employee.name}`, `Log in as ${employee.name}`),
      text: say(
        'Välj ”Glömt ditt lösenord?” på inloggningssidan, öppna mejlet som kommer, välj ett lösenord och logga in.',
        'Choose “Forgot your password?” on the login page, open the mail that comes, choose a password, and log in.',
      ),
      helps: [
        { label: say('Öppna inloggningssidan', 'Open the login page'), open: demo.loginPath },
        openMail,
      ],
    },
    {
      name: 'bulk',
      title: say('Verifiera många på en gång', 'Verify many at once'),
      text: say(
        `Skriv ${lines.bulk} som ${administrator.name} och tryck på Bekräfta. Tryck på Visa logg när det är klart, och öppna loggen.`,
        `Type ${lines.bulk} as ${administrator.name}, and press Confirm. Press Show log when it is done, and open the log.`,
      ),
      helps: [{ label: type, write: lines.bulk }],
    },
  ];
}
