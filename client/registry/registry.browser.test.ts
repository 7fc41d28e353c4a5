import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { COUNTY, machine, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { Role } from '../../shared/permissions.ts';

/** One page and a half. */
const machines = Array.from({ length: 150 }, (_, i) => machine(`M${i}`, { plate: `豫A·${1000 + i}` }));

describe('the registry in the browser', () => {
  let browser: Browser;
  let server: TestApp;
  let page: Page;
  const open = async (role: Role): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies([{ name: 'session', value: await server.token({ role, division: COUNTY, name: '李调度' }), url: server.url }]);
    const opened = await context.newPage();
    await opened.goto(`${server.url}/registry`);
    await opened.getByText('豫A·1000').waitFor();
    return opened;
  };
  const row = (plate: string) => page.locator('.tabulator-row', { hasText: plate });

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browser = await openBrowser();
    server = await testApp({ machines, pages: await testPages() });
    page = await open('dispatcher');
  });
  afterAll(() => browser?.close());

  browserTest('goes from page to page, and finds by the beginning of a plate', async () => {
    await page.getByText('共 150 条').waitFor();
    expect(await row('豫A·1100').count()).toBe(0);
    await page.locator('.tabulator-page[data-page=next]').click();
    await row('豫A·1100').waitFor();
    await page.getByRole('searchbox').fill('豫A·114');
    await page.getByText('共 10 条').waitFor();
    await row('豫A·1149').waitFor();
  });

  browserTest('corrects a name in its cell; markup in it is text', async () => {
    const cell = row('豫A·1140').locator('[tabulator-field=operatorName]');
    await cell.dblclick();
    await cell.locator('input').fill('<b>赵六</b>');
    await cell.locator('input').press('Enter');
    await page.getByText('已保存').waitFor();
    expect(await cell.innerText()).toBe('<b>赵六</b>');
    expect(server.app.book.registry.machines.get('M140')?.operatorName).toBe('<b>赵六</b>');
  });

  browserTest('marks the bad row of a file and brings in nothing of it', async () => {
    await page.getByRole('button', { name: '导入' }).click();
    const text = `编号,牌照,类型,所属单位\r\nN1,豫A·N1,收割机,${COUNTY}\r\nN2,豫A·N2,飞机,${COUNTY}\r\n`;
    await page.locator('input[name=machines]').setInputFiles({ name: 'new.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    const bad = page.locator('.findings__table--bad tbody tr');
    await bad.first().waitFor();
    expect(await bad.count()).toBe(1);
    expect(await bad.innerText()).toMatch(/^3\s+.*飞机/s);
    expect(await page.locator('.findings > .button').count()).toBe(0);
    expect(server.app.book.registry.machines.has('N1')).toBe(false);
  });

  browserTest('gives no file to a clerk, who sees no button for it and is refused by the address', async () => {
    expect(await page.getByText('导出 CSV').count()).toBe(1);
    const clerk = await open('clerk');
    expect(await clerk.getByText('导出 CSV').count()).toBe(0);
    expect(await clerk.getByRole('button', { name: '导入' }).count()).toBe(0);
    expect(await clerk.evaluate(async () => (await fetch('/api/v1/registry/machines/file')).status)).toBe(403);
  });
});
