import { Application } from '@microsoft/teams-ai/lib/Application.js';
import { TeamsAdapter } from '@microsoft/teams-ai/lib/TeamsAdapter.js';
import {
  ActivityTypes,
  ConfigurationServiceClientCredentialFactory,
  type Activity as Whole,
} from 'botbuilder';
import { type Activity, readActivity } from './activity.ts';
import { quietly } from './quiet.ts';

/** What Teams knows the bot as. */
export interface AppCredentials {
  id: string;
  password: string;
  tenantId: string;
}

/** Where Microsoft vouches for its requests, and where an app proves to be itself. */
export interface Cloud {
  /** Leads to the keys that requests are signed with. */
  openIdMetadata: string;
  /** Hands out the tokens for our own calls. */
  login: string;
}

/** Source: learn.microsoft.com, authentication with the Bot Connector API. */
const publicCloud: Cloud = {
  openIdMetadata: 'https://login.botframework.com/v1/.well-known/openidconfiguration',
  login: 'https://login.microsoftonline.com/botframework.com',
};
/** Who signs requests, and whom our own calls are for. */
const botFramework = 'https://api.botframework.com';

/** The answer to a request. */
export interface Answer {
  status: number;
  body?: object;
}

export interface AdapterParts {
  /** Undefined: nobody is asked to prove anything. */
  app: AppCredentials | undefined;
  /** Whether an activity is of a tenant that is served. */
  serves(activity: Activity): boolean;
  /** What is done with what Teams sends, and the answer to an invoke. */
  turn(activity: Activity): Promise<Answer | undefined>;
  /** Told of a token that names Microsoft as its issuer and is not good all the same. */
  refused(): void;
  cloud?: Cloud | undefined;
}

/** The library's bot; it begins to "type" after a second whatever its option says. */
class Bot extends Application {
  override startTypingTimer(): void {}
}

/** The Bot Framework's adapter: who sent a request is known before anything is done. */
export class Adapter extends TeamsAdapter {
  private readonly parts: AdapterParts;
  private readonly bot = new Bot({ removeRecipientMention: false });

  constructor(parts: AdapterParts) {
    const { app, cloud = publicCloud } = parts;
    super(app ? settings(app, cloud) : {}, credentials(app));
    this.parts = parts;
    this.bot.activity(
      async () => true,
      async (context) => {
        const activity = readActivity(context.activity);
        const value = activity && (await parts.turn(activity));
        if (value) await context.sendActivity({ type: ActivityTypes.InvokeResponse, value });
      },
    );
  }

  /**
   * Takes a request with its Authorization header: 401 where nobody vouches for it, 400 where it is no activity of Teams,
   * 403 where it is of another tenant. Throws where the signing keys cannot be had, and what the turn throws.
   */
  async receive(authorization: string, body: Whole): Promise<Answer> {
    const vouched = await this.vouched(authorization, body);
    if (!vouched) return { status: 401 };
    const activity = readActivity(body);
    if (!activity) return { status: 400 };
    const { claimsIdentity } = vouched;
    if (this.parts.app && claimsIdentity.getClaimValue('serviceurl') !== activity.serviceUrl) {
      this.parts.refused();
      return { status: 401 };
    }
    if (!this.parts.serves(activity)) return { status: 403 };
    const answer = await this.processActivity(
      vouched,
      body,
      async (context) => void (await this.bot.run(context)),
    );
    return answer ?? { status: 200 };
  }

  /**
   * What botbuilder says of the token; undefined where it is not good. Its ways in for emulators and other bots are
   * closed: they take tokens of other issuers, and ask for those issuers' keys before anything is known.
   */
  private async vouched(authorization: string, body: Whole) {
    if (this.parts.app && issuerOf(authorization) !== botFramework) return undefined;
    if (body.channelId !== 'msteams') return undefined;
    try {
      return await quietly(() => this.botFrameworkAuthentication.authenticateRequest(body, authorization));
    } catch (error) {
      if (isUnanswered(error)) throw error;
      this.parts.refused();
      return undefined;
    }
  }
}

function settings({ id, tenantId }: AppCredentials, { openIdMetadata, login }: Cloud) {
  return {
    MicrosoftAppId: id,
    MicrosoftAppTenantId: tenantId,
    ValidateAuthority: true,
    ToChannelFromBotLoginUrl: login,
    ToChannelFromBotOAuthScope: botFramework,
    ToBotFromChannelTokenIssuer: botFramework,
    OAuthUrl: botFramework,
    ToBotFromChannelOpenIdMetadataUrl: openIdMetadata,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadata,
    CallerId: 'urn:botframework:azure',
  };
}

function credentials(app: AppCredentials | undefined) {
  if (!app) return new ConfigurationServiceClientCredentialFactory({});
  return new ConfigurationServiceClientCredentialFactory({
    MicrosoftAppId: app.id,
    MicrosoftAppPassword: app.password,
    MicrosoftAppTenantId: app.tenantId,
    MicrosoftAppType: 'SingleTenant',
  });
}

/** The token for our own calls; undefined where nobody asks for one. Throws where it is refused, or not to be had. */
export function createToken(app: AppCredentials | undefined, { login }: Cloud = publicCloud) {
  const factory = credentials(app);
  return async (): Promise<string | undefined> => {
    if (!app) return undefined;
    const proof = await factory.createCredentials(app.id, botFramework, login, true);
    return 'getToken' in proof && typeof proof.getToken === 'function' ? proof.getToken() : undefined;
  };
}

/** Who made the token in a header, as it says itself. */
function issuerOf(authorization: string): unknown {
  const [, payload = ''] = /^Bearer [\w-]+\.([\w-]+)\.[\w-]+$/.exec(authorization) ?? [];
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString()).iss;
  } catch {
    return undefined;
  }
}

/** Whether the fault is not the token's: the keys could not be had. */
function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === 'FetchError' || ('statusCode' in error && error.statusCode === 500);
}
