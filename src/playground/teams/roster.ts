import type { Json } from '../local/types.ts';
import type { Account, Room } from './tenant.ts';

/** What Teams tells a bot of somebody who is in a room with it. */
export function describeMember(account: Account): Json {
  const { id, name, aadObjectId, email, guest, anonymous, tenantId } = account;
  const [givenName = name, ...others] = name.split(' ');
  const role = anonymous ? 'anonymous' : guest ? 'guest' : 'user';
  return {
    id,
    name,
    ...(aadObjectId ? { objectId: aadObjectId } : {}),
    givenName,
    surname: others.join(' '),
    ...(email && !anonymous ? { email, userPrincipalName: principalOf(account) } : {}),
    tenantId,
    userRole: role,
  };
}

/** A guest's name in the tenant holds the address that they have at home. */
function principalOf({ email = '', guest }: Account): string {
  return guest ? `${email.replace('@', '_')}#EXT#@contoso.onmicrosoft.com` : email;
}

/** What Teams tells a bot of a team that it is in. */
export function describeTeam({ team }: Room, channels: readonly Room[]): Json {
  return {
    id: team?.id,
    name: team?.name,
    aadGroupId: team?.aadGroupId,
    type: 'standard',
    channelCount: channels.length,
    memberCount: new Set(channels.flatMap(({ members }) => members)).size,
  };
}
