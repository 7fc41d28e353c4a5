import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, at, COUNTY, field, machine, NOON, rectangle, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

let browser: Browser;
let server: TestApp;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  const pages = await testPages();
  browser = await openBrowser();
  server = await testApp({
    pages,
    demo: true,
    fields: [field('F1', rectangle(0, 0, 100, 100)), field('F2', rectangle(0, 200, 100, 100)), field('F3', rectangle(0, 400, 100, 100))],
    machines: [
      machine('C1'),
      machine('C2'),
      machine('C3'),
      machine('S1', { implements: [{ from: 0, operation: 'sow', workingWidthM: 2.4 }] }),
    ],
  });
  await seen('C1', 1000);
  await seen('C2', 3000);
});

afterAll(() => browser?.close());

/** A fix so many metres north of the fields. */
async function seen(id: string, north: number, at_ = NOON): Promise<void> {
  const device = await server.connect(await server.token({ role: 'device', machine: id }));
  const row = [1, at_, ...at(0, north), 3, 0, 0, 2.5, 0];
  expect(await ask(device, 'fix:report', { v: 1, outbox: `orders-seen-${id}`, rows: [row] })).toMatchObject({ ok: true });
  device.disconnect();
}

/** Somebody signed in; every key that goes to the page is counted. */
async function visit(
  role: 'dispatcher' | 'clerk',
  division: string,
  name: string,
): Promise<{ page: Page; keys: () => number; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' });
  const { book } = server.app;
  const actor = { role, name, division, account: null, machine: null, station: null };
  const { secret } = await book.credentials.openSession(actor);
  await context.addCookies([{ name: 'session', value: secret, url: server.url }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    // A refusal is what some of these tests are about.
    if (message.type() === 'error' && !/status of 40[19]/.test(message.text())) complaints.push(message.text());
  });
  let count = 0;
  await page.exposeFunction('countKey', () => {
    count++;
  });
  await page.addInitScript(() => {
    addEventListener('keydown', () => (globalThis as never as { countKey: () => void }).countKey(), true);
  });
  await page.goto(`${server.url}/orders`);
  await page.getByRole('heading', { name: '需求与派工' }).waitFor();
  await page.locator('.requests__state').first().waitFor();
  return { page, keys: () => count, complaints };
}

const rightOf = (page: Page): Promise<string> => page.locator('.orders__right').innerText();

