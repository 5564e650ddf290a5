import { clean } from './text.ts';

/** The parts of a mail library's error that tell what happened: the server's reply, the command it answered, the library's code. */
export interface SendError {
  responseCode?: number | undefined;
  response?: string | undefined;
  command?: string | undefined;
  code?: string | undefined;
  message?: string | undefined;
}

/**
 * V6: whom a refusal is about. `recipient`: the address is marked bounced. `us`: sign-in, sender, policy, set-up; the
 * sending pauses. `temporary`: it waits and tries again.
 */
export type RefusalKind = 'recipient' | 'us' | 'temporary';

const longestWords = 300;

/** What a reply is about stands at its beginning; no server may keep us reading. */
const longestReply = 2000;

/** The library's codes, given without a server's reply, that no waiting cures. */
const ourFaults = new Set([
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'ECONFIG',
  'EREQUIRETLS',
  'EMESSAGE',
  'EMAXRECIPIENTS',
  'EFILEACCESS',
  'EURLACCESS',
]);
const badCertificate = /certificate|self.signed|altname/i;

/** Enhanced status codes (RFC 3463 and what large hosts add): a mailbox that is not there, closed, full or unreachable. */
const aboutRecipient = /^5\.(1\.[1-9]\d*|2\.[1-4]|4\.(1|4|310|312))$/;

/** Codes in the same ranges that are about the sender: its address, or how much it may send. */
const aboutSender = /^5\.(1\.(7|8|20|90)|7\.\d+)$/;

/** Words of replies that carry no telling status code. */
const policyWords =
  /\brelay|\bspf\b|dkim|dmarc|black ?list|block ?list|blocked using|[ -]blocked\b.*http|spam|junk|reputation|policy|policies|prohibit|sender|authenticat|not authori[sz]ed|send ?as|\bhelo\b|\behlo\b|too many|sending (limit|quota)|rate limit/i;
const recipientWords =
  /no such (user|mailbox|recipient|address|account|person)|(user|mailbox|recipient|address|account)\b.*(unknown|not found|unavailable|does ?n[o'’]t (exist|have)|disabled|inactive|\bfull\b|quota)|unknown (user|mailbox|recipient|local)|doesn['’]t have an? .*account/i;

/** V6: sorts a failed sending to one recipient, and gives the server's words as one clean line of at most 300 characters. */
export function classifyRefusal(error: SendError): { kind: RefusalKind; words: string } {
  const reply = { ...error, response: error.response?.slice(0, longestReply) };
  return { kind: kindOf(reply), words: wordsOf(reply.response ?? error.message ?? '') };
}

function kindOf(error: SendError): RefusalKind {
  const { responseCode, response = '', command = '' } = error;
  if (responseCode === undefined) return kindWithoutReply(error);
  if (responseCode < 500) return 'temporary';
  // Greeting, sign-in and MAIL FROM know of no recipient yet.
  if (command !== '' && command !== 'RCPT TO' && command !== 'DATA') return 'us';
  const status = /(?:^|[\s#([-])(5\.\d{1,3}\.\d{1,3})(?!\.?\d)/m.exec(response)?.[1] ?? '';
  if (aboutSender.test(status)) return 'us';
  if (aboutRecipient.test(status)) return 'recipient';
  return kindOfPlain(responseCode, response, command);
}

function kindOfPlain(responseCode: number, response: string, command: string): RefusalKind {
  if (policyWords.test(response)) return 'us';
  if (recipientWords.test(response)) return 'recipient';
  return command === 'RCPT TO' && [550, 551, 552, 553].includes(responseCode) ? 'recipient' : 'us';
}

function kindWithoutReply({ code = '', message = '' }: SendError): RefusalKind {
  if (code === 'EENVELOPE') return /recipient/i.test(message) ? 'recipient' : 'us';
  return ourFaults.has(code) || badCertificate.test(message) ? 'us' : 'temporary';
}

/** Replies of several lines repeat their codes on each: the first is enough. */
function wordsOf(reply: string): string {
  const [first = '', ...others] = reply.split(/\r?\n/);
  const lines = [first, ...others.map((line) => line.replace(/^\d{3}[ -](\d\.\d{1,3}\.\d{1,3} )?/, ''))];
  const words = clean(lines.join(' ')).replace(/ {2,}/g, ' ');
  return words.length > longestWords ? `${words.slice(0, longestWords - 1)}…` : words;
}
