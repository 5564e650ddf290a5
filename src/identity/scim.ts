import { z } from 'zod';
import { parseAddress } from '../rules/address.ts';
import { ask, type ScimServer } from './ask.ts';
import { AccountFailure, type Holder, type Identity } from './identity.ts';

export type { ScimServer } from './ask.ts';

const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const account = z.object({
  id: z.string().min(1),
  userName: z.string().default(''),
  active: z.boolean().optional(),
});
const found = z.object({ totalResults: z.number(), Resources: z.array(z.unknown()).default([]) });

type Account = z.infer<typeof account>;

/** An identity provider that speaks SCIM 2.0 (RFC 7643, 7644), known by its address and a bearer token. */
export function createScimIdentity(server: ScimServer): Identity {
  async function find(address: string, signal?: AbortSignal): Promise<Account | undefined> {
    // A value in a filter is written as in JSON.
    const filter = `userName eq ${JSON.stringify(address)}`;
    const { body } = await ask(server, 'GET', `/Users?${new URLSearchParams({ filter })}`, { signal });
    // A server that knows no filters gives everybody: what is somebody else's is not looked at.
    const theirs = read(found, body).Resources.flatMap((one) => {
      const { data } = account.safeParse(one);
      return data && isSame(data.userName, address) ? [data] : [];
    });
    if (theirs.length > 1)
      throw new AccountFailure('refused', { words: 'Several accounts have this address' });
    return theirs[0];
  }

  /** The new account, or in which words the address is taken: perhaps by one that somebody made this very moment. */
  async function create(holder: Holder, signal?: AbortSignal): Promise<Account | { taken: string }> {
    const { status, body, words } = await ask(server, 'POST', '/Users', {
      body: asUser(holder),
      allowed: [409],
      signal,
    });
    return status === 409 ? { taken: words } : read(account, body);
  }

  async function activate(accountId: string, active: boolean, signal?: AbortSignal): Promise<void> {
    const Operations = [{ op: 'replace', path: 'active', value: active }];
    const body = { schemas: [patchSchema], Operations };
    await ask(server, 'PATCH', `/Users/${encodeURIComponent(accountId)}`, { body, signal });
  }

  async function findOrCreate(holder: Holder, signal?: AbortSignal): Promise<Account> {
    const existing = await find(holder.address, signal);
    if (existing) return existing;
    const created = await create(holder, signal);
    if (!('taken' in created)) return created;
    const raced = await find(holder.address, signal);
    if (!raced) throw new AccountFailure('refused', { words: created.taken });
    return raced;
  }

  return {
    async connect(holder, signal) {
      const { id, active } = await findOrCreate(holder, signal);
      // Whoever suspended it had a reason that a press on a link does not outweigh.
      if (active === false) throw new AccountFailure('refused', { words: 'The account is suspended' });
      return { accountId: id };
    },
    suspend: (accountId, signal) => activate(accountId, false, signal),
    resume: (accountId, signal) => activate(accountId, true, signal),
  };
}

function asUser({ address, name, externalId }: Holder) {
  return {
    schemas: [userSchema],
    userName: address,
    externalId,
    displayName: name,
    name: { formatted: name, ...partsOf(name) },
    emails: [{ value: address, type: 'work', primary: true }],
    active: true,
  };
}

/** Many providers insist on both names, and the users store has one: the last word is as good a guess as any. */
function partsOf(name: string): { givenName: string; familyName: string } {
  const words = name.split(' ');
  const familyName = words.at(-1) ?? name;
  return { givenName: words.slice(0, -1).join(' ') || familyName, familyName };
}

/** U2: whether a provider's name for the account is this address, in its compared form. */
function isSame(userName: string, address: string): boolean {
  const parsed = parseAddress(userName);
  return parsed.ok && parsed.key === address;
}

function read<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new AccountFailure('garbled');
  return parsed.data;
}
