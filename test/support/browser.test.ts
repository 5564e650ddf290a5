import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Browser, complaintsOf, overflows, startBrowser, violationsOf, whileAway } from './browser.ts';

let browser: Browser;
let server: Server;
let url: string;

const PAGE = (body: string) =>
  `<!DOCTYPE html><html lang="sv"><head><title>Prov</title><meta name="viewport" content="width=device-width"></head><body><main><h1>Prov åäö</h1>${body}</main></body></html>`;

beforeAll(async () => {
  browser = await startBrowser();
  server = createServer((request, response) => {
    if (request.url === '/away') return void request.socket.destroy();
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('content-security-policy', "default-src 'none'; connect-src 'self'");
    const good = PAGE(
      `<p>${request.headers['accept-language']}</p><form method="post"><button>Bekräfta</button></form>`,
    );
    const bad = PAGE('<img src="x.png"><input><p style="width: 900px">bred</p><script>alert(1)</script>');
    response.end(request.url === '/bad' ? bad : good);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await browser?.stop();
  server?.close();
});

test('a page is opened in a language, on a phone, and looked at', async () => {
  const page = await browser.page({ phone: true });
  await page.goto(url);
  expect(await page.textContent('p')).toMatch(/^sv-SE/);
  expect(await overflows(page)).toBe(false);
  expect(await violationsOf(page)).toEqual([]);
  expect(complaintsOf(page)).toEqual([]);
  const english = await browser.page({ locale: 'en-GB' });
  await english.goto(url);
  expect(await english.textContent('p')).toMatch(/^en-GB/);
  await Promise.all([page.context().close(), english.context().close()]);
});

test('what is wrong with a page is found', async () => {
  const page = await browser.page({ phone: true });
  await page.goto(`${url}/bad`);
  const found = (await violationsOf(page)).map(({ id }) => id);
  expect(found).toEqual(expect.arrayContaining(['image-alt', 'label']));
  expect(complaintsOf(page).join()).toContain('Content Security Policy');
  await page.context().close();
});

test('that nobody answers is no complaint while the program is away, and one at any other time', async () => {
  const page = await browser.page();
  await page.goto(url);
  const ask = () =>
    page.evaluate(`fetch('/away').catch(() => console.error('Nobody answered'))`).then(() => undefined);
  await whileAway(page, ask);
  expect(complaintsOf(page)).toEqual(['Nobody answered']);
  await ask();
  expect(complaintsOf(page).slice(1)).toEqual([expect.stringContaining('net::ERR_'), 'Nobody answered']);
  await page.context().close();
});

test('two that start at the same time do not disturb each other', async () => {
  const both = await Promise.all([startBrowser(), startBrowser()]);
  const pages = await Promise.all(both.map((one) => one.page()));
  await Promise.all(pages.map((page) => page.goto(url)));
  expect(await Promise.all(pages.map((page) => page.title()))).toEqual(['Prov', 'Prov']);
  await Promise.all(both.map((one) => one.stop()));
});
