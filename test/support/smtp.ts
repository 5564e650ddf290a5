import type { Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { freePort } from './port.ts';
import { type UntilOptions, until } from './until.ts';

/** One mail as it arrived. */
export interface Mail {
  /** The sender's address, and the name before it. */
  readonly from: string;
  readonly fromName: string;
  /** The envelope's recipients, in lower case. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By name in lower case; the last one where a name comes twice. */
  readonly headers: Readonly<Record<string, string>>;
  /** The links of the HTML part, in order. */
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly raw: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A mail server of our own, which can be told to behave badly. */
export interface Smtp {
  readonly port: number;
  /** Value for SMTP_URL; it logs in with a name and a password. */
  readonly url: string;
  /** The password in `url`: it must never be seen in a log. */
  readonly password: string;
  /** Every mail taken, oldest first. */
  readonly mails: readonly Mail[];
  /** The mails to an address, oldest first. */
  to(address: string): Mail[];
  /** How many mails each address got. */
  counts(): ReadonlyMap<string, number>;
  /** Waits until an address has `count` mails (1 unless told) and returns the newest. */
  mailTo(address: string, options?: UntilOptions & { count?: number }): Promise<Mail>;
  /** Waits until `count` mails came in all. */
  arrived(count: number, options?: UntilOptions): Promise<void>;
  /** Refuses recipients with a reply such as "550 5.1.1 No such user", for `times` attempts (ever unless told). */
  refusesRecipient(who: string | RegExp, reply?: string, times?: number): void;
  /** Refuses every sender: "550 5.7.1 Sender not allowed". */
  refusesSender(reply?: string, times?: number): void;
  /** Refuses every login: "535 5.7.8 Authentication failed". */
  refusesLogin(reply?: string, times?: number): void;
  /** Refuses the content, once it was sent: "554 5.7.1 Rejected by policy". */
  refusesContent(reply?: string, times?: number): void;
  /** Takes this long over every mail, in milliseconds. */
  takes(milliseconds: number): void;
  /** Takes `count` mails more, and then leaves every one that comes without an answer until `goesOn`. */
  holdsAfter(count: number): void;
  /** Answers what was held, and all that comes. */
  goesOn(): void;
  /** Forgets every refusal and delay, and goes on. */
  behaves(): void;
  /** Closes the port and breaks every connection. */
  goesDown(): Promise<void>;
  /** Opens the same port again. */
  comesBack(): Promise<void>;
  stop(): Promise<void>;
}

type Step = 'login' | 'sender' | 'recipient' | 'content';

interface Refusal {
  readonly step: Step;
  readonly who: string | RegExp | undefined;
  readonly reply: string;
  left: number;
}

const PASSWORD = 'smtp-password-of-the-tests';

/** Starts a mail server on 127.0.0.1. */
export async function startSmtp(): Promise<Smtp> {
  const mails: Mail[] = [];
  const refusals: Refusal[] = [];
  let delay = 0;
  let hold: { left: number; over: Promise<void>; end: () => void; drop: () => void } | undefined;
  let running: Running | undefined;

  const refuse = (
    step: Step,
    who: string | RegExp | undefined,
    reply: string,
    times = Number.POSITIVE_INFINITY,
  ) => refusals.push({ step, who, reply, left: times });
  const refusalOf = (step: Step, address = ''): Error | undefined => {
    const refusal = refusals.find((one) => one.step === step && one.left > 0 && concerns(one.who, address));
    if (!refusal) return undefined;
    refusal.left -= 1;
    return replied(refusal.reply);
  };
  const port = await freePort();
  const open = () =>
    listen(port, {
      refusalOf,
      async take(raw, recipients) {
        if (hold && hold.left-- <= 0) await hold.over;
        if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
        mails.push(await read(raw, recipients));
      },
    });
  running = await open();

  const smtp: Smtp = {
    port,
    url: `smtp://vc-bot:${PASSWORD}@127.0.0.1:${port}`,
    password: PASSWORD,
    mails,
    to: (address) => mails.filter(({ to }) => to.includes(address.toLowerCase())),
    counts() {
      const counts = new Map<string, number>();
      for (const address of mails.flatMap(({ to }) => to))
        counts.set(address, (counts.get(address) ?? 0) + 1);
      return counts;
    },
    mailTo(address, { count = 1, ...options } = {}) {
      const seen = () =>
        mails.map(({ to, subject }) => `${to.join(', ')}: ${subject}`).join('\n') || 'no mail';
      return until(() => (smtp.to(address).length >= count ? smtp.to(address).at(-1) : undefined), {
        what: `mail ${count} to ${address}`,
        seen,
        ...options,
      });
    },
    async arrived(count, options) {
      const seen = () => `${mails.length} mails`;
      await until(() => mails.length >= count, { what: `${count} mails`, seen, ...options });
    },
    refusesRecipient: (who, reply = '550 5.1.1 No such user', times) =>
      refuse('recipient', who, reply, times),
    refusesSender: (reply = '550 5.7.1 Sender not allowed', times) =>
      refuse('sender', undefined, reply, times),
    refusesLogin: (reply = '535 5.7.8 Authentication failed', times) =>
      refuse('login', undefined, reply, times),
    refusesContent: (reply = '554 5.7.1 Rejected by policy', times) =>
      refuse('content', undefined, reply, times),
    takes(milliseconds) {
      delay = milliseconds;
    },
    holdsAfter(count) {
      smtp.goesOn();
      let end = () => {};
      let drop = () => {};
      const over = new Promise<void>((resolve, reject) => {
        end = resolve;
        drop = () => reject(new Error('The connection is cut'));
      });
      over.catch(() => undefined);
      hold = { left: count, over, end, drop };
    },
    goesOn() {
      hold?.end();
      hold = undefined;
    },
    behaves() {
      refusals.length = 0;
      delay = 0;
      smtp.goesOn();
    },
    async goesDown() {
      hold?.drop();
      hold = undefined;
      await running?.close();
      running = undefined;
    },
    async comesBack() {
      running ??= await open();
    },
    stop: () => smtp.goesDown(),
  };
  return smtp;
}

interface Running {
  close(): Promise<void>;
}

interface Behaviour {
  refusalOf(step: Step, address?: string): Error | undefined;
  take(raw: Buffer, recipients: string[]): Promise<void>;
}

async function listen(port: number, { refusalOf, take }: Behaviour): Promise<Running> {
  const sockets = new Set<Socket>();
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth: ({ username }, _session, done) => done(refusalOf('login'), { user: username ?? 'somebody' }),
    onMailFrom: ({ address }, _session, done) => done(refusalOf('sender', address)),
    onRcptTo: ({ address }, _session, done) => done(refusalOf('recipient', address)),
    onData(stream, { envelope }, done) {
      const recipients = envelope.rcptTo.map(({ address }) => address.toLowerCase());
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const refusal = refusalOf('content', recipients[0]);
        if (refusal) return done(refusal);
        take(Buffer.concat(chunks), recipients).then(() => done(), done);
      });
    },
  });
  // A client that is cut off in the middle is part of the tests.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  return {
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function concerns(who: string | RegExp | undefined, address: string): boolean {
  if (who === undefined) return true;
  return typeof who === 'string' ? who.toLowerCase() === address.toLowerCase() : who.test(address);
}

/** "550 5.1.1 No such user" as the error that smtp-server turns into that reply. */
function replied(reply: string): Error {
  const [, code = '550', words = ''] = /^(\d{3}) (.*)$/s.exec(reply) ?? [];
  return Object.assign(new Error(words), { responseCode: Number(code) });
}

async function read(raw: Buffer, to: readonly string[]): Promise<Mail> {
  const mail = await PostalMime.parse(raw);
  const html = mail.html ?? '';
  return {
    from: mail.from?.address ?? '',
    fromName: mail.from?.name ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html,
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
    links: [...html.matchAll(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gs)].map(
      ([, url = '', label = '']) => ({
        url: decoded(url),
        label: decoded(label.replace(/<[^>]+>/g, '')).trim(),
      }),
    ),
    raw: raw.toString(),
    at: Date.now(),
  };
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', nbsp: ' ', amp: '&' };

function decoded(html: string): string {
  return html
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|quot|nbsp|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
