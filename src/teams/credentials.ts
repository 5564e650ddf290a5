import { type Refusal, refuse } from '../errors.ts';

/**
 * Why Microsoft will never hand out a token for the app, and what mends it; undefined where another try may help. Source:
 * learn.microsoft.com, Microsoft Entra authentication and authorization error codes.
 */
export function credentialsRefused(error: unknown): Refusal | undefined {
  const [reason = ''] = /\bAADSTS\d+/.exec(error instanceof Error ? error.message : '') ?? [];
  switch (reason) {
    case 'AADSTS7000215':
    case 'AADSTS7000222':
      return refuse('teams_secret_refused', { reason });
    case 'AADSTS700016':
      return refuse('teams_app_unknown', { reason });
    default:
      return undefined;
  }
}
