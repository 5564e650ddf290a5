import { randomBytes } from 'node:crypto';
import type { Json, Who } from '../local/types.ts';
import { decodeEntities, encodeEntities } from './encode.ts';
import type { Element, Message, Option, SharedFile, TextObject, View } from './types.ts';
import { BOT, TEAM, type Workspace } from './workspace.ts';

/** Slack's old way to sign, which nobody looks at. */
const VERIFICATION_TOKEN = 'verification-token';

/** Where somebody acts, with the name that Slack gives the place in payloads. */
export interface Where {
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
    team: { id: TEAM, domain, ...(enterprise ? { enterprise_id: enterprise } : {}) },
    user: { id: who.id, username: who.handle, name: who.handle, team_id: teamOf(workspace, who) },
    api_app_id: BOT.app,
    enterprise: enterprise ? { id: enterprise, name: domain } : null,
    is_enterprise_install: false,
    ...(trigger ? { trigger_id: trigger } : {}),
  };
}

/** Where an interaction happened: in a modal. */
export function viewPayload(view: View): Json {
  return { container: { type: 'view', view_id: view.id }, view };
}

/** Where an interaction happened: on a message, whose content comes along unless only one person sees it. */
export function messagePayload(message: Message, where: Where, responseUrl: string): Json {
  const { user, ts, text, blocks } = message;
  const ephemeral = message.ephemeralTo !== undefined;
  const content = { type: 'message', user, bot_id: BOT.bot, app_id: BOT.app, ts, text, blocks };
  return {
    container: { type: 'message', message_ts: ts, channel_id: where.id, is_ephemeral: ephemeral },
    channel: { id: where.id, name: where.name },
    ...(ephemeral ? {} : { message: content }),
    state: { values: {} },
    response_url: responseUrl,
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
export function eventPayload(
  { team }: Workspace,
  event: Json,
  isExternal: boolean,
): Json & { event_id: string } {
  const enterprise = team.enterprise ?? null;
  const id = randomBytes(6).toString('hex').toUpperCase();
  return {
    token: VERIFICATION_TOKEN,
    team_id: TEAM,
    ...(enterprise ? { enterprise_id: enterprise } : {}),
    context_team_id: TEAM,
    context_enterprise_id: enterprise,
    api_app_id: BOT.app,
    event,
    type: 'event_callback',
    event_id: `Ev${id}`,
    event_time: Math.floor(Date.now() / 1_000),
    authorizations: [
      {
        enterprise_id: enterprise,
        team_id: TEAM,
        user_id: BOT.user,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: isExternal,
    event_context: `4-${id}`,
  };
}

/** What Slack tells the bot about a file that was shared where it is. */
export function sharedEvent({ id, user, channel, ts }: SharedFile): Json {
  const file = { id };
  return { type: 'file_shared', channel_id: channel, file_id: id, user_id: user, file, event_ts: ts };
}

/** What Slack tells the bot about its own message, in a direct conversation. */
export function ownEvent({ channel, ts, text, blocks, files, edited }: Message): Json {
  const brings =
    files.length > 0 ? { subtype: 'file_share', files: files.map((id) => ({ id })), upload: true } : {};
  const message = {
    type: 'message',
    user: BOT.user,
    bot_id: BOT.bot,
    app_id: BOT.app,
    text,
    blocks,
    ts,
    ...brings,
  };
  const event_ts = `${Date.now() / 1_000}`;
  const place = { channel, channel_type: 'im', event_ts };
  if (!edited) return { ...message, ...place };
  return { type: 'message', subtype: 'message_changed', hidden: true, message, ts: event_ts, ...place };
}

/** The team that somebody is at home in. */
export function teamOf(workspace: Workspace, who: Who): string {
  return workspace.personOf(who.id)?.team ?? TEAM;
}