describe('requests and orders in the browser', () => {
  let clerk: Awaited<ReturnType<typeof visit>>;
  let dispatcher: Awaited<ReturnType<typeof visit>>;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    clerk = await visit('clerk', COUNTY, '统计员');
    dispatcher = await visit('dispatcher', COUNTY, '调度员');
  });

  browserTest('an empty list says what would fill it', async () => {
    expect(await clerk.page.locator('.requests').innerText()).toMatch(/没有待派的需求。农户来电，点“记需求”（按 N）/);
  });

  browserTest('a request that somebody makes on the telephone is written down with 18 keys beside the name of the village', async () => {
    const { page, keys } = clerk;
    await page.keyboard.press('n');
    await page.getByLabel('哪个乡镇、哪个村').waitFor();
    // 官峪 comes out of an input method as two letters here.
    await page.keyboard.insertText('官峪');
    await page.keyboard.press('Enter');
    await page.getByLabel('亩数').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest('label')?.textContent)).toBe('亩数');
    await page.keyboard.type('120');
    await page.keyboard.press('Tab');
    await page.keyboard.type('13700005678');
    await page.keyboard.press('Enter');
    await page.locator('.request').waitFor();
    // N, Enter, 120, Tab, eleven digits, Enter.
    expect(keys()).toBe(18);
    expect(await rightOf(page)).toMatch(/高村乡 官峪村[\s\S]*剩 2 天/);
    expect(await rightOf(page)).toMatch(/待派 120.0 \/ 120.0 亩/);
    expect(await rightOf(page)).toContain('13700005678');
  });

  browserTest('the dispatcher’s page shows it without being asked, with the machine that is there first at the top', async () => {
    const { page } = dispatcher;
    await page.locator('.request-row', { hasText: '官峪村' }).click();
    await page.locator('.nearest__row').first().waitFor();
    expect(await page.locator('.nearest__row b').allInnerTexts()).toEqual(['豫A·C1', '豫A·C2']);
    expect(await page.locator('.excluded summary').innerText()).toMatch(/2 台不能派，原因：.*从未定位 1/);
    expect(await page.locator('.excluded summary').innerText()).toMatch(/干别的作业 1/);
  });

  browserTest('one click sends the machine; both pages know', async () => {
    await dispatcher.page.locator('.nearest__row', { hasText: 'C1' }).getByRole('button', { name: '派' }).click();
    await dispatcher.page.locator('.order', { hasText: '待接单' }).waitFor();
    await clerk.page.locator('.order', { hasText: '待接单' }).waitFor();
    expect(await rightOf(clerk.page)).toMatch(/豫A·C1[\s\S]*120.0 亩/);
  });

  browserTest('an operator’s answer by telephone is typed for him, and the time in the state is shown', async () => {
    const { page } = dispatcher;
    await page.getByRole('button', { name: '机手电话答复' }).click();
    await page.getByRole('button', { name: '拒绝：太远' }).click();
    await page.locator('.order', { hasText: '已拒绝' }).waitFor();
    expect(await page.locator('.order').first().innerText()).toContain('太远');
    // It is open again, and the machine that declined is not offered once more.
    await page.locator('.nearest__row').first().waitFor();
    expect(await page.locator('.nearest__row b').allInnerTexts()).toEqual(['豫A·C2']);
  });

  browserTest('a machine that another dispatcher took meanwhile is refused in words', async () => {
    const { page } = dispatcher;
    const { requests, offers } = server.app.book;
    const [request] = requests.openOf(COUNTY);
    // What the page sees from here on is what it was: news of the other dispatcher is on its way still.
    const path = `/api/v1/machines/nearest?lng=113.4&lat=34.7&request=${request.id}`;
    const body = await (await page.request.get(server.url + path)).text();
    await page.route('**/machines/nearest?**', route => route.fulfill({ body, contentType: 'application/json' }));
    const id = crypto.randomUUID();
    const offer = {
      id,
      kind: 'work' as const,
      request: request.id,
      machine: 'C2',
      division: null,
      operation: 'harvest' as const,
      note: '',
    };
    await offers.offer([{ ...offer, areaMu: 20, machineVersion: 0 }], { author: '调度员乙', advice: null });
    await page.locator('.nearest__row', { hasText: 'C2' }).getByRole('button', { name: '派' }).click();
    await page.getByText('豫A·C2 刚被 调度员乙 派了单。重新看一下再派。').waitFor();
    await page.unroute('**/machines/nearest?**');
  });

  browserTest('fields are chosen on a small map or by name, and the mu are theirs', async () => {
    const { page } = clerk;
    await page.getByRole('button', { name: '记需求' }).click();
    await page.getByLabel('哪个乡镇、哪个村').waitFor();
    await page.keyboard.insertText('高村官');
    await page.keyboard.press('Enter');
    await page.locator('.field-mark').nth(2).waitFor();
    await page.getByRole('button', { name: /^F2 · 15.0/ }).click();
    await page.getByText('选了 1 块，15.0 亩').waitFor();
    expect(await page.locator('.field-mark--chosen').count()).toBe(1);
    await page.getByRole('button', { name: '记下（回车）' }).click();
    await page.locator('.request', { hasText: '1 块地' }).waitFor();
    expect(await page.locator('.request').innerText()).toMatch(/待派 15.0 \/ 15.0 亩/);
  });

  browserTest('nothing was complained of', () => {
    expect([...clerk.complaints, ...dispatcher.complaints]).toEqual([]);
  });
});
