import { createHmac } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { workspace } from './workspace.ts';

/** An administrator who speaks to an app as Slack passes it on: signed. Each resolves with the acknowledgement. */
export interface Speaker {
  /** `/vc LINE`, in the channel. */
  types(line: string): Promise<Acknowledged>;
  /** The button with this action and value, of an answer in the channel, or of a message in the conversation with the bot. */
  presses(button: { action_id: string; value: string }, where?: 'channel' | 'direct'): Promise<Acknowledged>;
  /** Drops the file that the stand-in holds, in the conversation with the bot. */
  drops(file: string): Promise<Acknowledged>;
  stop(): void;
}

export interface Acknowledged {
  status: number;
  /** Milliseconds from the request to the end of its answer. */
  time: number;
}

const form = 'application/x-www-form-urlencoded';

/** `app`: where the app listens; `api`: the stand-in. */
export function createSpeaker(app: string, api: string): Speaker {
  const agent = new Agent({ keepAlive: true });
  const url = new URL('/slack/events', app);
  const response_url = `${api}/response/1`;
  const { team: team_id, app: api_app_id, admin, channel, direct } = workspace;
  let events = 0;

  function send(body: string, headers: Record<string, string | number>): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', agent, headers }, resolve);
      // A kept connection may have been closed by the other side just now: a new one then.
      sent.on('error', (error) => (sent.reusedSocket ? resolve(send(body, headers)) : reject(error)));
      sent.end(body);
    });
  }

  async function post(type: string, body: string): Promise<Acknowledged> {
    const start = performance.now();
    const headers = { 'content-type': type, 'content-length': Buffer.byteLength(body), ...signed(body) };
    const response = await send(body, headers);
    await text(response);
    return { status: response.statusCode ?? 0, time: performance.now() - start };
  }

  return {
    types: (line) =>
      post(
        form,
        new URLSearchParams({
          team_id,
          channel_id: channel,
          user_id: admin.id,
          command: '/vc',
          text: line,
          api_app_id,
          is_enterprise_install: 'false',
          response_url,
          trigger_id: 'trigger',
        }).toString(),
      ),

    presses({ action_id, value }, where = 'channel') {
      const channel_id = where === 'direct' ? direct : channel;
      const payload = {
        type: 'block_actions',
        team: { id: team_id },
        user: { id: admin.id, team_id },
        api_app_id,
        trigger_id: 'trigger',
        response_url,
        container: { type: 'message', message_ts: '1.1', channel_id, is_ephemeral: where === 'channel' },
        channel: { id: channel_id },
        actions: [{ type: 'button', action_id, value, block_id: 'b', action_ts: '1.1' }],
      };
      return post(form, new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
    },

    drops(file) {
      events += 1;
      const event = {
        type: 'file_shared',
        file_id: file,
        user_id: admin.id,
        channel_id: direct,
        event_ts: '1.1',
      };
      const body = {
        type: 'event_callback',
        event_id: `Ev${Date.now()}${events}`,
        team_id,
        api_app_id,
        event,
      };
      return post('application/json', JSON.stringify(body));
    },

    stop: () => agent.destroy(),
  };
}

function signed(body: string): Record<string, string> {
  const seconds = Math.floor(Date.now() / 1_000);
  const hash = createHmac('sha256', workspace.signingSecret).update(`v0:${seconds}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${hash}` };
}
