/**
 * Which bot scopes a Web API method needs, by Slack's method pages (docs.slack.dev/reference/methods/NAME).
 * Every entry of a list is needed; an inner list is satisfied by one of its scopes, by the kind of conversation.
 * A method that is missing here is one that the program has not used so far: add its row when it does.
 */
export const scopesOfMethod: Readonly<Record<string, readonly (string | readonly string[])[]>> = {
  'auth.test': [],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': [['channels:read', 'groups:read', 'im:read', 'mpim:read']],
  'conversations.members': [['channels:read', 'groups:read', 'im:read', 'mpim:read']],
  'conversations.open': [['im:write', 'mpim:write', 'channels:manage', 'groups:write']],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'team.info': ['team:read'],
  'users.info': ['users:read'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
};

/** Which bot scopes a subscribed event needs (docs.slack.dev/reference/events/NAME). */
export const scopesOfEvent: Readonly<Record<string, readonly string[]>> = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  file_shared: ['files:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  'message.mpim': ['mpim:history'],
};
