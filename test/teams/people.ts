import type { Member } from '../../src/teams/connector.ts';

/** The organisation's tenant, and another. */
export const tenant = '8d7d3f1c-5f0b-4c55-9a0e-2f6b1c9a7e10';
export const elsewhere = '11111111-5f0b-4c55-9a0e-2f6b1c9a7e10';
export const botId = '28:vc';

/** As Teams' roster has somebody. */
function person(number: number, name: string, more: Partial<Member> = {}) {
  const first = (name.split(' ')[0] ?? '').toLowerCase();
  return {
    id: `29:${first}`,
    aadObjectId: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    name,
    email: `${first}@company.se`,
    userPrincipalName: `${first}@company.onmicrosoft.com`,
    tenantId: tenant,
    userRole: 'user',
    ...more,
  };
}

export const lena = person(1, 'Lena Berg');
export const anna = person(2, 'Anna Svensson');
export const guest = person(3, 'Gustav Gäst', { userRole: 'guest', email: 'gustav@konsult.se' });
export const stranger = person(4, 'Sam Stranger', { tenantId: elsewhere, email: 'lena@company.se' });
