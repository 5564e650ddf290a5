import type { Language } from '../rules/language.ts';

/** Who writes, and where links point. */
export interface Letterhead {
  organisation: string;
  /** Whom to ask: an address, a web address or words such as "HR, tfn 08-123 45". */
  contact: string | undefined;
  /** The organisation's language. */
  language: Language;
  /** PUBLIC_URL, without a trailing slash. */
  publicUrl: string;
}

/** The address of a link's page. */
export function linkAddress({ publicUrl }: Letterhead, token: string): string {
  return `${publicUrl}/verify/${token}`;
}
