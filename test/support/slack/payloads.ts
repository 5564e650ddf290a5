import { encodeEntities } from './encode.ts';
import { decodeEntities } from './read.ts';
import type { Element, Json, Message, Option, TextObject, View } from './types.ts';
import { BOT, type Workspace } from './workspace.ts';

const VERIFICATION_TOKEN = 'verification-token-of-the-tests';
let events = 0;

interface Who {
  readonly id: string;
  readonly handle: string;
}

interface Where {
  readonly id: string;
  readonly name: string;
}

/** The form of a slash command. */
export function commandPayload(
  workspace: Workspace,
  who: Who,
  where: Where,
  line: { command: string; text: string },
  { responseUrl, trigger }: { responseUrl: string; trigger: string },
): Json {
  const { domain, enterprise } = workspace.team;
  return {
    token: VERIFICATION_TOKEN,
    team_id: teamOf(workspace, who),
    team_domain: domain,
    ...(enterprise ? { enterprise_id: enterprise, enterprise_name: domain } : {}),
    channel_id: where.id,
    channel_name: where.name,
    user_id: who.id,
    user_name: who.handle,
    command: line.command,
    text: encodeEntities(line.text),
    api_app_id: BOT.app,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: trigger,
  };
}

/** What every interaction carries. */
export function interactionPayload(workspace: Workspace, who: Who, type: string, trigger?: string): Json {
  const { domain, enterprise } = workspace.team;
  return {
    type,
    token: VERIFICATION_TOKEN,
    team: { id: workspace.teamId, domain, ...(enterprise ? { enterprise_id: enterprise } : {}) },
    user: { id: who.id, username: who.handle, name: who.handle, team_id: teamOf(workspace, who) },
    api_app_id: BOT.app,
    enterprise: enterprise ? { id: enterprise, name: domain } : null,
    is_enterprise_install: false,
    ...(trigger ? { trigger_id: trigger } : {}),
  };
}

/** Where an interaction happened: on a message (its content comes along unless only one person sees it) or in a modal. */
export function placePayload(place: { message: Message; where: Where } | { view: View }, more: Json): Json {
  if ('view' in place) {
    return { container: { type: 'view', view_id: place.view.id }, view: place.view };
  }
  const { message, where } = place;
  const ephemeral = message.ephemeralTo !== undefined;
  return {
    container: { type: 'message', message_ts: message.ts, channel_id: where.id, is_ephemeral: ephemeral },
    channel: { id: where.id, name: where.name },
    ...(ephemeral
      ? {}
      : {
          message: {
            type: 'message',
            user: message.user,
            bot_id: BOT.bot,
            app_id: BOT.app,
            ts: message.ts,
            text: message.text,
            blocks: message.blocks,
          },
        }),
    state: { values: {} },
    ...more,
  };
}

/** One entry of `actions` for an element that was pressed or chosen in. */
export function actionPayload(element: Element, blockId: string | undefined, option?: Option): Json {
  return {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: String(Date.now() / 1_000),
    ...(element.type === 'button' ? { text: echoed(element.text) } : {}),
    ...(element.value === undefined ? {} : { value: element.value }),
    ...(element.style === undefined ? {} : { style: element.style }),
    ...(option ? { selected_option: option } : {}),
  };
}

/** Slack gives a button's label back with its entities encoded. */
function echoed(text: TextObject | string | undefined): TextObject | undefined {
  return typeof text === 'object' ? { ...text, text: encodeEntities(decodeEntities(text.text)) } : undefined;
}

/** An event in its envelope; each call makes a new event_id. */
export function eventPayload(workspace: Workspace, event: Json, isExternal: boolean): Json {
  const { enterprise } = workspace.team;
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.teamId,
    ...(enterprise ? { enterprise_id: enterprise } : {}),
    context_team_id: workspace.teamId,
    context_enterprise_id: enterprise ?? null,
    api_app_id: BOT.app,
    event,
    type: 'event_callback',
    event_id: `Ev${Date.now().toString(36).toUpperCase()}${++events}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [
      {
        enterprise_id: enterprise ?? null,
        team_id: workspace.teamId,
        user_id: BOT.user,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isExternal,
    event_context: `4-event-${events}`,
  };
}

function teamOf(workspace: Workspace, who: Who): string {
  return String(workspace.detailsOf(who.id, false).team_id ?? workspace.teamId);
}
