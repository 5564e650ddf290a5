import { resolve } from 'node:path';
import { z } from 'zod';

/** The program's settings, read once from the environment (`.env.example` lists the variables). */
export interface Config {
  port: number;
  host: string;
  /** Where links in mail and chat point, without a trailing slash. */
  publicUrl: string;
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined;
  dataDir: string;
  mail: MailConfig | undefined;
  /** Undefined: what is sent is signed with the program's own name. */
  orgName: string | undefined;
  helpContact: string | undefined;
  orgLanguage: 'sv' | 'en';
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  /** Addresses, as written. */
  admins: string[];
  connectLoginUrl: string | undefined;
  /** Undefined: the store alone decides who is connected (V4). */
  identity: IdentityConfig | undefined;
  role: 'web' | 'worker' | 'all';
  logLevel: string;
}

export interface MailConfig {
  url: string;
  from: string;
  replyTo: string | undefined;
  /** As MAIL_RATE is written: "10/s", "30/min", "500/h", "5000/day". */
  rate: string;
}

export interface SlackConfig {
  botToken: string;
  /** One of the two: HTTP or Socket Mode. */
  signingSecret: string | undefined;
  appToken: string | undefined;
  apiUrl: string | undefined;
}

export interface TeamsConfig {
  /** Undefined (TEAMS_LOCAL=1): a client on this machine, with no credentials either way. */
  app: { id: string; password: string } | undefined;
  /** The only tenant whose people are served; always there with `app`. Undefined: whichever the local client has. */
  tenantId: string | undefined;
}

export interface IdentityConfig {
  /** Where SCIM 2.0 is spoken, without a trailing slash. */
  url: string;
  token: string;
}

/** Every fault of the environment, each naming its variable; no value of a secret among them. */
export class ConfigFaults extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The settings can't be used:\n${faults.map((fault) => `- ${fault}`).join('\n')}`);
    this.name = 'ConfigFaults';
    this.faults = faults;
  }
}

const url = (protocols: RegExp, like: string) =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.test(value), `must be an address such as ${like}`);

const webUrl = url(/^https?:/i, 'https://bot.company.se');
/** An address that paths can be put after, made so: without the last slash. */
const baseUrl = webUrl
  .refine((value) => {
    if (!URL.canParse(value)) return true;
    const { username, password, search, hash } = new URL(value);
    return !(username || password || search || hash);
  }, 'must be an address alone: no user, no ? and no #')
  .transform((value) => new URL(value).href.replace(/\/+$/, ''));
/** What a secret passes over must not be read on the way; this machine's own addresses are no way. */
const isPrivate = (value: string) =>
  /^https:|^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(?=[:/]|$)/i.test(value);
const notPrivate = 'must begin with https://, or be on this machine';
const guid = z
  .string()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
    'must be an id such as 8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10',
  )
  .transform((id) => id.toLowerCase());
const mailFrom = /^[^@<>\s]+@[^@<>\s]+$|^[^<>\r\n]*<[^@<>\s]+@[^@<>\s]+>$/;

const variables = z.object({
  PORT: z.coerce
    .number('must be a port number')
    .int()
    .min(0)
    .max(65535, 'must be a port number')
    .default(3000),
  HOST: z.string().optional(),
  PUBLIC_URL: baseUrl.optional(),
  DATABASE_URL: url(/^postgres(ql)?:/i, 'postgresql://user:password@host/database').optional(),
  DATA_DIR: z.string().default('./data'),
  SMTP_URL: url(/^smtps?:/i, 'smtps://user:password@mail.company.se').optional(),
  MAIL_FROM: z.string().regex(mailFrom, 'must be an address such as no-reply@company.se').optional(),
  MAIL_REPLY_TO: z.string().regex(mailFrom, 'must be an address such as hr@company.se').optional(),
  MAIL_RATE: z
    .string()
    .regex(/^[1-9]\d*(\/(s|min|h|day))?$/, 'must be a number, or one such as 10/s, 30/min, 500/h or 5000/day')
    .default('10/s'),
  ORG_NAME: z.string().optional(),
  HELP_CONTACT: z.string().optional(),
  ORG_LANGUAGE: z.enum(['sv', 'en'], 'must be sv or en').default('sv'),
  SLACK_BOT_TOKEN: z.string().optional(),
  SLACK_SIGNING_SECRET: z.string().optional(),
  SLACK_APP_TOKEN: z.string().optional(),
  SLACK_API_URL: webUrl.refine(isPrivate, notPrivate).optional(),
  TEAMS_APP_ID: guid.optional(),
  TEAMS_APP_PASSWORD: z.string().optional(),
  TEAMS_TENANT_ID: guid.optional(),
  TEAMS_LOCAL: z.enum(['0', '1'], 'must be 1, or not set').optional(),
  ADMINS: z.string().default(''),
  CONNECT_LOGIN_URL: webUrl.optional(),
  CONNECT_SCIM_URL: baseUrl.refine(isPrivate, notPrivate).optional(),
  CONNECT_SCIM_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be a token alone: no spaces and no letters such as å')
    .optional(),
  ROLE: z.enum(['web', 'worker', 'all'], 'must be web, worker or all').default('all'),
  LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
      'must be a level such as info or debug',
    )
    .default('info'),
});

type Variables = z.infer<typeof variables>;
/** What is set, as it is written. */
type Given = Readonly<Partial<Record<keyof Variables, string>>>;

