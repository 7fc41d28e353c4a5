import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { NOON, station, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { RouteOutput } from '../../shared/rest.ts';

const EXPECTED = `牌照,预计到达,接待站,机主,来自,人数\n皖12·34567,2027-06-06,east,张三,安徽省太和县,2\n皖12·70002,2027-06-07,west,赵六,安徽省颍上县,3\n`;
let browser: Browser;
let server: TestApp;
let dispatcher: string;
const complaints: string[] = [];

beforeAll(async () => {
  if (chromiumPath() === null) return;
  const pages = await testPages();
  browser = await openBrowser();
  server = await testApp({ demo: true, stations: [station('east', 0, 0), station('west', 3000, 0)], pages });
  dispatcher = await server.token({ role: 'dispatcher', name: '调度员', division: '410100' });
  await fetch(`${server.url}/api/v1/reception/imports/expected?apply=true`, {
    ...{ method: 'POST', body: EXPECTED, headers: { Authorization: `Bearer ${dispatcher}` } },
  });
});
afterAll(() => browser?.close());

async function stationPage(id: string): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ viewport: { width: 820, height: 1180 } });
  await context.addCookies([
    { name: 'session', value: await server.token({ role: 'station', station: id, name: `${id}站员` }), url: server.url },
  ]);
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  await page.addInitScript(() => {
    const counted = window as unknown as { taps: number; typed: number };
    [counted.taps, counted.typed] = [0, 0];
    window.addEventListener('pointerdown', () => counted.taps++, true);
    window.addEventListener('beforeinput', event => (counted.typed += event.data?.length ?? 0), true);
  });
  await page.goto(`${server.url}/reception`);
  return { page, context };
}
const effort = (page: Page) =>
  page.evaluate(() => [(window as unknown as { taps: number }).taps, (window as unknown as { typed: number }).typed]);
const desk = async () => (await server.get('/api/v1/reception', dispatcher)).body as RouteOutput<'reception'>;
const isKept = (page: Page) =>
  page.evaluate(async () => {
    const { active } = await navigator.serviceWorker.ready;
    return active?.state === 'activated';
  });

browserTest('an expected machine is checked in with three taps, offline too; two stations at the same one make one arrival', async () => {
  const [east, west] = await Promise.all([stationPage('east'), stationPage('west')]);
  await east.page.getByText('皖12·34567').waitFor();
  await west.page.getByText('皖12·70002').waitFor();
  await Promise.all([isKept(east.page), isKept(west.page)]);
  await Promise.all([east.context.setOffline(true), west.context.setOffline(true)]);

  // Without a network, and the page opened anew in between.
  await east.page.reload();
  await east.page.getByText('皖12·34567').click();
  await east.page.getByText('全部已告知').click();
  await east.page.getByRole('button', { name: '登记到站' }).click();
  await east.page
    .getByRole('heading', { name: '登记离站' })
    .or(east.page.getByRole('button', { name: '登记离站' }))
    .waitFor();
  expect(await effort(east.page)).toEqual([3, 0]);
  await east.page.getByLabel('写一条备注').fill('割台要调');
  await east.page.getByRole('button', { name: '添加' }).click();
  await east.page.getByText('待同步 3').waitFor();
  // While a page loads anew the browser may not know yet that it is offline.
  await east.context.route('**/api/**', route => route.abort());
  await east.page.reload();
  await east.page.getByText('待同步 3').waitFor();
  await east.page.getByText('割台要调').waitFor();

  // The other one has it on no list of its own.
  await west.page.getByLabel('输入号牌几位，或扫码').fill('皖12 34567');
  await west.page.getByRole('button', { name: '登记 皖12 34567' }).click();
  await west.page.getByRole('button', { name: '登记到站' }).click();
  await west.page.getByLabel('写一条备注').fill('住两晚');
  await west.page.getByRole('button', { name: '添加' }).click();
  await west.page.getByText('待同步 2').waitFor();
  expect((await desk()).present).toEqual([]);

  await east.context.unroute('**/api/**');
  await Promise.all([east.context.setOffline(false), west.context.setOffline(false)]);
  await expect
    .poll(async () => (await desk()).present.map(({ notes }) => notes.map(({ text }) => text).sort()), { timeout: 20_000 })
    .toEqual([['住两晚', '割台要调']]);
  const [visit] = (await desk()).present;
  expect([visit.arrivedAt <= NOON, visit.alsoArrived.length, visit.briefed.length, [...visit.stations].sort()]).toEqual([
    true,
    1,
    6,
    ['east', 'west'],
  ]);
  for (const { page } of [east, west]) {
    await page.getByText('已全部同步').waitFor();
    await page.getByText('已并为一次').waitFor();
  }
  // An expired permit is refused in words, and with it the work.
  await east.page.getByLabel('证号').fill('皖0012345');
  await east.page.locator('input[name=permit-to]').fill('2027-06-05');
  await east.page.locator('input[name=permit-from]').fill('2027-05-01');
  await east.page.getByRole('button', { name: '核对' }).click();
  await east.page.getByText('已过有效期').waitFor();
  expect(await east.page.getByRole('button', { name: '查看附近的活' }).count()).toBe(0);
  expect(complaints).toEqual([]);
});
