import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { COUNTY, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import { dayStart } from '../../shared/season.ts';

/** Taps and typed characters, as a thumb would count them. */
class Thumb {
  taps = 0;
  typed = '';
  constructor(private readonly page: Page) {}

  async tap(selector: string): Promise<void> {
    this.taps++;
    await this.page.locator(selector).click();
  }
  async type(text: string): Promise<void> {
    this.typed += text;
    await this.page.keyboard.type(text);
  }
}

describe('a clerk on a phone', () => {
  let now = dayStart('2027-06-06') + 16 * 3_600_000;
  let browser: Browser;
  let pages: string;
  let server: TestApp;
  let page: Page;
  let clerk: string;
  let dispatcher: string;
  const complaints: string[] = [];
  const harvest = '[data-operation=harvest]';
  const sow = '[data-operation=sow]';
  const latest = (operation: 'harvest' | 'sow', day: string) => server.app.book.reported.latest(TOWN, operation, day);
  const versions = (operation: 'harvest' | 'sow') => server.app.book.reported.of(TOWN).filter(one => one.operation === operation);
  const text = (selector: string) => page.locator(selector).first().innerText();
  const open = async () => {
    await page.goto(`${server.url}/report`);
    await page.locator(harvest).waitFor();
  };

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    pages = await testPages();
    browser = await openBrowser();
    server = await testApp({ pages, now: () => now });
    clerk = await server.token({ role: 'clerk', name: '王统计', division: TOWN });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    const figure = { division: TOWN, day: '2027-06-05', machineMu: 40.2, handMu: 2.1 };
    for (const operation of ['harvest', 'sow']) await server.send('POST', '/api/v1/reported', { ...figure, operation }, clerk);
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true });
    await context.addCookies([{ name: 'session', value: clerk, url: server.url }]);
    page = await context.newPage();
    page.on('pageerror', error => complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(() => browser?.close());

  browserTest('sees the last figures, by machine and by hand, and by whom', async () => {
    await open();
    expect(await text(`${harvest} .report-card__known`)).toMatch(/上次 6月5日\s+42.3\s+机械 40.2 · 人工 2.1\s+王统计 · .*16:00/);
    expect(await text('.report-choice__due')).toBe('请在 16:30 前报送');
    expect(await page.locator(`${harvest} input`).first().getAttribute('placeholder')).toBe('40.2');
  });

  browserTest('reports harvest and sowing in at most 6 taps and the digits', async () => {
    const thumb = new Thumb(page);
    await thumb.tap(`${harvest} input >> nth=0`);
    await thumb.type('60.1');
    await thumb.tap(`${harvest} input >> nth=1`);
    await thumb.type('2.4');
    await thumb.tap(`${sow} input >> nth=0`);
    await thumb.type('50');
    expect(await text(`${harvest} .report-card__sums`)).toMatch(/合计 62.5 亩\s+比上次 \+20.2\s+占面积 62.50%/);
    await thumb.tap('.report-send .button');
    await page.locator(`${sow} .report-card__done`).waitFor();
    expect(await text(`${harvest} .report-card__done`)).toBe('✓ 已上报 16:00 · 第 1 版');
    expect([thumb.taps, thumb.typed]).toEqual([4, '60.12.450']);
    expect(latest('harvest', '2027-06-06')).toMatchObject({
      day: '2027-06-06',
      machineMu: 60.1,
      handMu: 2.4,
      version: 1,
      author: '王统计',
    });
    expect(latest('sow', '2027-06-06')).toMatchObject({ day: '2027-06-06', machineMu: 50, handMu: 2.1 });
    expect(await text(`${harvest} .chip`)).toBe('✓ 当日已报');
  });

  browserTest('is asked for a reason when a total falls, and to confirm what is above the area', async () => {
    await page.locator(`${harvest} input`).first().fill('59');
    expect(await page.locator('.report-send .button').isDisabled()).toBe(true);
    await page.getByPlaceholder('减少的原因').fill('重复统计');
    await page.locator('.report-send .button').click();
    await expect.poll(() => text(`${harvest} .report-card__done`)).toBe('✓ 已上报 16:00 · 第 2 版');
    await page.locator(`${harvest} input`).first().fill('98.6');
    expect(await text(`${harvest} .report-card__doubt`)).toMatch(/合计超过面积 100.0 亩/);
    expect(await page.locator('.report-send .button').isDisabled()).toBe(true);
    await page.locator(`${harvest} input[type=checkbox]`).check();
    await page.locator('.report-send .button').click();
    await expect.poll(() => text(`${harvest} .report-card__done`)).toBe('✓ 已上报 16:00 · 第 3 版 · 已按超面积标记');
    expect(versions('harvest').find(one => one.version === 2)).toMatchObject({ machineMu: 59, reason: '重复统计' });
    expect(versions('harvest').find(one => one.version === 3)).toMatchObject({ machineMu: 98.6, aboveArea: true });
  });

  browserTest('loses nothing when a send fails: it is said, survives a reload, and goes out by itself', async () => {
    await page.context().route('**/api/v1/reported', route => route.abort());
    await page.locator(`${sow} input`).first().fill('61.7');
    await page.locator('.report-send .button').click();
    await page.locator('.report-waiting').waitFor();
    expect(await text('.report-waiting')).toMatch(/1 项没有送出，已存在本机，网络恢复后自动重送\s+高村乡 夏播：机械 61.7，人工 2.1/);
    await open();
    await page.locator('.report-waiting').waitFor();
    expect(await page.locator(`${sow} input`).first().inputValue()).toBe('61.7');
    await page.context().unroute('**/api/v1/reported');
    await expect.poll(() => text(`${sow} .report-card__done`), { timeout: 15_000 }).toBe('✓ 已上报 16:00 · 第 2 版');
    expect(versions('sow').map(one => [one.version, one.machineMu])).toContainEqual([2, 61.7]);
    expect(await page.locator('.report-waiting').count()).toBe(0);
  });

  browserTest('is reminded at the top, and confirms the same figure as the day before with one tap', async () => {
    now += 24 * 3_600_000;
    const reminder = { day: '2027-06-07', units: [TOWN] };
    expect(await server.send('POST', '/api/v1/reported/reminders', reminder, dispatcher)).toMatchObject({ status: 200 });
    await open();
    expect(await text('.report-reminder')).toMatch(/李调度 催报：高村乡/);
    await page.locator(`${sow} .report-card__same`).click();
    await expect.poll(() => text(`${sow} .report-card__done`)).toBe('✓ 已上报 16:00 · 第 1 版');
    expect(latest('sow', '2027-06-07')).toMatchObject({ day: '2027-06-07', machineMu: 61.7, handMu: 2.1, version: 1 });
    const board = await server.get(`/api/v1/reported/board?division=${COUNTY}`, dispatcher);
    expect(board.body).toMatchObject({
      rows: [{ harvest: { state: 'done' }, sow: { state: 'reported' }, reminders: { sent: 1, seen: 1 } }],
    });
  });

  browserTest('reads every word in English after one switch, but for names', async () => {
    await page.locator('.menu__button').click();
    await page.getByText('English').click();
    await page.locator('.report-card h2', { hasText: 'Wheat' }).waitFor();
    const shown = await page.locator('.office').innerText();
    expect(shown.replace(/高村乡|王统计|李调度|中文/g, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    expect(complaints).toEqual([]);
  });
});
