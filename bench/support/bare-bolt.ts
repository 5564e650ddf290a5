// The least that a Slack app by Bolt does for a command: it acknowledges, and answers by response_url. In a process of
// its own; BENCH_ANSWER is what it says, BENCH_API the Web API.
import type { AddressInfo } from 'node:net';
import { App } from '@slack/bolt';
import { listensAt } from './child.ts';
import { workspace } from './workspace.ts';

const { token, signingSecret } = workspace;
const answer = JSON.parse(process.env.BENCH_ANSWER ?? '{}') as { text: string };
const app = new App({ token, signingSecret, clientOptions: { slackApiUrl: process.env.BENCH_API ?? '' } });

app.command('/vc', async ({ ack, respond }) => {
  await ack();
  await respond(answer);
});

const server = await app.start({ port: 0, host: '127.0.0.1' });
listensAt((server.address() as AddressInfo).port, {});
