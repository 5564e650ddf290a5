import { domainToUnicode } from 'node:url';
import type { Smtp } from './smtp.ts';

/** A recipient of a campaign, as the store has it. */
export interface Tried {
  /** In its compared form. */
  address: string;
  /** How often it was claimed to be sent to: again only where a process died before it had written down what it sent. */
  attempts: number;
}

/** B3: who got more mails than the times they were tried, or none; [] when nobody did. */
export function notAsTried(smtp: Smtp, recipients: readonly Tried[]): string[] {
  const counts = smtp.counts();
  return recipients
    .map(({ address, attempts }) => {
      const [local = '', domain = ''] = address.split('@');
      return { address, attempts, mails: counts.get(`${local}@${domainToUnicode(domain)}`) ?? 0 };
    })
    .filter(({ attempts, mails }) => mails < 1 || mails > attempts)
    .map(({ address, attempts, mails }) => `${address}: ${mails} mails, tried ${attempts} times`);
}
