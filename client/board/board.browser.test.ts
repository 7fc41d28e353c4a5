import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { ask, at, COUNTY, field, machine, NOON, rectangle, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

const HOUR = 3_600_000;
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

describe('a dispatcher at the board', () => {
  let server: TestApp;
  let browser: Browser;
  let page: Page;
  let dispatcher: string;
  let order: string;
  const complaints: string[] = [];
  const post = async (method: string, path: string, body: object, token: string) => {
    const reply = await server.send(method, `/api/v1${path}`, body, token);
    expect([path, reply.status]).toEqual([path, 200]);
    return reply.body as { id: string; orders: { id: string }[] };
  };
  const textOf = (selector: string): Promise<string> => page.locator(selector).first().innerText();
  const focusedRow = () => page.evaluate(() => document.activeElement?.getAttribute('data-row') ?? null);
  const column = (state: string) => page.locator(`.column[data-state=${state}] .board-row`);

  /** Two counties: 荥阳 with 3 of 100 mu cut by the 5th, 登封 without any area; C1 stands idle there, C2 is offered 20 mu. */
  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({
      demo: true,
      forecasts: true,
      fields: [field('F1', rectangle(0, 0, 20, 100))],
      machines: [machine('C1'), machine('C2'), machine('S1', { kind: 'seeder', division: '410185' })],
      pages: await testPages(),
    });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    for (const [day, machineMu] of Object.entries({ '2027-06-03': 1, '2027-06-04': 2, '2027-06-05': 3 }))
      await post('POST', '/reported', { division: TOWN, operation: 'harvest', day, machineMu, handMu: 0 }, dispatcher);
    for (const [id, east] of [
      ['C1', 0],
      ['C2', 2000],
    ] as const) {
      const device = await server.connect(await server.token({ role: 'device', machine: id }));
      const rows = [0, 1, 2, 3].map(i => [i + 1, NOON - 70 * 60_000 + i * 20 * 60_000, ...at(east, 500), 0, 0, 1, 2.5, 0]);
      expect(await ask(device, 'fix:report', { v: 1, outbox: `outbox-${id}`, rows })).toMatchObject({ ok: true });
    }
    const request = {
      ...{ source: 'farmer', operation: 'harvest', division: TOWN, village: '官峪村', contactName: '老李', contactPhone: '13700005678' },
      ...{ fields: [], lngLat: at(0, 0), crop: '小麦', from: NOON, pricePerMu: 60, trackedOnly: false },
      ...{ leastWidthM: null, mostWidthM: null, note: '', contract: null },
    };
    const asked = [randomUUID(), randomUUID()];
    await post('PUT', `/requests/${asked[0]}`, { ...request, id: asked[0], areaMu: 20, to: NOON + 48 * HOUR }, dispatcher);
    await post(
      'PUT',
      `/requests/${asked[1]}`,
      { ...request, id: asked[1], areaMu: 35, village: '马寨村', to: NOON + 5 * HOUR },
      dispatcher,
    );
    const machineVersion = server.app.book.orderLedger.versionOf('C2');
    const offer = {
      id: randomUUID(),
      kind: 'work',
      request: asked[0],
      machine: 'C2',
      division: null,
      operation: 'harvest',
      areaMu: null,
      note: '',
    };
    order = (await post('POST', '/orders', { offers: [{ ...offer, machineVersion }] }, dispatcher)).orders[0].id;
    const finding = {
      subject: 'machine:C1',
      subjectName: '豫A·C1',
      division: COUNTY,
      lngLat: at(0, 500),
      values: { minutes: 70, operation: 'harvest' },
    };
    const { alerts } = server.app.book;
    await alerts.settle([{ rule: 'idle', escalateMin: 60, found: [finding], kept: [] }], NOON);
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
    });
    await page.request.post(`${server.url}/api/v1/demo/sign-in`, { data: { role: 'dispatcher' }, headers: { origin: server.url } });
    await page.goto(`${server.url}/board`);
  });
  afterAll(() => browser?.close());

  browserTest('sees the late unit first, the most urgent request, the order that is offered, and the alert', async () => {
    await expect.poll(() => page.locator('.board-row--unit').count(), { timeout: 30_000 }).toBe(2);
    // 90 mu to be sown in 荥阳, and its seeders are none. 登封 has no area at all.
    await expect.poll(() => textOf('.board-row--unit'), { timeout: 30_000 }).toMatch(/^荥阳市\s+夏播\s+看不到完成日/);
    await expect.poll(() => textOf('.board-row--request')).toMatch(/高村乡 马寨村\s+35.0 亩\s+⚠\s*还剩 5 小时\s+麦收 · 农户 · 60 元\/亩/);
    expect(await page.locator('.board-row--request').count()).toBe(1);
    expect(await column('offered').innerText()).toMatch(/豫A·C2\s+.*高村乡.*\s+20.0 亩\s+0 秒/);
    expect(await textOf('.board-row--alert')).toMatch(/豫A·C1/);
    expect(await textOf('.data-line')).toMatch(/数据截至 12:00:00 · 实时/);
  });

  browserTest('arrows and Enter choose a unit: address, lists and map follow', async () => {
    await page.locator('.board-row--whole').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe(`#/${COUNTY}`);
    expect(await textOf('.board-row--unit[aria-current=true]')).toMatch(/^荥阳市/);
    expect(await page.locator('.board-bar__unit').inputValue()).toBe(COUNTY);
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).hash).toBe('#/410100');
  });

  browserTest('Enter on an order puts a pin on the map where it is, and a line from its machine', async () => {
    await column('offered').waitFor();
    await page.keyboard.press('3');
    await expect.poll(focusedRow).toBe(order);
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).hash).toBe(`#/410100/order/${order}`);
    await page.locator('.board__map .pin').waitFor();
    await expect.poll(() => page.locator('.leaflet-trail-pane path').count()).toBe(2);
    expect(await textOf('.chosen')).toMatch(/豫A·C2 → .*高村乡/);
    // The map has come near: the scale no longer shows tens of kilometres.
    await expect.poll(() => textOf('.board__map .leaflet-control-scale-line')).toMatch(/^[1-9] km$|m$/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('.board__map .pin').count()).toBe(0);
  });

  browserTest('Ctrl and K find a machine by its operator, and it is chosen in the list and on the map', async () => {
    await page.keyboard.press('Control+k');
    await page.locator('.palette__input:focus').waitFor();
    await page.keyboard.type('机手 C1');
    await page.locator('.palette__line', { hasText: '豫A·C1' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toBe('#//machine/C1');
    expect(await textOf('.board-row--machine[aria-current=true]')).toMatch(/豫A·C1/);
    expect(await textOf('.chosen')).toMatch(/豫A·C1/);
    await page.keyboard.press('Control+k');
    await page.locator('.palette__input:focus').waitFor();
    await page.keyboard.type('xys');
    await page.locator('.palette__line[aria-selected=true]', { hasText: '荥阳市' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).hash).toBe(`#/${COUNTY}`);
  });

  browserTest('a notes the chosen alert, once and for all', async () => {
    await page.locator('.board-row--alert', { hasText: '豫A·C1' }).first().click();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#\/410182\/alert\//);
    await page.keyboard.press('a');
    await page.locator('.board-row--noted', { hasText: /豫A·C1[\s\S]*演示调度员 已知悉/ }).waitFor();
    await page.keyboard.press('Escape');
  });

  browserTest('an order that is accepted elsewhere changes its column by itself', async () => {
    const operator = await server.token({ role: 'operator', name: '机手 C2', machine: 'C2' });
    await post('POST', '/orders/answer', { id: randomUUID(), order, act: 'accept', at: NOON }, operator);
    await expect.poll(() => column('accepted').count(), { timeout: 10_000 }).toBe(1);
    expect(await column('offered').count()).toBe(0);
  });

  browserTest('? shows the keys, g and m lead to the map of the same unit, and its foot line counts what waits', async () => {
    await page.keyboard.press('?');
    await page.locator('.dialog__keys').waitFor();
    expect(await textOf('.dialog__keys')).toMatch(/知悉选中的提醒/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await page.waitForURL(`**/#/${COUNTY}`);
    await expect
      .poll(() => page.locator('.foot').innerText(), { timeout: 20_000 })
      .toMatch(/^提醒 \d+\s*建议 0\s*待派 1\s*维修 0\s*候选地块 0$/);
    const { alerts } = (await server.get(`/api/v1/alerts?division=${COUNTY}`, dispatcher)).body as { alerts: { acknowledged: unknown }[] };
    const open = alerts.filter(({ acknowledged }) => acknowledged === null).length;
    await expect.poll(() => textOf('.foot__figure')).toBe(`提醒 ${open}`);
    await page.locator('.foot__figure', { hasText: '待派' }).click();
    await page.waitForURL(`**/board#/${COUNTY}/requests`);
    await page.locator('.board-row--request', { hasText: '马寨村' }).waitFor();
  });

  browserTest('was told of no error', () => {
    expect(complaints).toEqual([]);
  });
});
