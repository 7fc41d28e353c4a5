import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, at, field, machine, NOON, rectangle, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { FixRow } from '../../shared/fix.ts';

/** Passes of 2.5 m side by side over 100 m, header down, from so many metres in the east. */
const drive = (east: number, passes: number, start: number): FixRow[] =>
  Array.from({ length: passes }, (_, pass) =>
    Array.from({ length: 52 }, (_, i): FixRow => {
      const north = pass % 2 === 0 ? i * 2 - 1 : 101 - i * 2;
      const seq = pass * 52 + i + 1;
      return [seq, start + seq * 2000, ...at(east + 1.25 + pass * 2.5, north), 3.6, null, 1, 2.5, 1];
    }),
  ).flat();

const DAY_MS = 24 * 3_600_000;

describe('the evidence sheet in the browser', () => {
  let browser: Browser;
  let server: TestApp;
  let page: Page;
  let link = '';
  let dispatcher = '';
  let wall = Date.now();
  const complaints: string[] = [];
  const textOf = (selector: string) => page.locator(selector).first().innerText();
  const watch = (watched: Page) => {
    watched.on('pageerror', error => complaints.push(error.message));
    watched.on('console', message => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
    return watched;
  };

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    const pages = await testPages();
    browser = await openBrowser();
    // 20 × 100 m: 3 mu.
    const machines = [machine('C1'), machine('C2', { operatorName: '<b>王</b>', operatorPhone: '13800001234' })];
    server = await testApp({ pages, machines, wall: () => wall, fields: [field('F1', rectangle(0, 0, 20, 100))] });
    // 10 m by the first, then 7.5 m beside it by the second: 1.5 and 1.125 mu.
    for (const [id, rows] of Object.entries({ C1: drive(0, 4, NOON - 3_600_000), C2: drive(10, 3, NOON - 1_800_000) })) {
      const device = await server.connect(await server.token({ role: 'device', machine: id }));
      expect(await ask(device, 'fix:report', { v: 1, outbox: `outbox-of-${id}`, rows })).toMatchObject({ ok: true });
    }
    await server.app.book.fold.evaluateAll();
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    dispatcher = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    await context.addCookies([{ name: 'session', value: dispatcher, url: server.url }]);
    page = watch(await context.newPage());
  });
  afterAll(() => browser?.close());

  browserTest('is reached from the field’s drawer, and says the same', async () => {
    await page.goto(`${server.url}/#//field/F1`);
    await page.getByRole('link', { name: '作业证据单' }).waitFor();
    expect(await textOf('.drawer')).toMatch(/已覆盖 2.6 亩 \/ 3.0 亩/);
    await page.getByRole('link', { name: '作业证据单' }).click();
    await page.locator('.sheet-paper').waitFor();
    expect(await textOf('.sheet-paper__figure')).toMatch(/实收面积\s+2.6 亩\s+1,7[45]\d 平方米\s+90% 区间 2.\d – 2.\d 亩/);
    const facts = (await textOf('.sheet-paper .facts')).replace(/\s+/g, ' ');
    expect(facts).toMatch(/状态 未完成 · 87.\d\d% 边界面积 3.0 亩/);
    expect(facts).toMatch(/未收 0.4 亩 重叠 0.0 亩/);
    const rows = await page.locator('.machines tbody tr').allInnerTexts();
    expect(rows.map(row => row.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/豫A·C1 机手 C1 1.5 2027-06-06 11:00 – 11:06 7 分钟 2.50 米 随定位上报 207 无$/),
      expect.stringMatching(/豫A·C2 <b>王<\/b> 1.1 2027-06-06 11:30 – 11:35 5 分钟 2.50 米 随定位上报 155 无$/),
    ]);
    expect(await page.locator('.picture-map svg image').count()).toBe(1);
  });

  browserTest('goes out by a link that needs no account and names nobody, and is dead once it is taken back', async () => {
    await page.getByRole('button', { name: '生成链接' }).click();
    link = await page.locator('.evidence__made input').inputValue();
    expect(link).toMatch(/\/evidence#share=[\w-]{32}$/);
    const stranger = watch(await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage());
    await stranger.goto(link);
    await stranger.locator('.sheet-paper').waitFor();
    const seen = await stranger.locator('.evidence-open').innerText();
    expect(seen).toMatch(/2.6 亩/);
    expect(seen).toContain('豫A·C2');
    expect(seen).not.toMatch(/王|机手 C1|13800001234/);
    expect(await stranger.locator('.sheet-paper__digest').innerText()).toBe(await textOf('.sheet-paper__digest'));
    expect(await stranger.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await page.getByRole('button', { name: '收回' }).click();
    await page.getByText('李调度 已收回').waitFor();
    await stranger.reload();
    await stranger.getByText('这个链接已被收回').waitFor();
    expect(await stranger.locator('.sheet-paper').count()).toBe(0);
    const short = await server.send('POST', '/api/v1/fields/F1/evidence/shares', { operation: 'harvest', days: 7 }, dispatcher);
    const open = (token: string) => server.send('POST', '/api/v1/evidence/shared', { token });
    const { token } = short.body as { token: string };
    wall += 7 * DAY_MS - 1;
    expect(await open(token)).toMatchObject({ status: 200, body: { author: '李调度', evidence: { field: { farmer: null } } } });
    wall += 1;
    expect(await open(token)).toMatchObject({ status: 403, body: { problem: { message: expect.stringMatching(/^expired: /) } } });
    expect(await open('a guess')).toMatchObject({ status: 404 });
  });

  browserTest('fits on one page of A4, and all of it is there in English', async () => {
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    expect(pdf).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.locator('.menu__button').click();
    await page.getByText('English').click();
    await page.getByText('How it was measured').waitFor();
    const shown = (await page.locator('.office').innerText()).replace(/荥阳市|高村乡|官峪村|三夏|机手|李调度|豫A|王|中文/g, '');
    expect(shown.match(/[\u4e00-\u9fff]+/g)).toBeNull();
    await page.goto(`${server.url}/evidence#field=F1&operation=sow`);
    await page.getByText('Nothing was sown here yet').waitFor();
    expect(complaints).toEqual([]);
  });
});
