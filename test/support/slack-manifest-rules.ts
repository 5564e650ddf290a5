/** What Slack takes at one place of an app manifest. */
interface Rule {
  /** `*` stands for every entry of a list. */
  readonly path: string;
  readonly type: 'string' | 'boolean' | 'integer' | 'list';
  readonly required?: boolean;
  /** Characters of a string, entries of a list. */
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: RegExp;
}

const URL = /^https?:\/\//;

/**
 * The parts of a manifest that ours has.
 * Source: the schema that Slack publishes (github.com/slackapi/manifest-schema, schemas/manifest.schema.1.0.0.json),
 * and for the letters of a bot's name the App manifest reference of docs.slack.dev.
 */
const manifestRules: readonly Rule[] = [
  { path: '_metadata.major_version', type: 'integer' },
  { path: '_metadata.minor_version', type: 'integer' },
  { path: 'display_information.name', type: 'string', required: true, least: 1, most: 35 },
  { path: 'display_information.description', type: 'string', least: 1, most: 140 },
  { path: 'display_information.long_description', type: 'string', least: 175, most: 4_000 },
  { path: 'display_information.background_color', type: 'string', pattern: /^#([0-9a-f]{3}){1,2}$/i },
  { path: 'features.app_home.home_tab_enabled', type: 'boolean' },
  { path: 'features.app_home.messages_tab_enabled', type: 'boolean' },
  { path: 'features.app_home.messages_tab_read_only_enabled', type: 'boolean' },
  {
    path: 'features.bot_user.display_name',
    type: 'string',
    required: true,
    most: 80,
    pattern: /^[a-z0-9._-]+$/,
  },
  { path: 'features.bot_user.always_online', type: 'boolean' },
  { path: 'features.slash_commands', type: 'list', least: 1, most: 50 },
  {
    path: 'features.slash_commands.*.command',
    type: 'string',
    required: true,
    least: 2,
    most: 32,
    pattern: /^\//,
  },
  { path: 'features.slash_commands.*.description', type: 'string', required: true, least: 1, most: 2_000 },
  { path: 'features.slash_commands.*.usage_hint', type: 'string', least: 1, most: 1_000 },
  { path: 'features.slash_commands.*.should_escape', type: 'boolean' },
  { path: 'features.slash_commands.*.url', type: 'string', most: 3_000, pattern: URL },
  { path: 'oauth_config.scopes.bot', type: 'list', most: 255 },
  { path: 'oauth_config.scopes.bot.*', type: 'string', most: 50 },
  { path: 'settings.event_subscriptions.request_url', type: 'string', most: 3_500, pattern: URL },
  { path: 'settings.event_subscriptions.bot_events', type: 'list', most: 100 },
  { path: 'settings.event_subscriptions.bot_events.*', type: 'string', most: 50 },
  { path: 'settings.interactivity.is_enabled', type: 'boolean', required: true },
  { path: 'settings.interactivity.request_url', type: 'string', most: 3_500, pattern: URL },
  { path: 'settings.interactivity.message_menu_options_url', type: 'string', most: 3_500, pattern: URL },
  { path: 'settings.org_deploy_enabled', type: 'boolean' },
  { path: 'settings.socket_mode_enabled', type: 'boolean' },
  { path: 'settings.token_rotation_enabled', type: 'boolean' },
];

/** What Slack would refuse in a manifest, as sentences; [] when it would take it. Unknown names are refused, too. */
export function faultsOfManifest(manifest: unknown): string[] {
  const values = leaves(manifest);
  const unknown = [...values.keys()].filter((path) => !manifestRules.some((rule) => covers(rule, path)));
  const missing = manifestRules.filter(
    ({ path, required }) => required && ![...values.keys()].some((found) => generalised(found) === path),
  );
  return [
    ...unknown.map((path) => `${path} is unknown to Slack`),
    ...missing.map(({ path }) => `${path} is missing`),
    ...[...values].flatMap(([path, value]) =>
      manifestRules
        .filter((rule) => covers(rule, path))
        .flatMap((rule) => faultsOfValue(rule, value).map((fault) => `${path} ${fault}`)),
    ),
  ];
}

function covers(rule: Rule, path: string): boolean {
  return rule.path === generalised(path);
}

function generalised(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '.*');
}

function faultsOfValue(
  { type, least = 0, most = Number.POSITIVE_INFINITY, pattern }: Rule,
  value: unknown,
): string[] {
  const actual = Array.isArray(value) ? 'list' : Number.isInteger(value) ? 'integer' : typeof value;
  if (actual !== type) return [`is ${actual}, not ${type}`];
  const faults: string[] = [];
  const size = Array.isArray(value) || typeof value === 'string' ? value.length : least;
  if (size < least || size > most) faults.push(`has the length ${size}, not ${least} to ${most}`);
  if (pattern && !pattern.test(String(value))) faults.push(`"${String(value)}" does not fit ${pattern}`);
  if (Array.isArray(value) && new Set(value.map((one) => JSON.stringify(one))).size < size) {
    faults.push('names something twice');
  }
  return faults;
}

/** Every value of a tree by its path, lists both whole and by entry. */
function leaves(tree: unknown, path = ''): Map<string, unknown> {
  if (typeof tree !== 'object' || tree === null) return new Map([[path, tree]]);
  const inside = Object.entries(tree).flatMap(([key, value]) => [
    ...leaves(value, path ? `${path}.${key}` : key),
  ]);
  return new Map(Array.isArray(tree) ? [[path, tree], ...inside] : inside);
}