/** Reads the settings. Throws ConfigFaults with every fault at once. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const set: Given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const parsed = variables.safeParse(set);
  const malformed = parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ?? [];
  const faults = [...malformed, ...contradictions(set)];
  if (!parsed.success || faults.length > 0) throw new ConfigFaults(faults);
  return config(parsed.data);
}

/** Where the playground may listen. */
const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** What each variable allows but all of them together do not; one that is malformed counts as set. */
function contradictions(v: Given): string[] {
  const slackWays = [v.SLACK_SIGNING_SECRET, v.SLACK_APP_TOKEN].filter(Boolean).length;
  const inSlack = v.SLACK_BOT_TOKEN !== undefined;
  const teams = [v.TEAMS_APP_ID, v.TEAMS_APP_PASSWORD].filter(Boolean).length;
  const teamsLocal = v.TEAMS_LOCAL === '1';
  const inChat = inSlack || teams > 0 || teamsLocal;
  const elsewhere = v.HOST !== undefined && !loopback.includes(v.HOST);
  const rules: [boolean, string][] = [
    [
      inSlack && slackWays !== 1,
      'SLACK_BOT_TOKEN needs either SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode)',
    ],
    [!inSlack && slackWays > 0, 'SLACK_BOT_TOKEN is missing'],
    [
      (teams > 0 || (v.TEAMS_TENANT_ID !== undefined && !teamsLocal)) && (teams < 2 || !v.TEAMS_TENANT_ID),
      'TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID go together',
    ],
    [
      teams > 0 && teamsLocal,
      'TEAMS_LOCAL=1 takes requests from anybody on this machine: it does not go together with TEAMS_APP_ID',
    ],
    [teamsLocal && elsewhere, 'TEAMS_LOCAL=1 needs a HOST that is this machine alone, such as 127.0.0.1'],
    [
      (inSlack || teams > 0) && !v.PUBLIC_URL,
      'PUBLIC_URL is needed with a chat surface: links in mail and chat point there',
    ],
    [
      inChat && !v.SMTP_URL,
      'SMTP_URL is needed with a chat surface: the mail server that sends the verifications',
    ],
    [inChat && !v.MAIL_FROM, 'MAIL_FROM is needed with a chat surface: the address that the mail comes from'],
    [!v.CONNECT_SCIM_URL !== !v.CONNECT_SCIM_TOKEN, 'CONNECT_SCIM_URL and CONNECT_SCIM_TOKEN go together'],
    [!v.SMTP_URL !== !v.MAIL_FROM && !inChat, 'SMTP_URL and MAIL_FROM go together'],
    [
      !inChat && elsewhere,
      'HOST other than this machine needs a chat surface: in the playground anybody may be an administrator',
    ],
    [
      (v.ROLE === 'web' || v.ROLE === 'worker') && !inChat,
      'ROLE other than all needs a chat surface: the playground is one process',
    ],
    [
      (v.ROLE === 'web' || v.ROLE === 'worker') && !v.DATABASE_URL,
      'ROLE other than all needs DATABASE_URL: the embedded database serves one process',
    ],
    [
      listed(v.ADMINS ?? '').some((address) => !/^[^@\s]+@[^@\s]+$/.test(address)),
      'ADMINS must be addresses with commas between',
    ],
  ];
  return rules.flatMap(([broken, fault]) => (broken ? [fault] : []));
}

function config(v: Variables): Config {
  const teamsApp = v.TEAMS_APP_ID && v.TEAMS_APP_PASSWORD;
  const reachable = (v.SLACK_BOT_TOKEN || teamsApp) && v.TEAMS_LOCAL !== '1';
  return {
    port: v.PORT,
    host: v.HOST ?? (reachable ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: v.PUBLIC_URL ?? `http://localhost:${v.PORT}`,
    databaseUrl: v.DATABASE_URL,
    dataDir: resolve(v.DATA_DIR),
    mail:
      v.SMTP_URL && v.MAIL_FROM
        ? { url: v.SMTP_URL, from: v.MAIL_FROM, replyTo: v.MAIL_REPLY_TO, rate: v.MAIL_RATE }
        : undefined,
    orgName: v.ORG_NAME,
    helpContact: v.HELP_CONTACT,
    orgLanguage: v.ORG_LANGUAGE,
    slack: v.SLACK_BOT_TOKEN
      ? {
          botToken: v.SLACK_BOT_TOKEN,
          signingSecret: v.SLACK_SIGNING_SECRET,
          appToken: v.SLACK_APP_TOKEN,
          apiUrl: v.SLACK_API_URL,
        }
      : undefined,
    teams: teamsOf(v),
    admins: listed(v.ADMINS),
    connectLoginUrl: v.CONNECT_LOGIN_URL,
    identity:
      v.CONNECT_SCIM_URL && v.CONNECT_SCIM_TOKEN
        ? { url: v.CONNECT_SCIM_URL, token: v.CONNECT_SCIM_TOKEN }
        : undefined,
    role: v.ROLE,
    logLevel: v.LOG_LEVEL,
  };
}

function teamsOf({
  TEAMS_APP_ID: id,
  TEAMS_APP_PASSWORD: password,
  TEAMS_TENANT_ID: tenantId,
  TEAMS_LOCAL: local,
}: Variables): TeamsConfig | undefined {
  if (id && password) return { app: { id, password }, tenantId };
  return local === '1' ? { app: undefined, tenantId } : undefined;
}

const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
