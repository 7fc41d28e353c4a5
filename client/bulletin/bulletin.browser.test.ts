import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { COUNTY, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import { dayStart } from '../../shared/season.ts';

const hour = (hours: number) => dayStart('2027-06-06') + hours * 3_600_000;

describe('the dispatcher at 17:00', () => {
  let now = hour(-8);
  let browser: Browser;
  let pages: string;
  let server: TestApp;
  let page: Page;
  let clerk: string;
  const complaints: string[] = [];
  const text = (selector: string) => page.locator(selector).first().innerText();
  const cells = (table: string, row: number) => page.locator(`.paper__table--${table} tbody tr`).nth(row).locator('td').allInnerTexts();
  const report = async (operation: string, day: string, machineMu: number, handMu: number, more = {}) =>
    expect(
      await server.send('POST', '/api/v1/reported', { division: TOWN, operation, day, machineMu, handMu, ...more }, clerk),
    ).toMatchObject({ status: 200 });

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    pages = await testPages();
    browser = await openBrowser();
    server = await testApp({ pages, now: () => now });
    clerk = await server.token({ role: 'clerk', name: '<b>王</b>', division: COUNTY });
    await report('harvest', '2027-06-05', 40, 2);
    now = hour(16);
    await report('harvest', '2027-06-06', 60, 3);
    now = hour(17.01);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    await context.addCookies([{ name: 'session', value: dispatcher, url: server.url }]);
    page = await context.newPage();
    page.on('pageerror', error => complaints.push(error.message));
    page.on('dialog', dialog => complaints.push(`dialog: ${dialog.message()}`));
    page.on('console', message => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
  });
  afterAll(() => browser?.close());

  browserTest('sees the draft of the day that has just ended, with literal figures', async () => {
    await page.goto(`${server.url}/bulletin`);
    await page.locator('.paper').waitFor();
    expect(await text('.paper__head')).toMatch(/郑州市“三夏”农机生产进度通报\s+截至 2027年6月6日 17:00\s*草稿，未签发\s*面积单位：万亩/);
    // 63 of 100 mu planted, 60 by machine, 42 the day before.
    expect((await cells('progress', 0)).slice(0, 7)).toEqual(['荥阳市', '0.0100', '0.0063', '0.0060', '63.00%', '95.24%', '0.0021']);
    expect((await cells('progress', 1)).slice(0, 7)).toEqual(['登封市', '0.0000', '0.0000', '0.0000', '—', '—', '0.0000']);
    expect(await text('.bulletin__state')).toMatch(/已截止，可以签发\s+1 \/ 1 个单位未上报/);
  });

  browserTest('gets it out, into the groups too, with three clicks', async () => {
    let clicks = 0;
    const click = async (name: string) => {
      clicks++;
      await page.getByRole('button', { name, exact: true }).click();
    };
    await click('签发');
    expect(await text('.issue')).toMatch(/签发 郑州市 通报\s+数据截至 2027年6月6日 17:00。签发后不可修改/);
    await click('确认签发');
    await page.locator('.paper__foot', { hasText: '签发：李调度　2027年6月6日 17:00' }).waitFor();
    await click('复制微信文字');
    await page.getByText('微信文字已复制').waitFor();
    expect(clicks).toBe(3);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n').slice(0, 4)).toEqual([
      '【郑州市“三夏”农机生产进度】',
      '截至6月6日17时，全市已收小麦0.0063万亩，占种植面积0.01万亩的63.00%，机收率95.24%，当日收获0.0021万亩。',
      '夏播已播0.0000万亩，占计划面积0.009万亩的0.00%，当日播种0.0000万亩。',
      '1. 荥阳市：收0.0063万亩（63.00%），机收率95.24%，当日0.0021万亩；播0.0000万亩（0.00%），机播率—，当日0.0000万亩',
    ]);
    expect(await text('.bulletin__state')).toMatch(/第 1 版已签发 · 李调度 · 17:00/);
  });

  browserTest('is told of late figures, writes hostile remarks, and issues a correction that says what changed', async () => {
    now = hour(18);
    await report('harvest', '2027-06-06', 58, 3, { reason: '重复统计' });
    await page.locator('.note--late', { hasText: '签发后有' }).waitFor({ timeout: 15_000 });
    await page.locator('.remarks textarea').fill('<img src=x onerror=alert(1)>\n=1+1');
    await page.locator('.remarks summary').click();
    await page.getByLabel('荥阳市备注').fill('<script>alert(1)</script>');
    await page.getByRole('button', { name: '签发更正', exact: true }).click();
    expect(await page.getByRole('button', { name: '确认签发' }).isDisabled()).toBe(true);
    await page.locator('.issue input').fill('高村乡更正');
    await page.getByRole('button', { name: '确认签发' }).click();
    await page.locator('.paper__changes', { hasText: '更正原因：高村乡更正' }).waitFor();
    const changes = await page.locator('.paper__changes li').allInnerTexts();
    expect(changes).toContain('荥阳市 收获 累计：63.0 → 61.0 亩');
    expect(changes).toContain('荥阳市 收获 进度：63.00% → 61.00%');
    expect(changes).toContain('荥阳市 备注：（空） → <script>alert(1)</script>');
    expect((await cells('progress', 0)).at(-1)).toBe('<script>alert(1)</script>');
    await page.getByRole('button', { name: '第 1 版', exact: true }).click();
    await expect.poll(() => cells('progress', 0).then(row => row[2])).toBe('0.0063');
    expect(await page.locator('.history > li').count()).toBe(2);
  });

  browserTest('saves a workbook under its unit, day and version', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Excel' }).click()]);
    expect(download.suggestedFilename()).toBe('郑州市三夏农机通报_2027-06-06_第1版.xlsx');
    expect((await readFile(await download.path())).subarray(0, 2).toString()).toBe('PK');
  });

  browserTest('gives the text to be copied by hand where the clipboard is refused', async () => {
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true }));
    await page.getByRole('button', { name: '复制微信文字' }).click();
    expect(await page.locator('.bulletin__byhand textarea').inputValue()).toMatch(/^【郑州市“三夏”农机生产进度】\n截至6月6日17时/);
  });

  browserTest('prints on A4 what the page shows, and nothing else', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.paper').isVisible()).toBe(true);
    for (const hidden of ['.office__head', '.office__title', '.bulletin__tools', '.bulletin__side']) {
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    }
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    // A4 landscape in points.
    expect(pdf).toMatch(/\/MediaBox \[0 0 84[12][.\d]* 59[45][.\d]*\]/);
    await page.emulateMedia({ media: 'screen' });
  });

  browserTest('sees who has not reported, reminds all, and reads week and ranking', async () => {
    await page.getByRole('button', { name: /^未上报/ }).click();
    const rows = page.locator('.sheet__table tbody tr');
    await rows.first().waitFor();
    expect(await rows.first().innerText()).toMatch(/高村乡\s+荥阳市\s+✓ 已报\s+61.0 · <b>王<\/b> · .*\s+! 逾期未报\s+从未上报/);
    await page.getByRole('button', { name: '全部催报（1）' }).click();
    await page.getByText('已向 1 个单位发出催报').waitFor();
    await expect.poll(() => rows.first().innerText()).toMatch(/催 1 次 · 未看/);
    await page.getByRole('button', { name: '周报' }).click();
    await page.getByText('七日合计').waitFor();
    // 42 mu to the 5th, 19 more to the 6th.
    expect((await rows.first().locator('td').allInnerTexts()).slice(5)).toEqual(['0.0042', '0.0019', '0.0061', '0.0061', '61.00%']);
    await page.getByRole('button', { name: '排名' }).click();
    await page.getByText('与全市之差').first().waitFor();
    expect((await rows.first().innerText()).replace(/\s+/g, ' ')).toBe('1 荥阳市 61.00% ▴ +0.00');
  });

  browserTest('reads every word in English after one switch, but for names', async () => {
    await page.locator('.menu__button').click();
    await page.getByText('English').click();
    for (const tab of ['Bulletin', 'Not reported', 'Week', 'Ranking']) {
      await page.locator('.bulletin__tools .segments button', { hasText: tab }).first().click();
      await page
        .locator(tab === 'Bulletin' ? '.paper' : '.sheet')
        .first()
        .waitFor();
      const shown = (await page.locator('.office').innerText()).replace(
        /郑州市|荥阳市|登封市|高村乡|大金店镇|李调度|王|高村乡更正|更正|三夏|中文/g,
        '',
      );
      expect(shown.match(/[\u4e00-\u9fff]+/g)).toBeNull();
    }
    expect(complaints).toEqual([]);
  });

  browserTest('keeps what was shown when the server is away, and says of when it is', async () => {
    await page.locator('.bulletin__tools .segments button', { hasText: 'Bulletin' }).first().click();
    await page.locator('.paper').first().waitFor();
    await server.close();
    await page
      .getByText(/cannot be reached: this is of \d\d:\d\d/)
      .first()
      .waitFor();
    expect(await page.locator('.paper').count()).toBe(1);
  });
});
