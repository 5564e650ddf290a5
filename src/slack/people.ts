import type { webApi } from '@slack/bolt';
import type { Profile } from '../core/outbox.ts';
import { type Language, languages } from '../rules/language.ts';
import { decodeEntities } from './decode.ts';
import type { Identity, Self } from './identity.ts';
import { type Client, patiently, refusalOf } from './web.ts';

type User = NonNullable<webApi.UsersInfoResponse['user']>;

/** Slack's own helper is no person, though `users.info` does not call it a bot. */
const slackbot = 'USLACKBOT';

/** What Slack says of somebody (A1). Throws where it does not answer. */
export function createProfiles(client: Client, self: Self) {
  return async (userId: string): Promise<Profile> => {
    const home = await self.get();
    try {
      const { user } = await patiently(() => client.users.info({ user: userId, include_locale: true }));
      if (!user) throw new Error('users.info gave no user');
      return profileOf(user, home);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === 'user_not_found') return { name: '', refused: 'gone' };
      if (refusal === 'user_not_visible') return { name: '', refused: 'stranger' };
      throw error;
    }
  };
}

/** An address counts only once its owner has confirmed it to Slack. */
function profileOf(user: User, home: Identity): Profile {
  const { profile, is_email_confirmed: confirmed } = user;
  const refused = refusedBecause(user, home);
  const language = languageOf(user.locale);
  return {
    name: decodeEntities(profile?.real_name || user.real_name || user.name || ''),
    ...(profile?.email && confirmed !== false ? { address: profile.email } : {}),
    ...(language ? { language } : {}),
    ...(refused ? { refused } : {}),
  };
}

function refusedBecause(user: User, home: Identity): Profile['refused'] {
  if (user.is_bot || user.is_workflow_bot || user.id === slackbot) return 'bot';
  if (user.deleted) return 'gone';
  if (isStranger(user, home)) return 'stranger';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : undefined;
}

/** The enterprise decides where there is one: its people are at home in all of its workspaces. */
function isStranger(user: User, home: Identity): boolean {
  if (user.is_stranger) return true;
  const enterprise = user.enterprise_user?.enterprise_id;
  if (home.enterpriseId && enterprise) return enterprise !== home.enterpriseId;
  return user.team_id !== home.teamId;
}

function languageOf(locale: string | undefined): Language | undefined {
  return languages.find((language) => locale?.startsWith(language));
}
