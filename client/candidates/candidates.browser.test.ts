import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { COUNTY, field, NOON, rectangle, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

let browser: Browser;
let server: TestApp;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (chromiumPath() === null) return;
  const pages = await testPages();
  browser = await openBrowser();
  server = await testApp({ demo: true, fields: [field('F1', rectangle(0, 60, 100, 30))], pages });
  const found = {
    polygon: rectangle(0, 0, 100, 30),
    areaM2: 3000,
    coveredM2: 2900,
    machines: [{ machine: 'C1', coveredM2: 2900 }],
    firstAt: NOON - 3_600_000,
    lastAt: NOON,
  };
  await server.app.book.candidates.settle({ operation: 'harvest', known: [] }, { found: [found], kept: [] });
  page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', error => complaints.push(error.message));
  await page.goto(server.url);
});

afterAll(() => browser?.close());

describe('a candidate field in the browser', () => {
  browserTest('is said apart from the progress, opens from its list, and becomes a field', async () => {
    await page.getByText('看全市农机、地块与进度').click();
    // 2900 m² are 4.35 mu; nothing of it is in the progress.
    await page.getByRole('button', { name: '未建地块 已作业 4.4 亩' }).click();
    expect(await page.locator('.operation__progress').first().innerText()).toBe('0.00%');
    await page.locator('.tabulator-row').getByText('官峪村').click();
    await page.locator('.candidate-form').first().waitFor();
    // The map has come there: the sign bears words.
    await page.locator('.candidate-sign').getByText('候选 4.5 亩').waitFor();
    await page.getByLabel('为什么不是地块').waitFor();
    await page.getByRole('button', { name: '确认建地块' }).click();
    await page.getByRole('heading', { name: `官峪村 · ${TOWN}-` }).waitFor();
    await page.locator('.candidate-sign').waitFor({ state: 'detached' });
    const token = await server.token({ role: 'dispatcher', division: COUNTY });
    const decided = await server.get(`/api/v1/candidates?division=${COUNTY}&state=decided`, token);
    expect(decided.body).toMatchObject({ candidates: [{ state: 'confirmed', decided: { by: '演示调度员' } }] });
    expect(complaints).toEqual([]);
  });
});
