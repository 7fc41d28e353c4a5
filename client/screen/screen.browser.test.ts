import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, COUNTY, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

describe('the big screen', () => {
  let browser: Browser;
  let pages: string;
  let server: TestApp;
  let page: Page;
  let dispatcher: string;
  let screen: { id: string; token: string };
  const complaints: string[] = [];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    pages = await testPages();
    browser = await openBrowser();
    server = await testApp({ pages });
    const clerk = await server.token({ role: 'clerk', name: '王统计', division: COUNTY });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    const figure = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 60, handMu: 3 };
    await server.send('POST', '/api/v1/reported', figure, clerk);
    page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
    page.on('pageerror', error => complaints.push(error.message));
  });
  afterAll(() => browser?.close());

  browserTest('gets a token from the city, not from a county; the list of screens holds no secret', async () => {
    const county = await server.token({ role: 'dispatcher', name: '荥阳', division: COUNTY });
    expect(await server.send('POST', '/api/v1/screens', { name: '大厅' }, county)).toMatchObject({ status: 403 });
    const made = await server.send('POST', '/api/v1/screens', { name: '大厅' }, dispatcher);
    screen = made.body as typeof screen;
    const { body } = await server.get('/api/v1/screens', dispatcher);
    expect(body).toEqual({ screens: [{ id: screen.id, name: '大厅', author: '李调度', createdAt: expect.any(Number), revoked: null }] });
  });

  browserTest('shows the city scaled whole, with literal figures', async () => {
    await page.goto(`${server.url}/screen#${screen.token}`);
    await page.locator('.wall__big').first().waitFor();
    // 63 of 100 mu, 60 by machine.
    expect(await page.locator('.wall__big b').allInnerTexts()).toEqual(['63.00%', '0.00%']);
    expect(await page.locator('.wall__facts').first().innerText()).toMatch(/机收率\s+95.24%[\s\S]*0.0063 万亩 \/ 0.0100 万亩/);
    expect(await page.locator('.data-line').innerText()).toMatch(/数据截至 12:00:00 · 实时/);
    const stage = (await page.locator('.wall__stage').boundingBox())!;
    // 1366/1920 is more than 768/1080: the height decides.
    expect([Math.round(stage.width), Math.round(stage.height)]).toEqual([1365, 768]);
  });

  browserTest('is shut when its token is revoked, and that token opens nothing any more', async () => {
    const socket = await server.connect(screen.token, { origin: server.url });
    expect(await ask(socket, 'view:open', { division: '410100' })).toMatchObject({ ok: true });
    const figure = { division: TOWN, operation: 'harvest', day: '2027-06-06', machineMu: 99, handMu: 0 };
    expect(await server.send('POST', '/api/v1/reported', figure, screen.token)).toMatchObject({ status: 403 });
    const gone = new Promise(resolve => socket.once('disconnect', resolve));
    expect(await server.send('DELETE', `/api/v1/screens/${screen.id}`, undefined, dispatcher)).toMatchObject({
      status: 200,
      body: { revoked: { author: '李调度' } },
    });
    expect(await gone).toBe('io server disconnect');
    await page.getByText('令牌已失效或被收回').waitFor();
    expect(await server.get('/api/v1/places', screen.token)).toMatchObject({ status: 401 });
    expect(complaints).toEqual([]);
  });

  browserTest('turns red when the server is gone', async () => {
    const { body } = await server.send('POST', '/api/v1/screens', { name: '二' }, dispatcher);
    const other = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await other.goto(`${server.url}/screen#${(body as typeof screen).token}`);
    await other.locator('.wall__big').first().waitFor();
    await server.close();
    await other.locator('.data-line--lost').waitFor({ timeout: 15_000 });
  });
});
