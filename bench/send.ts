import { createTransport } from 'nodemailer';
import type { Mail } from '../src/mail/mailer.ts';
import { verificationMail } from '../src/mail/verification-mail.tsx';
import { type Bot, button, startBot } from './support/bot.ts';
import { type Child, cpuTime, startChild } from './support/child.ts';
import { compare, type Took, took } from './support/measure.ts';
import { type Row, shown } from './support/row.ts';
import type { SmtpAsks } from './support/smtp.ts';
import { addUsers, inDirectory, withStore } from './support/store.ts';

const rounds = 5;
/** Of each round: all the users of a company of its own. */
const messagesEach = 4_000;

type Smtp = Child<SmtpAsks>;

/** One campaign from its confirmation to its last message, with the rate lifted, against a pool that sends as many such messages. */
export const send: Row = {
  name: 'send',
  run: (size) =>
    inDirectory(async (dataDir) => {
      const count = Math.ceil(messagesEach * size);
      await withStore(dataDir, (database) => addUsers(database, count * (rounds + 1), count));
      const smtp: Smtp = await startChild(new URL('support/smtp.ts', import.meta.url));
      const url = `smtp://127.0.0.1:${smtp.port}`;
      const bot = await startBot({ dataDir, env: { SMTP_URL: url, MAIL_RATE: '1000000/s' } });
      const pool = openPool(url);
      try {
        const message = await sampleMail();
        const campaign = (round: number) => sendCampaign(bot, smtp, round, count);
        const bare = () => sendBare(pool, smtp, message, count);
        const took = await compare(rounds, campaign, bare);
        const perSecond = ({ time }: Took) => (count / time) * 1_000;
        const ratio = perSecond(took.measured) / perSecond(took.bare);
        return {
          what: 'bulk verification',
          measured: `${shown(perSecond(took.measured))}/s`,
          bare: `${shown(perSecond(took.bare))}/s`,
          ratio,
          value: ratio,
          budget: { is: 'at least', value: 0.8, unit: '×' },
          notes: [
            'embedded store; bare: a pooled nodemailer, the same message',
            `processor time each ${shown(took.measured.cpu / count, 2)} ms, bare ${shown(took.bare.cpu / count, 2)} ms`,
          ],
        };
      } finally {
        pool.close();
        await bot.stop();
        await smtp.stop();
      }
    }),
};

async function sendCampaign(
  { speaker, says, cpu }: Bot,
  smtp: Smtp,
  round: number,
  count: number,
): Promise<Took> {
  await speaker.types(`bulk-verify company:"Bolag ${round}"`);
  const confirm = await says(button('Confirm'));
  return took(async () => {
    const sent = smtp.ask('messages', count);
    await speaker.presses(confirm);
    await sent;
  }, cpu);
}

/** A mail as it is sent to one of the users. */
function sampleMail(): Mail {
  const now = new Date();
  return verificationMail({
    to: 'u1@company.se',
    name: 'Anna Andersson 1',
    language: null,
    letterhead: {
      organisation: 'Företaget',
      contact: undefined,
      language: 'sv',
      publicUrl: 'http://127.0.0.1:3000',
    },
    link: `http://127.0.0.1:3000/verify/${'A'.repeat(43)}`,
    expiresAt: new Date(now.getTime() + 5 * 24 * 60 * 60 * 1_000),
    now,
  });
}

type Pool = ReturnType<typeof openPool>;

const openPool = (url: string) => createTransport({ url, pool: true });

function sendBare(pool: Pool, smtp: Smtp, mail: Mail, count: number): Promise<Took> {
  return took(async () => {
    const sent = smtp.ask('messages', count);
    const from = { name: 'Företaget', address: 'no-reply@company.se' };
    const one = (_: unknown, i: number) => pool.sendMail({ ...mail, from, to: `u${i}@company.se` });
    await Promise.all(Array.from({ length: count }, one));
    await sent;
  }, cpuTime);
}
