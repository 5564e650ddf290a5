import type { Conversations } from '../../src/core/conversations.ts';
import type { Database } from '../../src/database/database.ts';
import { createConversations } from '../../src/services/conversations.ts';
import type { Cloud } from '../../src/teams/adapter.ts';
import { createTeamsDoor } from '../../src/teams/door.ts';
import { type House as AnyHouse, openHouse as open } from '../support/house.ts';
import type { Sent } from './activities.ts';
import { tenant } from './people.ts';

/** The door of Teams, and a way to send it anything. */
export interface House extends AnyHouse {
  conversations: Conversations;
  sends(activity: Sent, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
}

interface HouseOptions {
  app?: { id: string; password: string };
  tenantId?: string | undefined;
  cloud?: Cloud;
  asksWho?: boolean;
  /** Where the token for the bot's own calls comes from. */
  token?: () => Promise<string | undefined>;
}

/** Starts everything, on this machine alone unless there is an app; nobody was seen before. */
export async function openHouse(
  database: Database,
  { app, tenantId = tenant, cloud, asksWho = false, token = async () => undefined }: HouseOptions = {},
): Promise<House> {
  await database.prisma.conversation.deleteMany();
  const conversations = createConversations(database, 'teams');
  const house = await open({
    createDoor: (log) =>
      createTeamsDoor({
        config: { app, tenantId },
        language: 'sv',
        log,
        conversations,
        token,
        ...(cloud ? { cloud } : {}),
        retries: { firstMs: 10, allMs: 500 },
      }),
    before: () => undefined,
    asksWho,
  });
  return {
    ...house,
    conversations,
    async sends(activity, headers = {}) {
      const response = await fetch(`${house.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
        body: JSON.stringify(activity),
      });
      const said = await response.text();
      return { status: response.status, body: said ? JSON.parse(said) : undefined };
    },
  };
}
