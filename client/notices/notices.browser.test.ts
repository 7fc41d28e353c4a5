import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { COUNTY, machine, NOON, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

const READ_WITHIN_MS = 15_000;

describe('a dispatcher’s notices and alerts', () => {
  let browser: Browser;
  let server: TestApp;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    const pages = await testPages();
    browser = await openBrowser();
    server = await testApp({ pages, machines: [machine('C1'), machine('C2'), machine('S1', { kind: 'seeder' })] });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    await context.addCookies([{ name: 'session', value: dispatcher, url: server.url }]);
    page = await context.newPage();
    page.on('pageerror', error => complaints.push(error.message));
  }, 120_000);
  afterAll(() => browser?.close());

  browserTest(
    'a notice goes out to the kind that was chosen, and its receipts come in while one looks on',
    { timeout: 60_000 },
    async () => {
      await page.goto(`${server.url}/notices#notices`);
      await page.getByLabel('收割机').check();
      await page.getByText('将发给 2 台，其中上工 0 台').waitFor();
      await page.getByLabel('模板').selectOption('rain');
      await page.getByLabel(/^紧急/).check();
      await page.getByRole('button', { name: '发送给 2 台' }).click();
      await page.getByText('已发送给 2 台').waitFor();
      const card = page.locator('.notice-card');
      await card.getByText('已读 0 / 2').waitFor();
      expect(await card.locator('.notice-card__text').innerText()).toContain('预计今天午后到夜间有雨');

      // What the phone in C1's cab does.
      const phone = await server.token({ role: 'device', machine: 'C1', name: 'C1' });
      const inbox = (await server.get('/api/v1/cab/inbox', phone)).body as { notices: { id: string; isSevere: boolean }[] };
      expect(inbox.notices).toMatchObject([{ isSevere: true }]);
      await server.send('POST', `/api/v1/cab/notices/${inbox.notices[0].id}/read`, { at: NOON }, phone);
      await card.getByText('已读 1 / 2').waitFor({ timeout: READ_WITHIN_MS });
      await card.getByText('未读 1 台').click();
      expect(await card.locator('.notice-card__unread').innerText()).toBe('豫A·C2 机手 C2');

      page.once('dialog', dialog => void dialog.accept());
      await card.getByRole('button', { name: '撤回' }).click();
      await card.getByText('李调度 已撤回 12:00').waitFor();
      expect(((await server.get('/api/v1/cab/inbox', phone)).body as { notices: object[] }).notices).toEqual([]);
    },
  );

  browserTest('an alert is read in words, acknowledged, and then says who knows', { timeout: 60_000 }, async () => {
    await page.goto(`${server.url}/notices`);
    await page.getByText('现在没有提醒').waitFor();
    const values = { machines: 42, minutes: 190, since: NOON, operation: 'harvest' };
    const finding = { subject: `division:${COUNTY}:harvest`, subjectName: '荥阳市', division: COUNTY, lngLat: null, values };
    await server.app.book.alerts.settle([{ rule: 'idle', escalateMin: 60, found: [finding], kept: [finding] }], NOON);
    const row = page.locator('.alert-row');
    await row.waitFor({ timeout: READ_WITHIN_MS });
    expect(await row.locator('.alert-row__what').innerText()).toContain('荥阳市 麦收有 42 台农机白天停着，最久 3 小时 10 分');
    await row.getByRole('button', { name: '知道了' }).click();
    await row.getByText('李调度 已知悉 12:00').waitFor();
    await page.getByRole('button', { name: '规则', exact: true }).click();
    const line = page.getByRole('form', { name: '停歇' });
    await line.getByLabel(/^界限/).fill('90');
    await line.getByRole('button', { name: '保存' }).click();
    await line.getByText('已保存').waitFor();
    expect(server.app.book.alertWatch.settings().find(({ rule }) => rule === 'idle')?.limit).toBe(90);
    expect(complaints).toEqual([]);
  });
});
