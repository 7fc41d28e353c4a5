import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { ImportKind } from '../../shared/imports.ts';

const golden = (name: string): string => join(import.meta.dirname, '../../server/services/imports/golden', name);

describe('the administrator of an empty real season', () => {
  let browser: Browser;
  let server: TestApp;
  let page: Page;
  const complaints: string[] = [];
  const step = (title: string) => page.locator('.step', { has: page.locator('.step__head strong', { hasText: title }) });
  const choose = (kind: ImportKind, file: string) => page.locator(`input[name=${kind}]`).setInputFiles(golden(file));
  const counts = async () => (await page.locator('.findings__counts').innerText()).replace(/\s+/g, ' ');
  const cells = (selector: string) =>
    page.locator(`${selector} tbody tr`).evaluateAll(rows => rows.map(row => [...row.children].map(cell => cell.textContent)));
  const importNow = async (count: string) => {
    await page.getByRole('button', { name: count }).click();
    await page.locator('.note--good').waitFor();
  };

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    browser = await openBrowser();
    server = await testApp({ empty: true, pages: await testPages() });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const token = await server.token({ role: 'administrator', name: '管理员' });
    await context.addCookies([{ name: 'session', value: token, url: server.url }]);
    page = await context.newPage();
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  });
  afterAll(() => browser?.close());

  browserTest('begins on the setup page, and creates the season with its usual dates', async () => {
    await page.goto(server.url);
    await page.waitForURL('**/setup');
    await page.locator('.step--next', { hasText: '作业季' }).waitFor();
    expect(await page.locator('.step__head:disabled').count()).toBe(7);
    await page.getByLabel('年份').fill('2027');
    await page.getByLabel('年份').blur();
    await page.getByRole('button', { name: '建立作业季' }).click();
    await step('作业季').getByText('2027 三夏 · 麦收截止 6月12日，夏播截止 6月25日').waitFor();
    expect(server.app.book.registry.season).toMatchObject({
      year: 2027,
      demo: false,
      firstDay: { harvest: '2027-05-28', sow: '2027-05-30' },
    });
  });

  browserTest('is told of every bad row of the units, imports nothing of them, then the good file', async () => {
    await page.locator('.step--next', { hasText: '单位与面积' }).waitFor();
    await choose('units', 'units-bad.csv');
    await page.locator('.findings').waitFor();
    expect(await counts()).toBe('共 7 新增 1 有变化 0 不变 0 有误 6');
    expect((await cells('.findings__table')).slice(0, 2)).toEqual([
      ['3', 'harvest first day', '2027-02-30', '不是日期：请写成 2027-06-12'],
      ['3', 'planted mu', 'about 400', '不是大于等于 0 的数：请写数字，如 12345.6'],
    ]);
    expect(await page.locator('.findings > .button').count()).toBe(0);
    await choose('units', 'units-gb18030.csv');
    await importNow('导入 4 个单位');
    await step('单位与面积').getByText('2 个县区，1 个乡镇；小麦 46.2001 万亩，玉米 39.8000 万亩').waitFor();
  });

  browserTest('brings machines and stations; what looks like script is text', async () => {
    await step('农机').locator('.step__head').click();
    await choose('machines', 'machines.csv');
    await page.locator('.findings summary').click();
    expect(await page.locator('.findings__preview').innerText()).toContain('<script>alert(1)</script>');
    await importNow('导入 3 台农机');
    await step('服务站').locator('.step__head').click();
    await choose('stations', 'stations.csv');
    await importNow('导入 2 个服务站');
    await step('农机').getByText('3 台，其中 2 台有终端').waitFor();
  });

  browserTest('sees bad fields crossed out on a map, then imports good ones', async () => {
    await step('地块').locator('.step__head').click();
    await choose('fields', 'fields-bad.geojson');
    await page.locator('.preview-map path.shape--bad').first().waitFor();
    expect(await counts()).toBe('共 17 新增 1 有变化 0 不变 0 有误 16');
    expect(await page.locator('.shape-cross').count()).toBeGreaterThan(5);
    expect((await cells('.findings__table')).map(row => row[3])).toContain('纬度写在了经度前面：请对调');
    await choose('fields', 'fields.geojson');
    await expect.poll(() => page.locator('.preview-map path.shape--new').count()).toBe(2);
    await importNow('导入 2 个地块');
    await step('地块').getByText('2 块，共 0.0014 万亩').waitFor();
    await page.locator('.step--next', { hasText: '账号' }).waitFor();
  });

  browserTest('opens the map without outlines, on its fields', async () => {
    await page.goto(server.url);
    await page.locator('.row', { hasText: '荥阳市' }).waitFor();
    expect(await page.getByText('本季还没有地块').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  browserTest('closes the season by typing its year, and reads its sealed figures', async () => {
    await page.goto(`${server.url}/setup`);
    await page.getByText('结束作业季').click();
    const button = page.getByRole('button', { name: '结束 2027 作业季' });
    await page.getByLabel('输入 2027 确认').fill('2026');
    expect(await button.isDisabled()).toBe(true);
    await page.getByLabel('输入 2027 确认').fill('2027');
    await button.click();
    await page.getByText('2027 三夏已于 2027-06-06 12:00 结束，数字已封存。').waitFor();
    await expect
      .poll(() => cells('.findings__table').then(rows => rows.map(row => row.slice(0, 3))))
      .toEqual([
        ['郑州市', '46.2001', '0.0000'],
        ['荥阳市', '41.2001', '0.0000'],
        ['航空港区', '5.0000', '0.0000'],
      ]);
    expect(await page.getByLabel('年份').inputValue()).toBe('2028');
    expect(complaints).toEqual([]);
  });
});
