import { Counter, collectDefaultMetrics, Registry } from 'prom-client';
import type { Trail } from './core/ports.ts';
import type { Mailer } from './mail/mailer.ts';
import { SendFailure } from './mail/mailer.ts';

/** What /metrics tells: numbers only, nothing about anybody. */
export interface Metrics {
  registry: Registry;
  /** The same trail, counted by verb and outcome. */
  counting(trail: Trail): Trail;
  /** The same mailer, counted by outcome. */
  countingMail(mailer: Mailer): Mailer;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const attempts = new Counter({
    name: 'vcbot_attempts_total',
    help: 'What people asked for, by verb and outcome',
    labelNames: ['verb', 'outcome'],
    registers: [registry],
  });
  const mails = new Counter({
    name: 'vcbot_mails_total',
    help: 'Messages handed to the mail server, by outcome: sent, or whom a refusal is about',
    labelNames: ['outcome'],
    registers: [registry],
  });

  return {
    registry,
    counting: (trail) => ({
      record(attempt) {
        attempts.inc({ verb: attempt.what, outcome: attempt.outcome });
        trail.record(attempt);
      },
    }),
    countingMail: (mailer) => ({
      ...mailer,
      async send(mail) {
        try {
          await mailer.send(mail);
          mails.inc({ outcome: 'sent' });
        } catch (error) {
          mails.inc({ outcome: error instanceof SendFailure ? error.kind : 'failed' });
          throw error;
        }
      },
    }),
  };
}
