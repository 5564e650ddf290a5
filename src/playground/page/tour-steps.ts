import type { Text } from '../../rules/language.ts';
import { demo } from './demo.ts';

/** Something that was seen to happen; the text is the line, the button's label, what a letter or a message said. */
export interface Trace {
  readonly kind: 'line' | 'drop' | 'press' | 'letter' | 'said';
  readonly text: string;
}

/** A button of a step. */
export type Help =
  | { readonly label: Text; readonly write: string; readonly room: string }
  | { readonly label: Text; readonly drop: 'first sample' }
  | { readonly label: Text; readonly mailTo: string }
  | { readonly label: Text; readonly open: string };

export interface Step {
  readonly title: Text;
  readonly text: Text;
  readonly helps: readonly Help[];
  /** What is to be seen, in this order, before the step is done. */
  readonly traces: readonly { readonly kind: Trace['kind']; readonly like: RegExp }[];
}

const type: Text = { sv: 'Skriv det åt mig', en: 'Type it for me' };
const openMail: Text = { sv: 'Öppna Annas mejl', en: 'Open Anna’s mail' };
const { administrator, channel, bot, employee, lines } = demo;

/** What to try, and in which order. */
export const steps: readonly Step[] = [
  {
    title: { sv: 'Fråga vad boten kan', en: 'Ask what the bot can do' },
    text: {
      sv: 'Skriv /vc help i #hr som Lena, och tryck på Enter.',
      en: 'Type /vc help in #hr as Lena, and press Enter.',
    },
    helps: [{ label: type, write: lines.help, room: channel }],
    traces: [{ kind: 'line', like: /^\/vc (help|hjälp)/i }],
  },
  {
    title: { sv: 'Släpp en fil', en: 'Drop a file' },
    text: {
      sv: 'Släpp exempelfilen i samtalet med boten. Titta på förhandsvisningen och tryck på Bekräfta.',
      en: 'Drop the sample file in the conversation with the bot. Look at the preview, and press Confirm.',
    },
    helps: [{ label: { sv: 'Släpp filen', en: 'Drop the file' }, drop: 'first sample' }],
    traces: [
      { kind: 'drop', like: /./ },
      { kind: 'press', like: /^(Bekräfta|Confirm)/ },
    ],
  },
  {
    title: { sv: 'Verifiera Annas adress', en: 'Verify Anna’s address' },
    text: {
      sv: `Skriv ${lines.verify}. Öppna Annas mejl, tryck på länken och sedan på Bekräfta på sidan.`,
      en: `Type ${lines.verify}. Open Anna’s mail, press the link, and then Confirm on the page.`,
    },
    helps: [
      { label: type, write: lines.verify, room: channel },
      { label: openMail, mailTo: employee.address },
    ],
    traces: [
      { kind: 'line', like: /^\/vc (verify|verifiera) /i },
      { kind: 'said', like: /adressen bekräftades|address was confirmed/i },
    ],
  },
  {
    title: { sv: 'Logga in som Anna', en: 'Log in as Anna' },
    text: {
      sv: 'Välj ”Glömt ditt lösenord?” på inloggningssidan, öppna mejlet som kommer, välj ett lösenord och logga in.',
      en: 'Choose “Forgot your password?” on the login page, open the mail that comes, choose a password, and log in.',
    },
    helps: [
      { label: { sv: 'Öppna inloggningssidan', en: 'Open the login page' }, open: demo.loginPath },
      { label: openMail, mailTo: employee.address },
    ],
    traces: [{ kind: 'letter', like: /lösenord|password/i }],
  },
  {
    title: { sv: 'Verifiera många på en gång', en: 'Verify many at once' },
    text: {
      sv: `Skriv ${lines.bulk} som Lena, tryck på Bekräfta, och på Visa logg när det är klart.`,
      en: `Type ${lines.bulk} as Lena, press Confirm, and Show log when it is done.`,
    },
    helps: [{ label: type, write: lines.bulk, room: channel }],
    traces: [
      { kind: 'line', like: /^\/vc (bulk-verify|massverifiera|verifiera-alla|utskick) /i },
      { kind: 'press', like: /^(Bekräfta|Confirm)/ },
      { kind: 'press', like: /^(Visa logg|Show log)/ },
    ],
  },
];

/** Who does what the steps tell. */
export const actor = administrator;
/** Where the sample file is dropped. */
export const dropRoom = bot;

/** How far each step is after one more trace; the very same list where it belongs to no step. */
export function follow(progress: readonly number[], trace: Trace): readonly number[] {
  const next = steps.map(({ traces }, index) => {
    const met = progress[index] ?? 0;
    const wanted = traces[met];
    return wanted?.kind === trace.kind && wanted.like.test(trace.text) ? met + 1 : met;
  });
  return next.every((met, index) => met === (progress[index] ?? 0)) ? progress : next;
}

export function isDone(progress: readonly number[], index: number): boolean {
  const step = steps[index];
  return step !== undefined && (progress[index] ?? 0) >= step.traces.length;
}
