import type { Conversations } from '../core/conversations.ts';
import type { Door } from '../core/door.ts';
import { createBackground, within } from '../doors/background.ts';
import { createPace } from '../doors/pace.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import type { Activity } from './activity.ts';
import { Adapter, type Cloud, createToken } from './adapter.ts';
import { createConnector, isReachable } from './connector.ts';
import { createConsents } from './consent.ts';
import { credentialsRefused } from './credentials.ts';
import { createDeliver } from './deliver.ts';
import { handleEvent } from './events.ts';
import { createDownload } from './files.ts';
import { limits } from './limits.ts';
import { tenantsOf } from './origin.ts';
import { createOutbox } from './outbox.ts';
import { createProfiles, createRoster } from './people.ts';
import { createPlaces } from './places.ts';
import { receive } from './receiver.ts';
import type { Retries } from './retry.ts';
import { createTurns } from './turns.ts';
import { createUpload } from './upload.ts';

interface TeamsSettings {
  /** Undefined: a client on this machine, with no credentials either way. */
  app: { id: string; password: string } | undefined;
  /** The only tenant whose people are served; undefined: whichever the local client has. */
  tenantId: string | undefined;
}

export interface TeamsDoorOptions {
  config: TeamsSettings;
  /** The organisation's language. */
  language: Language;
  log: Log;
  /** What is remembered of Teams' conversations. */
  conversations: Conversations;
  /** Undefined: Microsoft's public one. */
  cloud?: Cloud;
  /** Where the token for our own calls comes from; undefined: Microsoft. */
  token?: () => Promise<string | undefined>;
  retries?: Retries;
}

/** The door to one tenant's Teams. */
export function createTeamsDoor(options: TeamsDoorOptions): Door {
  const { config, language, log, conversations, cloud, retries = limits.retries } = options;
  const { tenantId } = config;
  const local = config.app === undefined;
  const app = config.app && tenantId ? { ...config.app, tenantId } : undefined;
  const { token = createToken(app, cloud) } = options;
  const connector = createConnector({ token, local });
  const roster = createRoster({ connector, conversations, retries });
  const places = createPlaces({ connector, conversations, roster, retries });
  const outbox = createOutbox({
    connector,
    conversations,
    places,
    pace: createPace(limits.posts),
    profile: createProfiles(roster, conversations),
    download: createDownload({ local }),
    retries,
  });
  const lost = (error: unknown) => log.error({ err: error }, 'Teams: an answer reached nobody');
  const deliver = createDeliver({ outbox, places, language, lost });
  const refused = () => log.warn('Teams: the token of a request was refused');
  const background = createBackground(lost);
  let opened = false;

  /** The one tenant that an activity is of; undefined where it is none that is served, or several. */
  function tenantOf(activity: Activity): string | undefined {
    const [tenant, another] = tenantsOf(activity);
    if (tenant === undefined || another !== undefined) return undefined;
    return tenantId === undefined || tenant === tenantId ? tenant : undefined;
  }

  /** Tells at once what would stop every answer. Throws a Refusal where whoever starts the program must mend it. */
  async function requireToken(): Promise<void> {
    try {
      await within(limits.callTimeoutMs, token());
    } catch (error) {
      const refusal = credentialsRefused(error);
      if (refusal) throw refusal;
      log.warn({ err: error }, 'Teams: there is no token for answers yet');
    }
  }

  return {
    surface: 'teams',
    outbox,

    eventHandler: (dispatch) => (body) => handleEvent(body, { dispatch, places, deliver, language }),

    async open({ dispatch, events, express }) {
      await requireToken();
      const upload = createUpload({ local, retries });
      const turn = createTurns({
        dispatch,
        events,
        places,
        conversations,
        deliver,
        consents: createConsents({ dispatch, outbox, upload, deliver, lost }),
        tenantOf,
        language,
        background: background.run,
        log,
      });
      const serves = (activity: Activity) =>
        tenantOf(activity) !== undefined && isReachable(activity.serviceUrl, local);
      receive(express, {
        adapter: new Adapter({ app, serves, turn, refused: onceIn(limits.refusedEveryMs, refused), cloud }),
        local,
        log,
      });
      opened = true;
    },

    ready: () => opened,

    async stop() {
      opened = false;
      await background.ended();
    },
  };
}

/** Says something, but not again within `everyMs`: anybody can give cause for it. */
function onceIn(everyMs: number, say: () => void): () => void {
  let said = Number.NEGATIVE_INFINITY;
  return () => {
    if (performance.now() - said < everyMs) return;
    said = performance.now();
    say();
  };
}
