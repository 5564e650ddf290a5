/** The parts of OAuth2 sign-in that SMTP_URL's query may bring. */
const keys = [
  'clientId',
  'clientSecret',
  'refreshToken',
  'accessToken',
  'accessUrl',
  'serviceClient',
  'privateKey',
  'scope',
];

/**
 * The sign-in of `smtps://user@host/?type=OAuth2&clientId=…&clientSecret=…&refreshToken=…&accessUrl=…`, which
 * nodemailer merges with the user that it reads from the address itself. Empty without `type=OAuth2`.
 */
export function oauth2Of(url: string): { auth?: Record<string, string> } {
  const query = new URL(url).searchParams;
  if (query.get('type')?.toLowerCase() !== 'oauth2') return {};
  const given = keys.flatMap((key) => {
    const value = query.get(key);
    return value === null ? [] : [[key, value] as const];
  });
  return { auth: { type: 'OAuth2', ...Object.fromEntries(given) } };
}
