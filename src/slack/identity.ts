import { refuse } from '../errors.ts';
import type { Client } from './web.ts';
import { patiently } from './web.ts';

/** Who the bot is in its workspace. */
export interface Identity {
  botId: string;
  botUserId: string;
  teamId: string;
  enterpriseId: string | undefined;
  /** How places and people of this workspace are told from others': the enterprise before the team (A1). */
  tenant: string;
}

export interface Self {
  /** Asks Slack once, and again only after a failure. Throws the refusal `slack_token_kind` where the token is nobody's but a person's. */
  get(): Promise<Identity>;
  known(): boolean;
}

export function createSelf(client: Client): Self {
  let asked: Promise<Identity> | undefined;
  let known = false;
  return {
    known: () => known,
    get() {
      asked ??= ask(client).then(
        (identity) => {
          known = true;
          return identity;
        },
        (error: unknown) => {
          asked = undefined;
          throw error;
        },
      );
      return asked;
    },
  };
}

async function ask(client: Client): Promise<Identity> {
  const {
    bot_id: botId,
    user_id: botUserId,
    team_id: teamId,
    enterprise_id,
  } = await patiently(() => client.auth.test());
  if (!botId || !botUserId || !teamId)
    throw refuse('slack_token_kind', { variable: 'SLACK_BOT_TOKEN', begins: 'xoxb-' });
  const enterpriseId = enterprise_id || undefined;
  return { botId, botUserId, teamId, enterpriseId, tenant: enterpriseId ?? teamId };
}
