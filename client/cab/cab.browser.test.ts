import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { at, COUNTY, field, rectangle, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import { PIXEL } from '../../server/transport/route-cases.fixture.ts';
import { dayOf, dayStart } from '../../shared/season.ts';
import { illegibleOn } from './legible.fixture.ts';
import { Line } from './line.fixture.ts';
import { complaintsOf, drivenTo, driveTo, invitation, type Position, phone } from './phone.fixture.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/**
 * A strip of 2.5 m × 100 m, 0.375 mu, and a track that cuts it at a metre a second, half an hour ago, and then goes on to the north. Just
 * after midnight it is of the new day all the same.
 */
const strip = field('F1', rectangle(0, 0, 2.5, 100));
const began = Math.max(Date.now() - 30 * 60_000, dayStart(dayOf(Date.now())));
const track: Position[] = Array.from({ length: 400 }, (_, second) => [began + second * 1000, ...at(1.25, second - 2)]);
const station = { id: 'S1', name: '高村服务站', division: COUNTY, location: at(500, 500) };

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).tap();
const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();

describe("an operator's day on the phone", () => {
  let server: TestApp;
  let line: Line;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const fixesOf = (machine: string) => server.app.book.machines.detail(machine).fixes;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ realClock: true, fields: [strip], stations: [station], pages });
    line = await Line.to(server.url);
    context = await phone(browser, { track });
    page = await context.newPage();
    complaints = complaintsOf(page);
  });

  browserTest('from the link: sees whose machine and what is agreed to, and is on duty after two taps', async () => {
    await page.goto(line.url + (await invitation(server, 'C1')));
    await page.getByText('豫A·C1').waitFor();
    expect(await textOf(page, '.cab-consent')).toContain('位置是你的个人信息');
    await tap(page, '同意，用这部手机作业');
    await tap(page, '开始作业');
    await page.getByRole('button', { name: '结束作业' }).waitFor();
    await expect.poll(() => server.app.book.duties.of('C1')?.on).toBe(true);
    await expect.poll(() => server.app.book.cabStore.latestConsent('C1')).toMatchObject({ machine: 'C1', text: 1 });
    // The code is not left in the address.
    expect(new URL(page.url()).hash).toBe('');
  });

  browserTest('works a field and sees its mu; the server has all that was recorded', async () => {
    await tap(page, /放下/);
    await driveTo(page, 120);
    await expect.poll(() => textOf(page, '.cab-today b'), { timeout: 30_000 }).toBe('0.4');
    await expect.poll(() => textOf(page, '.cab-waiting'), { timeout: 30_000 }).toMatch(/待传 0\s+全部已上传/);
    expect(await textOf(page, '.cab-figures')).toMatch(/服务器已收到 .* 为止/);
    expect(await illegibleOn(page)).toEqual([]);
    expect(await textOf(page, '.cab-senses')).toMatch(/屏幕常亮：开[\s\S]*锁屏后手机不给定位[\s\S]*没有缺记录/);
  });

  browserTest('breaks down without a network in three taps: the call waits, is received, and is taken by the station', async () => {
    line.cut();
    await tap(page, '故障');
    await tap(page, '割台');
    await page.getByLabel('拍照（可不拍）').setInputFiles({ name: 'header.png', mimeType: 'image/png', buffer: PIXEL });
    await page.getByRole('img', { name: '故障照片' }).waitFor();
    expect(await illegibleOn(page)).toEqual([]);
    await tap(page, '报修');
    await page.getByText('报修待发送，网络恢复后自动发出').waitFor();
    await page.getByText('照片待发送').waitFor();
    await page.getByText('无网络').waitFor();
    await line.mend();
    await page.getByText('高村服务站 已接到').waitFor();
    const repair = server.app.book.repairs.openOf('C1')!;
    expect(repair).toMatchObject({ machine: 'C1', fault: 'header', station: 'S1', source: 'cab' });
    await expect.poll(() => server.app.book.repairs.openOf('C1')?.photos.length).toBe(1);
    const atStation = await server.token({ role: 'station', station: 'S1' });
    const changes = { version: 1, changes: { startedAt: repair.calledAt } };
    expect(await server.send('PUT', `/api/v1/repairs/${repair.id}`, changes, atStation)).toMatchObject({ status: 200 });
    await page.getByText('高村服务站 正在修').waitFor();
  });

  browserTest('sees its record without a network, objects to a row, asks for fuel, and hears what became of both', async () => {
    await tap(page, /我的记录/);
    await page.getByText('官峪村').waitFor();
    expect(await textOf(page, '.record-sums')).toMatch(/今日\s+亩\s+0\.4\s+小时\s+0\.0\s+块地\s+1\s+元\s+0\s+另有 0\.4 亩没有约定价格/);
    line.cut();
    await tap(page, '有异议');
    await tap(page, '面积少了');
    await page.getByLabel('你认为是多少亩').fill('0.5');
    await tap(page, '提出异议');
    await page.getByText('异议待发送').waitFor();
    await tap(page, '返回');
    await tap(page, '加油');
    await tap(page, '100 升');
    await tap(page, '要油');
    await page.getByText('要油待发送').waitFor();
    await line.mend();
    await page.getByText('已收到，等站点接单 · 高村服务站').waitFor();
    await tap(page, /我的记录/);
    await page.getByText('异议已收到，等调度员答复').waitFor();
    const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY, name: '调度员' });
    const { body } = await server.get(`/api/v1/claims?division=${COUNTY}`, dispatcher);
    const [{ id, reason, claimedMu }] = (body as { objections: { id: string; reason: string; claimedMu: number }[] }).objections;
    expect([reason, claimedMu]).toEqual(['less', 0.5]);
    const decision = { version: 1, verdict: 'upheld', agreedMu: 0.5, reason: '皮尺量过' };
    expect(await server.send('POST', `/api/v1/objections/${id}/settle`, decision, dispatcher)).toMatchObject({ status: 200 });
    await page.getByText('协商 0.5 亩').waitFor();
    expect(await textOf(page, '.record-row__mu')).toMatch(/^0\.4\s+亩/);
    await tap(page, '返回');
    await page.getByText(/异议答复：官峪村/).waitFor();
  });

  browserTest('in a second tab the phone shows the same numbers, and records in one of them only', async () => {
    const other = await context.newPage();
    await other.goto(`${line.url}/cab`);
    await other.getByText('本机已在另一个页面里作业').waitFor();
    expect(await textOf(other, '.cab-today b')).toBe('0.4');
    expect(await other.getByRole('button', { name: '结束作业' }).isDisabled()).toBe(true);
    await tap(other, '改用这个页面');
    await page.getByText('本机已在另一个页面里作业').waitFor();
    expect(await other.getByRole('button', { name: '结束作业' }).isDisabled()).toBe(false);
    await other.close();
    await expect.poll(() => page.getByRole('button', { name: '结束作业' }).isDisabled()).toBe(false);
  });

  browserTest('off duty nothing is recorded and nothing is sent', async () => {
    await tap(page, '结束作业');
    await page.getByText('未上工时，本机不记录、也不上传位置。').waitFor();
    await expect.poll(() => server.app.book.duties.of('C1')?.on).toBe(false);
    await expect.poll(() => server.app.sockets.count).toBe(0);
    const before = fixesOf('C1');
    const told = await drivenTo(page);
    await driveTo(page, told + 60);
    await expect.poll(() => textOf(page, '.cab-waiting')).toMatch(/待传 0/);
    // Nobody listens to the receiver.
    expect(await drivenTo(page)).toBe(told);
    expect(fixesOf('C1')).toBe(before);
  });

  browserTest('another machine on the same phone gets an outbox of its own; the old one is drained under its own token', async () => {
    await tap(page, '开始作业');
    await page.getByRole('button', { name: '结束作业' }).waitFor();
    line.cut();
    const before = fixesOf('C1');
    await driveTo(page, 300);
    await expect.poll(() => drivenTo(page), { timeout: 30_000 }).toBe(300);
    await expect.poll(() => textOf(page, '.cab-waiting')).toMatch(/待传 [1-9]\d*\s+网络恢复后自动上传/);
    await tap(page, '更多');
    await tap(page, '退出本机');
    expect(await textOf(page, '.cab-note')).toMatch(/会先结束作业。\s+还有 \d+ 条没有上传/);
    await tap(page, '确定退出');
    await page.getByText(/手机里还有 \d+ 条以前的记录没有上传/).waitFor();
    await line.mend();
    await page.goto(line.url + (await invitation(server, 'C2')));
    await tap(page, '同意，用这部手机作业');
    await page.getByText('豫A·C2').waitFor();
    await expect.poll(() => fixesOf('C1'), { timeout: 20_000 }).toBeGreaterThan(before + 20);
    await expect.poll(() => textOf(page, '.cab-waiting')).toMatch(/待传 0/);
    expect(fixesOf('C2')).toBe(0);
    await expect.poll(() => server.app.book.duties.of('C1')?.on).toBe(false);
  });

  browserTest('a phone that was stopped says so, keeps what it has, and goes on after it is enrolled again', async () => {
    await tap(page, '开始作业');
    await page.getByRole('button', { name: '结束作业' }).waitFor();
    line.cut();
    await driveTo(page, 400);
    await expect.poll(() => textOf(page, '.cab-waiting'), { timeout: 20_000 }).toMatch(/待传 [1-9]/);
    const account = [...server.app.book.people.accounts.all()].find(one => one.machine === 'C2')!;
    const administrator = await server.token({ role: 'administrator' });
    const stopped = await server.send('POST', `/api/v1/accounts/${account.id}/disable`, { devices: true }, administrator);
    expect(stopped.status).toBe(200);
    await line.mend();
    await page.getByText('这部手机已被停用').waitFor();
    expect(await textOf(page, '.cab-waiting')).toMatch(/待传 [1-9]/);
    await tap(page, '重新登记');
    await page.goto(line.url + (await invitation(server, 'C2')));
    await tap(page, '同意，用这部手机作业');
    await expect.poll(() => fixesOf('C2'), { timeout: 20_000 }).toBeGreaterThan(10);
  });

  browserTest('reads every word in English after one switch, but for names', async () => {
    await tap(page, '更多');
    await tap(page, 'English');
    await tap(page, 'Back');
    await page.getByRole('button', { name: 'Start work' }).waitFor();
    const shown = await textOf(page, '.cab');
    expect(shown.replaceAll('豫A·C2', '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    await tap(page, 'More');
    await tap(page, 'Keep the phone recording');
    expect((await textOf(page, '.cab')).match(/[\u4e00-\u9fff]+/g)).toBeNull();
    expect(await page.locator('.cab-alive details').count()).toBe(5);
    expect(await illegibleOn(page)).toEqual([]);
    await tap(page, 'Back');
    await tap(page, '中文');
    await tap(page, '返回');
  });

  browserTest('on a phone that is enrolled one tap is enough', async () => {
    await page.reload();
    await tap(page, '开始作业');
    await page.getByRole('button', { name: '结束作业' }).waitFor();
    await expect.poll(() => server.app.book.duties.of('C2')?.on).toBe(true);
  });

  browserTest('was told of no error and of no breach of the content security policy', () => {
    expect(complaints).toEqual([]);
  });
});

