import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, at, field, NOON, rectangle, type TestApp, testApp } from '../server/app-for-test.ts';
import { chromiumPath } from '../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../server/program/test-browser.ts';
import type { FixRow } from '../shared/fix.ts';

/** A strip of 2.5 m × 100 m, cut whole by one pass: 0.375 mu. */
const strip = rectangle(0, 0, 2.5, 100);
const cut: FixRow[] = Array.from({ length: 103 }, (_, i) => [i + 1, NOON - 110_000 + i * 1000, ...at(1.25, i - 1), 3.6, 0, 1, 2.5, 1]);

const gaocun = { id: 'S1', name: '高村乡三夏服务站', division: '410182100', location: at(500, 500) };

let browser: Browser;
let pages: string;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** A page that keeps what the browser complains of; that a visitor has no session is no complaint. */
async function visit(server: TestApp): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 401/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(server.url);
  return { page, complaints };
}

const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();

describe('a dispatcher in the browser', () => {
  let server: TestApp;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ demo: true, stations: [gaocun], fields: [field('F1', strip), field('F2', rectangle(50, 0, 20, 100))], pages });
    ({ page, complaints } = await visit(server));
  });

  browserTest('enters with one click and sees both deadlines with days and hours left', async () => {
    await page.getByText('看全市农机、地块与进度').click();
    await page.locator('.deadline').first().waitFor();
    // From noon of the 6th: 8 hours today, 14.5 on each of the six days to the 12th.
    expect(await textOf(page, '.deadline')).toMatch(/麦收 截止 6月12日\s+剩 6 天\s*可作业 95.0 小时/);
    expect(await textOf(page, '.header__time')).toMatch(/6月6日 周日\s*12:00/);
    expect(await textOf(page, '.operation__progress')).toBe('0.00%');
    expect(await textOf(page, '.data-line')).toMatch(/数据截至 12:00:00 · 实时/);
  });

  browserTest('watches a field being cut without doing anything', async () => {
    const device = await server.connect(await server.token({ role: 'device', machine: 'C1' }));
    expect(await ask(device, 'fix:report', { v: 1, outbox: 'outbox-browser', rows: cut })).toMatchObject({ ok: true });
    // 0.375 of 100 mu planted, half up.
    await expect.poll(() => textOf(page, '.operation__progress'), { timeout: 15_000 }).toBe('0.38%');
    expect(await page.locator('.figures > .figures__row').innerText()).toMatch(/在线\s*1\/2/);
  });

  browserTest('drills from the city to the town, its fields, one field, and the machine that cut it', async () => {
    await page.locator('.row', { hasText: '荥阳市' }).click();
    await page.locator('.row', { hasText: '高村乡' }).click();
    await page.locator('.row--field', { hasText: 'F1' }).click();
    await page.locator('.drawer', { hasText: '已收待播' }).waitFor();
    expect(await page.locator('.drawer').innerText()).toMatch(/已覆盖 0.4 亩 \/ 0.4 亩/);
    await page.locator('.drawer .row--plain', { hasText: '豫A·C1' }).click();
    await page.locator('.totals').waitFor();
    expect(await page.locator('.totals').innerText()).toMatch(/0.4\s*今日亩数/);
    expect(new URL(page.url()).hash).toBe('#/410182100/machine/C1');
    await page.goBack();
    await page.locator('.drawer h2', { hasText: 'F1' }).waitFor();
  });

  browserTest('opens a number into what it is made of', async () => {
    await page.keyboard.press('Escape');
    await page.locator('.operation__progress').first().click();
    const drawer = page.locator('.drawer');
    await drawer.locator('.sum').waitFor();
    const sum = await drawer.locator('.sum').innerText();
    expect(sum).toMatch(/实测\s+0.4 亩/);
    expect(sum).toMatch(/除以 种植面积\s+100.0 亩/);
    expect(sum).toMatch(/等于\s+0.38%/);
    await page.keyboard.press('Escape');
  });

  browserTest('finds a machine by typing after /, and lists fields that can be filtered', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('C2');
    await page.locator('.search__found button', { hasText: '豫A·C2' }).click();
    await page.locator('.drawer', { hasText: '还没有收到过定位' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('f');
    await page.locator('.tabulator-row').nth(1).waitFor();
    await page.locator('.list__tools input').fill('F2');
    await expect.poll(() => page.locator('.tabulator-row').count()).toBe(1);
    await page.locator('.list__tools input').press('Escape');
  });

  browserTest("opens a station by its address, as an alert's link does, and reads how busy it is", async () => {
    await page.evaluate(() => {
      location.hash = '#/410182100/station/S1';
    });
    const drawer = page.locator('.drawer', { hasText: '流动服务队' });
    await drawer.waitFor();
    const shown = await drawer.innerText();
    expect(shown).toMatch(/高村乡三夏服务站[\s\S]*在修\s+0\s+等待 0 · 等配件 0[\s\S]*柴油\s+没有登记/);
    expect(shown).toMatch(/还没有登记流动服务队。[\s\S]*没有未完成的维修。/);
    await page.keyboard.press('Escape');
  });

  browserTest('reads every word in English after one switch, but for names', async () => {
    await page.locator('.menu__button').click();
    await page.getByText('English').click();
    await page.locator('.deadline', { hasText: 'days left' }).first().waitFor();
    const shown = await page.locator('.desk').innerText();
    const names = /郑州市|荥阳市|高村乡|登封市|大金店镇|官峪村|中文/g;
    expect(shown.replace(names, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    await page.getByText('中文').click();
  });

  browserTest('was told of no error and of no breach of the content security policy', () => {
    expect(complaints).toEqual([]);
  });

  browserTest('sees within ten seconds that the connection is gone: the line is red and the map grey', async () => {
    await server.close();
    await page.locator('.data-line--lost').waitFor({ timeout: 10_000 });
    expect(await page.locator('.map--lost').count()).toBe(1);
    expect(await textOf(page, '.data-line')).toContain('连接断开，正在重连');
  });
});

browserTest('a real season without anything says what comes next', async () => {
  const server = await testApp({ empty: true, pages });
  const { page, complaints } = await visit(server);
  await page.getByText('还没有管理员账号').waitFor();
  expect(await page.locator('.gate__next li').count()).toBe(3);
  expect(complaints).toEqual([]);
});
