import nodemailer from 'nodemailer';
import { classifyRefusal, type RefusalKind, type SendError } from '../rules/delivery.ts';
import { clean } from '../rules/text.ts';
import { oauth2Of } from './oauth2.ts';

/** One message to one person. Plain values: what they hold cannot reach the header lines as such. */
export interface Mail {
  /** The bare address. */
  to: string;
  subject: string;
  text: string;
  html: string;
}

export interface Mailer {
  /** Hands a message to the mail server; that it was taken is not that it arrived. Throws SendFailure (V6). */
  send(mail: Mail): Promise<void>;
  /** Ends the connections, once what is being sent has been sent. */
  close(): void;
}

/** V6: the mail server did not take a message: whom that is about, in which words. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
  readonly kind: RefusalKind;
  readonly words: string;

  constructor(kind: RefusalKind, words: string) {
    super(`Mail refused (${kind})`);
    this.kind = kind;
    this.words = words;
  }
}

export interface MailerParts {
  /** SMTP_URL: nodemailer's, such as smtps://user:password@mail.company.se; OAuth2 by its query. */
  url: string;
  /** MAIL_FROM: an address, or `Name <address>`. */
  from: string;
  /** MAIL_REPLY_TO. */
  replyTo?: string | undefined;
  /** The name that the mail comes from, where `from` brings none. */
  organisation: string;
}

/** How many messages are being sent at once, each on a connection of its own. */
export const connections = 5;

/** Connects lazily, keeps a few connections open, and sends. Waits half a minute at most for a server to answer. */
export function createMailer({ url, from, replyTo, organisation }: MailerParts): Mailer {
  const transport = nodemailer.createTransport({
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    socketTimeout: 120_000,
    ...oauth2Of(url),
    url,
    pool: true,
    maxConnections: connections,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const sender = { from: named(from, organisation), ...(replyTo ? { replyTo: named(replyTo, '') } : {}) };
  return {
    async send({ to, subject, text, html }) {
      const message = {
        ...sender,
        to: { name: '', address: to },
        subject: clean(subject),
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'OOF, AutoReply' },
        xMailer: false as const,
      };
      try {
        await transport.sendMail(message);
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** `Name <address>` or an address, as a name and an address. */
function named(text: string, fallback: string): { name: string; address: string } {
  const [, name = '', address = text] = /^(.*)<([^<>]*)>\s*$/.exec(text) ?? [];
  return { name: clean(name).replace(/^"(.*)"$/, '$1') || clean(fallback), address: clean(address) };
}

function failureOf(error: unknown): SendFailure {
  const { kind, words } = classifyRefusal(
    error instanceof Error ? (error as SendError) : { message: String(error) },
  );
  return new SendFailure(kind, words);
}
