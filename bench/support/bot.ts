import { type Program, startProgram } from '../../test/support/program.ts';
import { type UntilOptions, until } from '../../test/support/until.ts';
import { type Child, startChild } from './child.ts';
import { type Probe, startProbe } from './probe.ts';
import type { SlackAsks } from './slack.ts';
import { createSpeaker, type Speaker } from './speaker.ts';
import { workspace } from './workspace.ts';

/** The built program in a process of its own, with a stand-in for Slack in another. */
export interface Bot {
  program: Program;
  slack: Child<SlackAsks>;
  api: string;
  speaker: Speaker;
  /** What the program uses. */
  uses: Probe['uses'];
  /** Processor time so far, in milliseconds. */
  cpu(): Promise<number>;
  /** Waits for a message of the bot that `find` makes something of. */
  says<T>(find: (message: Said) => T | undefined, options?: UntilOptions): Promise<T>;
  stop(): Promise<void>;
}

/** What the bot said, as Slack got it. */
export interface Said {
  text: string;
  blocks: Block[];
}

interface Block {
  type: string;
  elements?: Button[];
}

interface Button {
  type: string;
  text: { text: string };
  action_id: string;
  value: string;
  url?: string;
}

export interface BotOptions {
  dataDir: string;
  env?: Readonly<Record<string, string>>;
}

/** Variables that name the stand-in, an administrator and a mail server. */
export const settings = (api: string): Record<string, string> => ({
  SLACK_BOT_TOKEN: workspace.token,
  SLACK_SIGNING_SECRET: workspace.signingSecret,
  SLACK_API_URL: `${api}/api/`,
  SMTP_URL: 'smtp://127.0.0.1:9',
  MAIL_FROM: 'no-reply@company.se',
  ADMINS: workspace.admin.address,
  ORG_NAME: 'Företaget',
  LOG_LEVEL: 'info',
});

export const startSlack = () => startChild<SlackAsks>(new URL('slack.ts', import.meta.url));

export async function startBot({ dataDir, env = {} }: BotOptions): Promise<Bot> {
  const [slack, probe] = await Promise.all([startSlack(), startProbe()]);
  const api = `http://127.0.0.1:${slack.port}`;
  const program = await startProgram({ dataDir, env: { ...settings(api), ...probe.env, ...env } });
  const speaker = createSpeaker(program.url, api);
  const unread: Said[] = [];
  return {
    program,
    slack,
    api,
    speaker,
    uses: probe.uses,
    cpu: async () => (await probe.uses()).cpu,
    says(find, options) {
      const look = async () => {
        unread.push(...(await slack.ask('said')).map(read));
        for (const [i, message] of unread.entries()) {
          const found = find(message);
          if (found === undefined) continue;
          unread.splice(0, i + 1);
          return { found };
        }
        return undefined;
      };
      const seen = () => [...unread.map(({ text }) => text), ...program.lines.slice(-10)].join('\n');
      return until(look, { what: 'a message of the bot', seen, ...options }).then(({ found }) => found);
    },
    async stop() {
      speaker.stop();
      await program.stop();
      probe.stop();
      await slack.stop();
    },
  };
}

/** Blocks come as JSON within a form, or as they are. */
function read(body: string): Said {
  const { text = '', blocks = [] } = JSON.parse(body) as { text?: string; blocks?: string | Block[] };
  return { text, blocks: typeof blocks === 'string' ? (JSON.parse(blocks) as Block[]) : blocks };
}

/** Finds a button by the beginning of its label. */
export const button =
  (label: string) =>
  ({ blocks }: Said): Button | undefined =>
    blocks
      .flatMap(({ type, elements = [] }) => (type === 'actions' ? elements : []))
      .find(({ type, text }) => type === 'button' && text.text.startsWith(label));
