/**
 * Which bot scopes a Web API method needs, by Slack's method pages (docs.slack.dev/reference/methods/NAME).
 * Every entry of a list is needed; an inner list is satisfied by one of its scopes, by the kind of conversation.
 * A method that is missing here is one that the local Slack does not know.
 */
export const scopesOfMethod: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': [['channels:read', 'groups:read', 'im:read', 'mpim:read']],
  'conversations.open': [['im:write', 'mpim:write', 'channels:manage', 'groups:write']],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.push': [],
  'views.update': [],
};

/** Which bot scopes a subscribed event needs (docs.slack.dev/reference/events/NAME). */
export const scopesOfEvent: Readonly<Record<string, readonly string[]>> = {
  file_shared: ['files:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
};

/** The scopes that a method needs and `granted` lacks; undefined for a method that nobody described. */
export function missingScopes(method: string, granted: readonly string[]): string[] | undefined {
  return scopesOfMethod[method]
    ?.filter((need) =>
      typeof need === 'string' ? !granted.includes(need) : !need.some((one) => granted.includes(one)),
    )
    .map((need) => (typeof need === 'string' ? need : need.join(' or ')));
}
