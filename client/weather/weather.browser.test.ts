import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, at, COUNTY, field, machine, NOON, rectangle, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

const HOUR = 3_600_000;
let browser: Browser;
let server: TestApp;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (chromiumPath() === null) return;
  const pages = await testPages();
  browser = await openBrowser();
  const hour = (hours: number) => NOON + (hours - 12) * HOUR;
  server = await testApp({
    demo: true,
    pages,
    forecasts: true,
    machines: [machine('C1'), machine('C2')],
    fields: [
      field('F1', rectangle(0, 0, 20, 100), { ripeDate: '2027-06-05' }),
      field('F5', rectangle(200, 0, 20, 100), { reportedHarvested: { at: hour(-48), author: '王统计' } }),
    ],
  });
  const clerk = await server.token({ role: 'clerk', name: '王统计', division: COUNTY });
  const report = { division: TOWN, operation: 'harvest', day: '2027-06-05', machineMu: 30, handMu: 0 };
  await server.send('POST', '/api/v1/reported', report, clerk);
  for (const id of ['C1', 'C2']) {
    const device = await server.connect(await server.token({ role: 'device', machine: id }));
    const rows = [[1, hour(6), ...at(10, 10), 4, 0, 1, 2.5, 0]];
    await ask(device, 'fix:report', { v: 1, outbox: `outbox-${id}`, rows });
  }
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ['clipboard-read', 'clipboard-write'] });
  page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(server.url);
  await page.getByText('看全市农机、地块与进度').click();
  await page.locator('.deadline').first().waitFor();
});

afterAll(() => browser?.close());

const cell = (row: number, column: number) => page.locator(`[data-cell="${row}:${column}"]`);

describe('weather in the browser', () => {
  browserTest('rain is typed into the grid, pasted from a spreadsheet and saved', async () => {
    await page.goto(`${server.url}/weather`);
    // From the 4th on: today, the 6th, is the third column; the city is the first row.
    await cell(0, 4).fill('12');
    expect(await cell(1, 4).getAttribute('placeholder')).toBe('12');
    await cell(1, 5).evaluate((input, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, '5\t6\r\n7\t8');
    await page.getByRole('button', { name: '保存 5 处改动' }).click();
    await page.getByText('已保存 5 处').waitFor();
    const { rain } = server.app.book;
    expect(['2027-06-08', '2027-06-09', '2027-06-10'].map(day => rain.of('410185', day)?.rainMm ?? null)).toEqual([12, 7, 8]);
    expect(['2027-06-08', '2027-06-09', '2027-06-10'].map(day => rain.of(COUNTY, day)?.rainMm ?? null)).toEqual([12, 5, 6]);
  });

  browserTest('what is no amount is marked, and cannot be saved', async () => {
    await cell(0, 6).fill('abc');
    await page.getByText('有 1 处填写不对').waitFor();
    expect(await page.locator('.weather-tools .button--main').isDisabled()).toBe(true);
    await page.getByRole('button', { name: '撤销改动' }).click();
    expect(await cell(0, 6).inputValue()).toBe('');
  });

  browserTest('what is ripe before the rain is listed, and what waits for its seed', async () => {
    await page.getByRole('button', { name: '雨前抢收' }).click();
    const urgent = page.locator('.weather-tab');
    await urgent.getByText('官峪村 · F1').waitFor();
    // 12, 7 and 8 mm, of which 47.5 % is left each day: 14.03 mm.
    expect(await urgent.innerText()).toMatch(/荥阳市\s+6\/8\s+23 mm\s+3.0 亩/);
    await page.getByRole('button', { name: '收播衔接' }).click();
    await page.getByText('官峪村 · F5').waitFor();
    expect(await page.locator('.weather-totals').innerText()).toMatch(/1 块 · 3.0 亩\s+▾ 超过 48 小时/);
  });
});

describe('a forecast on the map', () => {
  browserTest('the county’s row says when it will be done, and opens into why', async () => {
    await page.goto(server.url);
    const row = page.locator('.rows__unit', { hasText: '荥阳市' });
    await expect.poll(() => row.locator('.row__finish').innerText(), { timeout: 30_000 }).toMatch(/6\/\d+\s*\d+%/);
    await row.locator('.row__finish').click();
    const drawer = page.locator('.drawer');
    await drawer.getByText('怎么算出来的').waitFor();
    expect(await drawer.innerText()).toMatch(/荥阳市 · 麦收完成预测|荥阳市 · .*完成预测/);
    expect(await drawer.locator('.sum').innerText()).toMatch(/剩余面积\s*共 100.0 亩\s+70.0 亩/);
    expect(await drawer.locator('.forecast-chart svg').getAttribute('aria-label')).toMatch(/已完成 30.0/);
    expect(new URL(page.url()).hash).toBe(`#/${COUNTY}/forecast/harvest`);
    const saved = page.waitForEvent('download');
    await drawer.getByText('下载数据序列').click();
    expect((await saved).suggestedFilename()).toBe(`forecast-${COUNTY}-harvest-2027-06-06.json`);
  });

  browserTest('all of it reads in English after one switch', async () => {
    await page.locator('.menu__button').click();
    await page.getByText('English').click();
    const drawer = page.locator('.drawer');
    await drawer.getByText('How it is worked out').waitFor();
    const names = /郑州市|荥阳市|高村乡|登封市|大金店镇|官峪村|中文/g;
    expect((await drawer.innerText()).replace(names, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    await page.goto(`${server.url}/weather#chain`);
    await page.getByText('Seeders needed').waitFor();
    expect((await page.locator('.weather').innerText()).replace(names, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
  });

  browserTest('nothing was complained of', () => {
    expect(complaints).toEqual([]);
  });
});
