import { parseAddress } from '../../../src/rules/address.ts';
import { fold } from '../../../src/rules/text.ts';
import { type HrPerson, hrExport } from '../../support/files.ts';
import type { Mail } from '../../support/smtp.ts';
import type { Store } from './store.ts';

/** Fills the store with the first `n` users of the HR export. */
export async function employ(store: Store, n: number): Promise<HrPerson[]> {
  const { rows } = hrExport(n);
  const key = (address: string) => {
    const parsed = parseAddress(address);
    return parsed.ok ? parsed.key : null;
  };
  const values = rows.map((row) => ({
    user_id: row.userId,
    user_key: fold(row.userId),
    name: row.name,
    name_key: fold(row.name),
    email: row.email || null,
    email_key: key(row.email),
    connect_email: row.connectEmail || null,
    connect_address: key(row.connectEmail),
    company: row.company,
    company_key: fold(row.company),
    number: row.number,
    department: row.department,
    department_key: fold(row.department),
    office: row.office,
    office_key: fold(row.office),
  }));
  await store.query(
    `with rows as (select * from json_to_recordset($1) as r (user_id text, user_key text, name text, name_key text,
        email text, email_key text, connect_email text, connect_address text)),
      users as (insert into "user" (user_id, user_key, name, name_key, email, email_key, connect_email, connect_address, connection)
        select distinct on (user_key) user_id, user_key, name, name_key, email, email_key, connect_email, connect_address,
          case when connect_address is null then 'none' else 'unverified' end::connection_state
        from rows returning id, user_key)
    insert into employment (user_id, company, company_key, number, department, department_key, office, office_key)
    select u.id, r.company, r.company_key, r.number, r.department, r.department_key, r.office, r.office_key
    from json_to_recordset($1) as r (user_key text, company text, company_key text, number text,
      department text, department_key text, office text, office_key text) join users u using (user_key)`,
    [JSON.stringify(values)],
  );
  return rows;
}

/** The personal link of a verification mail. */
export function verifyLink({ links }: Mail): string {
  const found = links.find(({ url }) => url.includes('/verify/'));
  if (!found) throw new Error('The mail has no link');
  return found.url;
}
