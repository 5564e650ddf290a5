import type { Conversations } from '../core/conversations.ts';
import type { Dispatch } from '../core/dispatch.ts';
import type { EventStore } from '../core/door.ts';
import type { Log } from '../log.ts';
import type { Language } from '../rules/language.ts';
import type { Activity } from './activity.ts';
import type { Answer } from './adapter.ts';
import { type Asked, askedBy } from './asked.ts';
import type { Consents } from './consent.ts';
import type { Back, Deliver } from './deliver.ts';
import { keepSaid, unknownPlace } from './events.ts';
import { type Answered, createForms } from './forms.ts';
import { conversationOf, isBot, languageOf, placeOf, sightingOf, speakerOf } from './origin.ts';
import type { Places } from './places.ts';

export interface TurnParts {
  dispatch: Dispatch;
  events: EventStore;
  places: Places;
  conversations: Conversations;
  deliver: Deliver;
  consents: Consents;
  /** Which tenant an activity is of; undefined: none that is served. */
  tenantOf(activity: Activity): string | undefined;
  /** Of what is said to somebody whose own language is not known. */
  language: Language;
  /** Runs work that goes on after its acknowledgement; the door's end waits for it. */
  background(work: () => Promise<void>): void;
  log: Log;
}

/** A card stays as it is: what comes of the press is told by messages. */
const pressTaken: Answer = {
  status: 200,
  body: { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '' },
};

/** Does what an activity asks for; the answer is an invoke's. */
export function createTurns(parts: TurnParts): (activity: Activity) => Promise<Answer | undefined> {
  const { dispatch, events, places, conversations, deliver, consents, tenantOf, language, background, log } =
    parts;
  const forms = createForms({ dispatch, press, readBy, deliver, background, language });

  /** A1: whoever asks, with who reads along; undefined where Teams does not tell. */
  async function readBy(back: Back): Promise<Back | undefined> {
    const shared = await places.shared(back.from.place).catch((error: unknown) => {
      log.warn({ err: error }, 'Teams does not tell who reads a place');
      return undefined;
    });
    return shared === undefined ? undefined : { ...back, from: { ...back.from, shared } };
  }

  /** What a press answers; where nobody knows who reads the place, that. */
  async function press(back: Back, id: string): Promise<Answered> {
    const by = await readBy(back);
    if (!by) return { replies: [unknownPlace(back.language ?? language)], back };
    return { replies: await dispatch.press(by.from, id), back: by };
  }

  async function act(activity: Activity, asked: Asked, back: Back): Promise<Answer | undefined> {
    switch (asked.kind) {
      case 'message':
      case 'line':
      case 'files':
        await keepSaid(events, activity.id ?? '', asked, back);
        return undefined;
      case 'press':
        background(async () => {
          const answered = await press(back, asked.id);
          await deliver(answered.replies, answered.back);
        });
        return asked.invoke ? pressTaken : undefined;
      case 'open':
        return forms.open(back, asked.id);
      case 'submit':
        return forms.submit(back, asked);
      case 'search':
        return forms.search(back, asked.id, asked.field, asked.typed);
      case 'consent':
        background(async () => consents(back, asked));
        return { status: 200 };
      case 'unknown invoke':
        log.debug({ invoke: activity.name }, 'Teams asks for something unknown');
        return { status: 501 };
      default:
        return undefined;
    }
  }

  return async (activity) => {
    const tenant = tenantOf(activity);
    if (tenant === undefined || isBot(activity)) return undefined;
    const asked = askedBy(activity);
    const sighting = sightingOf(activity, tenant);
    if (asked.kind === 'removed') await conversations.forget(tenant, sighting.conversation);
    else if (asked.kind !== 'nothing') await conversations.remember(sighting);
    return act(activity, asked, backTo(activity, tenant));
  };
}

function backTo(activity: Activity, tenant: string): Back {
  const { replyToId: pressed, recipient, from } = activity;
  const language = languageOf(activity.locale);
  const spoken = placeOf(activity, tenant);
  // Nobody else sees a thread that a message for the bot alone began: what is told of it later stands in the channel.
  const place = recipient.isTargeted ? { ...spoken, id: conversationOf(spoken.id) } : spoken;
  return {
    from: { place, platformId: speakerOf(activity) },
    ...(pressed === undefined ? {} : { pressed }),
    ...(recipient.isTargeted ? { onlyFor: from.id } : {}),
    ...(language === undefined ? {} : { language }),
  };
}
