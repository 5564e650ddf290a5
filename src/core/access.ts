/** A2. Every permission that a command can name. */
export const permissions = [
  'users.view',
  'users.edit',
  'verify',
  'import',
  'export',
  'security',
  'roles',
  'audit',
  'protected',
] as const;

export type Permission = (typeof permissions)[number];

/** What somebody may do, and in which companies (folded names). */
export interface Access {
  permissions: ReadonlySet<Permission>;
  companies: 'all' | readonly string[];
}

/** How far one permission reaches: which companies' users, and whether protected identities are among them (U8). */
export interface Reach {
  companies: 'all' | readonly string[];
  protected: boolean;
}

export const administrator: Access = { permissions: new Set(permissions), companies: 'all' };
export const nobody: Access = { permissions: new Set(), companies: [] };

/** What a command needs (A2): one permission, any of several, or none at all. */
export type Needed = Permission | readonly Permission[] | null;

export function may(access: Access, needed: Needed): boolean {
  const permissions = typeof needed === 'string' ? [needed] : needed;
  return permissions === null || permissions.some((one) => access.permissions.has(one));
}

/** The users that `access` reaches with `permission`; none at all without the permission. */
export function reach(access: Access, permission: Permission): Reach {
  if (!may(access, permission)) return { companies: [], protected: false };
  return { companies: access.companies, protected: may(access, 'protected') };
}