describe('a browser that cannot', () => {
  browserTest("WeChat's is told to open a real one, with the address", async () => {
    const server = await testApp({ pages });
    const context = await phone(browser, { userAgent: 'Mozilla/5.0 (Linux; Android 13) Mobile MicroMessenger/8.0.44' });
    const page = await context.newPage();
    await page.goto(`${server.url}/cab#enrol=ABCDE-FGHIJ`);
    await page.getByText('请用浏览器打开').waitFor();
    expect(await textOf(page, '.cab-address')).toBe(`${server.url}/cab#enrol=ABCDE-FGHIJ`);
  });

  browserTest('over plain http it is told why GPS is off and what to ask for', async () => {
    const server = await testApp({ pages });
    const context = await phone(browser);
    await context.route('http://cab.example/**', async route => {
      const { pathname, search } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: server.url + pathname + search }) });
    });
    const page = await context.newPage();
    await page.goto('http://cab.example/cab');
    await page.getByText('这个地址不能定位').waitFor();
    expect(await textOf(page, '.cab-obstacle')).toContain('向调度员要 https:// 开头的地址');
  });
});

describe('a demonstration', () => {
  let page: Page;

  browserTest('lets its operator make this phone the machine by one tap', async () => {
    const server = await testApp({ demo: true, pages });
    const context = await phone(browser);
    page = await context.newPage();
    await page.clock.install();
    await page.goto(server.url);
    await page.getByText('机手', { exact: false }).first().tap();
    await page.getByRole('button', { name: '同意，用这部手机作业' }).tap();
    await tap(page, '开始作业');
    await page.getByRole('button', { name: '结束作业' }).waitFor();
    await expect.poll(() => server.app.book.duties.of('C1')?.on).toBe(true);
  });

  browserTest('says after 30 s without a position what to try', async () => {
    await page.clock.runFor(31_000);
    await page.getByText('30 秒没有定位，请试：').waitFor();
  });

  browserTest('is a dim clock after a minute without a touch, and wakes by a tap', async () => {
    await page.clock.runFor(60_000);
    await page.getByText('点一下屏幕返回').tap();
    await page.getByRole('button', { name: '结束作业' }).waitFor();
  });
});

browserTest('all script that the cab loads is less than 120 kB, compressed, without the schemas', async () => {
  const names = await readdir(join(pages, 'assets'));
  const loaded = new Set<string>();
  const load = async (name: string): Promise<void> => {
    if (loaded.has(name)) return;
    loaded.add(name);
    const script = await readFile(join(pages, 'assets', name), 'utf8');
    for (const [, imported] of script.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)) await load(imported);
  };
  const page = await readFile(join(pages, 'index.html'), 'utf8');
  await load(/src="\/assets\/([^"]+\.js)"/.exec(page)![1]);
  await load(names.find(name => /^cab-.*\.js$/.test(name))!);
  const scripts = await Promise.all([...loaded].map(name => readFile(join(pages, 'assets', name))));
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  expect(bytes).toBeLessThan(120 * 1024);
  expect(bytes).toBeGreaterThan(30 * 1024);
  expect(scripts.some(script => script.includes('ZodError'))).toBe(false);
  expect([...loaded].some(name => /dispatcher|grid/.test(name))).toBe(false);
});
