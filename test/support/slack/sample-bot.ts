import { App, LogLevel } from '@slack/bolt';
import type { Slack } from '../slack.ts';

/** An event as the bot got it. */
export interface Heard {
  readonly event: string;
  readonly id: string;
  readonly text?: string;
}

const plain = (text: string) => ({ type: 'plain_text' as const, text });
/** A form with a search and a typed field. */
export const sampleForm = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Verify'),
  submit: plain('Verify account'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'user',
      label: plain('User'),
      element: { type: 'external_select' as const, action_id: 'user', min_query_length: 2 },
    },
    {
      type: 'input' as const,
      block_id: 'email',
      label: plain('Email'),
      element: { type: 'plain_text_input' as const, action_id: 'email' },
    },
  ],
};

/** A small bot on Bolt, to try a test's Slack with; what events it gets goes into `heard`. */
export function sampleBot(slack: Slack, heard: Heard[], { socketMode = false } = {}): App {
  const { token, signingSecret, apiUrl, env } = slack;
  const bot = new App({
    token,
    ...(socketMode ? { socketMode, appToken: env.SLACK_APP_TOKEN ?? '' } : { signingSecret }),
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2, minTimeout: 10 } },
    logLevel: LogLevel.ERROR,
  });
  bot.command('/vc', async ({ ack, command, respond, client }) => {
    await ack();
    if (command.text === 'form')
      await client.views.open({ trigger_id: command.trigger_id, view: sampleForm });
    else if (command.text === 'post') {
      const elements = ['Start now', 'Stop'].map((label) => ({
        type: 'button' as const,
        text: plain(label),
        action_id: label,
      }));
      const blocks = [
        { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Start?*' } },
        { type: 'actions' as const, elements },
      ];
      await client.chat.postMessage({ channel: command.channel_id, text: 'Start?', blocks });
    } else await respond(`You said: ${command.text.replace('echo ', '')}`);
  });
  bot.action('Start now', async ({ ack, respond, client, body }) => {
    await ack();
    await respond({ text: 'Thanks' });
    if (body.type === 'block_actions' && body.channel && body.message) {
      await client.chat.update({ channel: body.channel.id, ts: body.message.ts, text: 'Started by press' });
    }
  });
  bot.options('user', async ({ ack, options }) => {
    await ack({ options: [{ text: plain(`Anna Svensson ${options.value}`), value: 'anna' }] });
  });
  bot.view('form', async ({ ack, view, client, body }) => {
    const email = view.state.values.email?.email?.value ?? '';
    if (!email.includes('@')) {
      await ack({ response_action: 'errors', errors: { email: 'Not an address' } });
      return;
    }
    await ack();
    const user = view.state.values.user?.user?.selected_option?.value;
    await client.chat.postMessage({ channel: body.user.id, text: `Form: ${user} ${email}` });
  });
  bot.event('file_shared', async ({ body }) => {
    heard.push({ event: 'file_shared', id: body.event_id });
  });
  bot.event('message', async ({ event, body, client }) => {
    if (event.subtype === 'file_share') heard.push({ event: 'message.file_share', id: body.event_id });
    if (event.subtype !== undefined || event.bot_id) return;
    heard.push({ event: 'message', id: body.event_id, text: event.text ?? '' });
    const { user } = await client.users.info({ user: event.user, include_locale: true });
    await client.chat.postMessage({
      channel: event.channel,
      text: `Hello ${user?.real_name} (${user?.locale})`,
    });
  });
  return bot;
}
