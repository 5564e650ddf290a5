import { timingSafeEqual } from 'node:crypto';
import { type ErrorRequestHandler, type Request, Router } from 'express';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { hashToken } from '../../rules/secret.ts';
import { type Account, type Accounts, Unacceptable, type Wanted } from './accounts.ts';

// scimmy keeps its resources for the whole process. They are declared here, once, and hold nothing: whose accounts a
// request is about comes with the request.
SCIMMY.Resources.declare(SCIMMY.Resources.User, {
  ingress: (resource: Resource, wanted: Wanted, accounts: Accounts) => {
    try {
      return accounts.save(resource.id, wanted);
    } catch (error) {
      if (!(error instanceof Unacceptable)) throw error;
      const [status, type] = error.reason === 'taken' ? [409, 'uniqueness'] : [400, 'invalidValue'];
      throw new SCIMMY.Types.Error(status, type, error.message);
    }
  },
  egress: (resource: Resource, accounts: Accounts) => {
    if (resource.id === undefined) return found(accounts.all(), resource.filter);
    const account = accounts.get(resource.id);
    if (!account) throw new SCIMMY.Types.Error(404, '', 'There is no such account');
    return account;
  },
  degress: () => {
    throw new SCIMMY.Types.Error(
      403,
      '',
      'An account serves other products too and is never deleted from here',
    );
  },
});

/** A question about one account (`id`), or about all that a filter lets through. */
interface Resource {
  readonly id?: string;
  readonly filter?: InstanceType<typeof SCIMMY.Types.Filter>;
}

/** SCIM 2.0 for those who show the token, at `/Users`. */
export function scimRouter(accounts: Accounts, token: string): Router {
  const router = Router();
  const expected = Buffer.from(hashToken(`Bearer ${token}`));
  const scim = new SCIMMYRouters({
    type: 'bearer',
    handler: (request: Request) => {
      const given = Buffer.from(hashToken(request.get('authorization') ?? ''));
      if (!timingSafeEqual(given, expected)) throw new Error('The token is not valid');
      return '';
    },
    context: () => accounts,
  });
  router.use(scim, answered);
  return router;
}

/** scimmy-routers passes on what it has answered already; Express would break the connection off. */
const answered: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!response.headersSent) next(error);
};

/** RFC 7643: a userName is compared without regard to case; ours are in lower case. */
function found(accounts: Account[], filter: Resource['filter']): Account[] {
  return filter ? new SCIMMY.Types.Filter(filter.map(withoutCase)).match(accounts) : accounts;
}

function withoutCase(expression: object): object {
  return Object.fromEntries(
    Object.entries(expression).map(([name, test]) => [name, name === 'userName' ? lower(test) : test]),
  );
}

function lower(test: unknown): unknown {
  if (Array.isArray(test)) return test.map(lower);
  return typeof test === 'string' ? test.toLowerCase() : test;
}
