import { createSlackDoor } from '../../src/slack/door.ts';
import { type House as AnyHouse, openHouse as open } from '../support/house.ts';
import { channels, people, team } from '../support/people.ts';
import { type Slack, type SlackOptions, startSlack } from '../support/slack.ts';

/** The door on a Slack of our own. */
export interface House extends Omit<AnyHouse, 'asks'> {
  slack: Slack;
  /** Posts the question of `ask` in a channel, for anybody to press. */
  asks(channel: string): Promise<void>;
}

interface HouseOptions extends Partial<SlackOptions> {
  /** Told of the Slack before the door opens. */
  before?: (slack: Slack) => void | Promise<void>;
}

/** Starts everything. */
export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { before, ...slackOptions } = options;
  const slack = await startSlack({ team, users: people, channels, ...slackOptions });
  const config = {
    botToken: slack.token,
    signingSecret: slack.env.SLACK_SIGNING_SECRET,
    appToken: slack.env.SLACK_APP_TOKEN,
    apiUrl: slack.apiUrl,
  };
  const house = await open({
    createDoor: (log) => createSlackDoor({ config, language: 'sv', log }),
    async before(url) {
      await before?.(slack);
      slack.talksTo(url);
    },
  }).catch(async (error: unknown) => {
    await slack.stop();
    throw error;
  });
  return {
    ...house,
    slack,
    asks: (channel) => house.asks({ surface: 'slack', tenant: '', id: slack.id(channel), kind: 'channel' }),
    async stop() {
      await house.stop();
      await slack.stop();
    },
  };
}
