import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, expect, test } from 'vitest';
import { createMailer } from '../../src/mail/mailer.ts';
import { openMailbox } from '../../src/playground/mail/box.ts';
import { startMailServer } from '../../src/playground/mail/server.ts';

const stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function openBox(dir = mkdtempSync(join(tmpdir(), 'vc-mail-'))) {
  const box = await openMailbox(dir);
  const server = await startMailServer(box.take);
  stops.push(server.stop);
  return { dir, box, server };
}

function mailerTo(url: string) {
  const mailer = createMailer({ url, from: 'no-reply@company.se', organisation: 'Företaget' });
  stops.push(() => mailer.close());
  return mailer;
}

const hello = (to: string, subject: string) => ({ to, subject, text: 'Hej å ä ö', html: '<p>Hej å ä ö</p>' });

test('what the program sends is listed, newest first, and read as it was written', async () => {
  const { box, server } = await openBox();
  const mailer = mailerTo(server.url);
  await mailer.send(hello('anna@company.se', 'Företaget: bekräfta'));
  await mailer.send(hello('åsa@företaget.se', 'Nummer två'));
  const [second, first] = box.list();
  expect(second).toMatchObject({ subject: 'Nummer två', from: 'Företaget' });
  expect(first).toMatchObject({ to: 'anna@company.se', subject: 'Företaget: bekräfta' });
  expect(await box.read(first?.id ?? '')).toMatchObject({
    text: expect.stringMatching(/^Hej å ä ö\s*$/),
    html: expect.stringContaining('<p>Hej å ä ö</p>'),
  });
  expect(Math.abs(Date.now() - (first?.at ?? 0))).toBeLessThan(60_000);
});

test('whoever listens hears of each mail once it can be read', async () => {
  const { box, server } = await openBox();
  const heard: number[] = [];
  const end = box.onChange(() => heard.push(box.list().length));
  await mailerTo(server.url).send(hello('anna@company.se', 'Ett'));
  end();
  await mailerTo(server.url).send(hello('anna@company.se', 'Två'));
  expect(heard).toEqual([1]);
});

test('a mailbox opened again holds what it held, and goes on counting', async () => {
  const { dir, server } = await openBox();
  await mailerTo(server.url).send(hello('anna@company.se', 'Ett'));
  const again = await openBox(dir);
  await mailerTo(again.server.url).send(hello('anna@company.se', 'Två'));
  expect(again.box.list().map(({ subject }) => subject)).toEqual(['Två', 'Ett']);
  expect(readdirSync(dir)).toHaveLength(2);
});

test('nobody else on the machine can put mail there, and no address reads another file', async () => {
  const { box, server } = await openBox();
  const { port } = new URL(server.url);
  for (const auth of [undefined, { user: 'vc-bot', pass: 'guess' }]) {
    const stranger = createTransport({ host: '127.0.0.1', port: Number(port), ...(auth ? { auth } : {}) });
    await expect(stranger.sendMail({ from: 'a@b.se', to: 'c@d.se', text: 'x' })).rejects.toThrow();
  }
  expect(box.list()).toEqual([]);
  expect(await box.read('../../etc/passwd')).toBeUndefined();
});
