import { Transformer } from '@napi-rs/image';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { ask, at, COUNTY, field, machine, NOON, rectangle, station, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { Actor } from '../../shared/permissions.ts';
import type { Repair } from '../../shared/repair.ts';
import { newId } from '../connection/new-id.ts';

const TABLET = { width: 820, height: 1180 };
const PHONE = { width: 390, height: 844 };
const HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';

let browser: Browser;
let pages: string;
let server: TestApp;
let desk: Page;
let bay: Page;
const complaints: string[] = [];

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
  const machines = [machine('C1'), machine('C2'), machine('C3'), machine('C4', { plate: HOSTILE, operatorName: HOSTILE })];
  const stations = [station('east', 300, 0), station('north', 0, 9000)];
  const fields = [field('F1', rectangle(0, 0, 20, 100))];
  server = await testApp({ demo: true, fields, machines, stations, pages });
  for (const [i, id] of ['C1', 'C2', 'C4'].entries()) {
    const device = await server.connect(await server.token({ role: 'device', machine: id }));
    const [lng, lat] = at(i * 4000, 0);
    await ask(device, 'fix:report', { v: 1, outbox: `outbox-of-${id}`, rows: [[1, NOON - 60_000, lng, lat, 4, 0, 1, 2.5, 1]] });
  }
});

afterAll(() => browser?.close());

/** A page of somebody's own browser, signed in. */
async function pageOf(who: Partial<Actor> & Pick<Actor, 'role'>, path: string, viewport = TABLET): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.addCookies([{ name: 'session', value: await server.token(who), url: server.url }]);
  const page = await context.newPage();
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 40[019]|ERR_FAILED|ERR_INTERNET/.test(message.text())) complaints.push(message.text());
  });
  // Every tap and every character typed from here on.
  await page.addInitScript(() => {
    const counted = window as unknown as { taps: number; typed: number };
    counted.taps = 0;
    counted.typed = 0;
    window.addEventListener('pointerdown', () => counted.taps++, true);
    window.addEventListener(
      'beforeinput',
      event => {
        counted.typed += event.data?.length ?? 0;
      },
      true,
    );
  });
  await page.goto(server.url + path);
  return page;
}

const effort = (page: Page): Promise<{ taps: number; typed: number }> =>
  page.evaluate(() => {
    const { taps, typed } = window as unknown as { taps: number; typed: number };
    return { taps, typed };
  });
const redPixels = async (page: Page): Promise<number> => (await redMarks(page)).count;
const textOf = (page: Page, selector: string): Promise<string> => page.locator(selector).first().innerText();
const machinesOf = async (): Promise<object> => {
  const { body } = await server.get(`/api/v1/progress/parts?division=${COUNTY}`, await server.token({ role: 'administrator' }));
  return (body as { unit: { machines: object } }).unit.machines;
};
const call = async (id: string, over: object = {}): Promise<Repair> => {
  const body = { id: newId(), fault: 'engine', note: '冒黑烟', lngLat: at(10, 0), calledAt: NOON - 25 * 60_000, ...over };
  return (
    await server.send('POST', '/api/v1/repairs/call', body, await server.token({ role: 'operator', machine: id, name: `机手 ${id}` }))
  ).body;
};
/** How many pixels of the map's marks are of the red of a repair, and where their middle is on the page. */
const redMarks = (page: Page): Promise<{ count: number; x: number; y: number }> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.machine-canvas')!;
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    const box = canvas.getBoundingClientRect();
    const found = { count: 0, x: 0, y: 0 };
    for (let i = 0; i < data.length; i += 4) {
      if (data[i] !== 0xd5 || data[i + 1] !== 0x5e || data[i + 2] !== 0 || data[i + 3] !== 255) continue;
      const pixel = i / 4;
      found.count++;
      found.x += pixel % canvas.width;
      found.y += Math.floor(pixel / canvas.width);
    }
    const scale = found.count * (canvas.width / box.width);
    return { count: found.count, x: box.left + found.x / scale, y: box.top + found.y / scale };
  });

describe('a breakdown from call to end', () => {
  let repair: Repair;

  browserTest('appears at the station, on the map and in the counts within seconds', async () => {
    bay = await pageOf({ role: 'station', station: 'east', name: '东站' }, '/station');
    desk = await pageOf({ role: 'dispatcher', division: '410100', name: '调度' }, '/', { width: 1440, height: 900 });
    await bay.getByText('现在没有要修的农机').waitFor();
    await expect.poll(() => textOf(desk, '.figures > .figures__row'), { timeout: 15_000 }).toMatch(/在线\s*3\/4\s*维修\s*0 台/);
    expect(await redPixels(desk)).toBe(0);
    repair = await call('C1');
    await bay.locator('.queue__row', { hasText: '豫A·C1' }).waitFor();
    expect(await textOf(bay, '.queue__row')).toMatch(/豫A·C1\s+发动机 · 机手 C1\s+已报修\s+已等 25 分钟/);
    await expect.poll(() => textOf(desk, '.figures > .figures__row')).toMatch(/在线\s*3\/4\s*维修\s*1 台/);
    await expect.poll(() => redPixels(desk)).toBeGreaterThan(10);
    expect(await machinesOf()).toEqual({ registered: 4, online: 3, working: 0, inRepair: 1, available: 2 });
  });

  browserTest('is listed for the dispatcher on g r, with the machine and its station', async () => {
    await desk.keyboard.press('g');
    await desk.keyboard.press('r');
    await desk.locator('.tabulator-row', { hasText: '豫A·C1' }).click();
    await desk.locator('.drawer', { hasText: 'east三夏服务站' }).waitFor();
    expect(await textOf(desk, '.drawer')).toMatch(/冒黑烟/);
    await desk.getByText('看这台农机').click();
    await expect.poll(() => textOf(desk, '.drawer .machine-head')).toMatch(/维修中/);
    expect(await textOf(desk, '.drawer .facts')).toMatch(/维修\s+发动机 · 自 25 分钟前 · 11:35\s*east三夏服务站/);
  });

  browserTest('is started, given parts and a photo, and finished; the ✕ goes and the machine is available again', async () => {
    await bay.locator('.queue__row', { hasText: '豫A·C1' }).click();
    await bay.getByRole('button', { name: '开始维修' }).click();
    await bay.locator('textarea[name=parts]').fill('喷油嘴 1 个');
    const file = {
      name: 'p.png',
      mimeType: 'image/png',
      buffer: await Transformer.fromRgbaPixels(new Uint8Array(2000 * 1000 * 4).fill(130), 2000, 1000).png(),
    };
    await bay.locator('input[type=file]').setInputFiles(file);
    await bay.locator('.photos a img').waitFor();
    await bay.getByRole('button', { name: '完成', exact: true }).click();
    await bay.getByRole('button', { name: '重新打开' }).waitFor();
    await expect.poll(() => textOf(bay, '.sync')).toMatch(/已全部同步/);
    const { body } = await server.get(`/api/v1/repairs/${repair.id}`, await server.token({ role: 'station', station: 'east' }));
    expect(body).toMatchObject({
      startedAt: NOON,
      finishedAt: NOON,
      parts: '喷油嘴 1 个',
      photos: [expect.any(String)],
      author: '机手 C1',
    });
    await expect.poll(() => redPixels(desk), { timeout: 3000 }).toBe(0);
    await expect.poll(() => textOf(desk, '.figures > .figures__row')).toMatch(/维修\s*0 台/);
    expect(await machinesOf()).toEqual({ registered: 4, online: 3, working: 0, inRepair: 0, available: 3 });
    await bay.getByRole('tab', { name: '已完成' }).click();
    await bay.locator('.queue__row', { hasText: '豫A·C1' }).waitFor();
    await bay.locator('input[type=search]').fill('没有这个词');
    await bay.getByText('没有找到').waitFor();
    await bay.locator('input[type=search]').fill('喷油嘴');
    await bay.locator('.queue__row', { hasText: '豫A·C1' }).waitFor();
  });
});

describe('a repair written down on a phone', () => {
  browserTest('takes at most 8 taps and 12 characters, from 新登记 to 完成, with parts', async () => {
    const phone = await pageOf({ role: 'station', station: 'east', name: '东站' }, '/station', PHONE);
    await phone.getByRole('button', { name: '新登记' }).click();
    await phone.locator('input[name=plate]').click();
    await phone.keyboard.type('C2');
    await phone.locator('.chips__one', { hasText: '豫A·C2' }).click();
    await phone.locator('.tiles__one', { hasText: '割台' }).click();
    await phone.getByRole('button', { name: '登记', exact: true }).click();
    await phone.getByRole('button', { name: '开始维修' }).click();
    await phone.locator('textarea[name=parts]').click();
    await phone.keyboard.type('刀片 6');
    await phone.getByRole('button', { name: '完成', exact: true }).click();
    await phone.getByRole('button', { name: '重新打开' }).waitFor();
    expect(await effort(phone)).toEqual({ taps: 8, typed: 6 });
    await expect.poll(() => textOf(phone, '.sync')).toMatch(/已全部同步/);
    const { body } = await server.get('/api/v1/repairs?state=closed', await server.token({ role: 'station', station: 'east' }));
    const { repairs } = body as { repairs: Repair[] };
    expect(repairs.find(one => one.machine === 'C2')).toMatchObject({
      plate: '豫A·C2',
      fault: 'header',
      parts: '刀片 6',
      source: 'station',
    });
    await phone.context().close();
  });

  browserTest('works without a network: it is kept through a reload, counted, and sent once when the network is back', async () => {
    const phone = await pageOf({ role: 'station', station: 'north', name: '北站' }, '/station', PHONE);
    await phone.getByText('现在没有要修的农机').waitFor();
    // The server is out of reach, the page itself is not.
    await phone.route('**/api/v1/repairs**', route => route.abort());
    await phone.getByRole('button', { name: '新登记' }).click();
    await phone.locator('input[name=plate]').fill('皖K·00001');
    await phone.reload();
    await phone.getByText('没登记完的内容已为你留着').waitFor();
    expect(await phone.locator('input[name=plate]').inputValue()).toBe('皖K·00001');
    await phone.locator('.tiles__one', { hasText: '液压' }).click();
    await phone.getByRole('button', { name: '登记', exact: true }).click();
    await phone.locator('textarea[name=note]').fill('油管破裂');
    await expect.poll(() => textOf(phone, '.sync')).toMatch(/待同步 1/);
    await phone.reload();
    await expect.poll(() => textOf(phone, '.sync')).toMatch(/待同步 1\s+网络不通/);
    expect(await phone.locator('textarea[name=note]').inputValue()).toBe('油管破裂');
    await phone.unroute('**/api/v1/repairs**');
    await phone.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect.poll(() => textOf(phone, '.sync'), { timeout: 15_000 }).toMatch(/已全部同步/);
    const { body } = await server.get('/api/v1/repairs', await server.token({ role: 'station', station: 'north' }));
    expect((body as { repairs: Repair[] }).repairs.map(({ plate, machine: id, note }) => [plate, id, note])).toEqual([
      ['皖K·00001', null, '油管破裂'],
    ]);
    await phone.context().close();
  });
});

describe('a station without a network', () => {
  browserTest('keeps parts, a repair that another station has already, and its part; nothing is there twice afterwards', async () => {
    const east = await server.token({ role: 'station', station: 'east', name: '东站' });
    const first = { id: newId(), machine: null, plate: '苏C·同一台', station: 'east', fault: 'engine', note: '东站先写', parts: '' };
    const times = { calledAt: NOON - 60_000, startedAt: null, finishedAt: null };
    const shelf = { id: newId(), station: 'north', part: 'B1', name: '三角带', unit: '根', kind: 'receive', quantity: 3, at: NOON };
    const north = await server.token({ role: 'station', station: 'north', name: '北站' });
    await server.send('POST', '/api/v1/stock/movements', shelf, north);
    const phone = await pageOf({ role: 'station', station: 'north', name: '北站' }, '/station#/stock', PHONE);
    await phone.locator('.bay__row', { hasText: '三角带' }).waitFor();
    await phone.route('**/api/v1/**', route => route.abort());
    await phone.getByRole('button', { name: '领用' }).click();
    await phone.locator('input[name=quantity]').fill('2');
    await phone.getByRole('button', { name: '保存' }).click();
    await phone.getByRole('tab', { name: '维修', exact: true }).click();
    await phone.getByRole('button', { name: '新登记' }).click();
    await phone.locator('input[name=plate]').fill('苏c 同一台');
    await phone.locator('.tiles__one', { hasText: '割台' }).click();
    await phone.getByRole('button', { name: '登记', exact: true }).click();
    await phone.locator('textarea[name=note]').fill('北站后写');
    await phone.getByRole('button', { name: '→ 已接单' }).click();
    await expect.poll(() => textOf(phone, '.sync')).toMatch(/待同步 2/);
    await server.send('POST', '/api/v1/repairs', { ...first, lngLat: null, ...times }, east);
    await phone.unroute('**/api/v1/**');
    await phone.evaluate(() => window.dispatchEvent(new Event('online')));
    await phone.getByText('这台农机已有维修单（east三夏服务站）').waitFor();
    await expect.poll(() => textOf(phone, '.sync'), { timeout: 15_000 }).toMatch(/已全部同步/);
    const { body } = await server.get(`/api/v1/repairs/${first.id}`, east);
    expect(body).toMatchObject({
      note: '东站先写',
      alsoLogged: [{ by: '北站', note: '北站后写' }],
      steps: [{}, { stage: 'taken', by: '北站' }],
    });
    const shelves = (await server.get('/api/v1/stock?station=north', north)).body as { rows: object[] };
    expect(shelves.rows).toMatchObject([{ part: 'B1', quantity: 1 }]);
    // The page itself opens without a network, with the day's shelves as they were last heard.
    await phone.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await phone.getByRole('tab', { name: '配件', exact: true }).click();
    await phone.locator('.bay__row', { hasText: '1 根' }).waitFor();
    await phone.context().setOffline(true);
    await phone.reload();
    await phone.locator('.bay__row', { hasText: '1 根' }).waitFor();
    await phone.getByText('断网前的内容').waitFor();
    await phone.context().close();
  });
});

describe('two who write on the same repair', () => {
  browserTest('see both sides of a conflict, and one of them decides', async () => {
    const repair = await call('C3', { fault: 'other', note: '' });
    const token = await server.token({ role: 'station', station: 'east' });
    const page = await pageOf({ role: 'station', station: 'east', name: '东站' }, `/station#/open/${repair.id}`);
    const note = page.locator('textarea[name=note]');
    await note.waitFor();
    await page.route(`**/api/v1/repairs/${repair.id}**`, route => route.abort());
    await note.fill('我写的');
    await server.send('PUT', `/api/v1/repairs/${repair.id}`, { version: 1, changes: { note: '别人写的', parts: '皮带' } }, token);
    await page.unroute(`**/api/v1/repairs/${repair.id}**`);
    await page.locator('.conflict').waitFor();
    expect(await textOf(page, '.conflict tbody')).toMatch(/说明\s+我写的\s+别人写的/);
    await page.getByText('用我填的').click();
    await expect.poll(() => textOf(page, '.sync')).toMatch(/已全部同步/);
    const { body } = await server.get(`/api/v1/repairs/${repair.id}`, token);
    expect(body).toMatchObject({ note: '我写的', parts: '皮带', version: 3 });
    await page.context().close();
  });

  browserTest('what the server refuses stays on the page with the reason', async () => {
    const repair = await call('C3', { fault: 'other', note: '' });
    const page = await pageOf({ role: 'station', station: 'east', name: '东站' }, `/station#/open/${repair.id}`);
    await page.getByRole('button', { name: '开始维修' }).click();
    await page.locator('input[type=datetime-local]').nth(1).fill('2027-06-05T10:00');
    await page.locator('input[type=datetime-local]').nth(1).blur();
    await page.getByText('开始时间不能早于报修').waitFor();
    expect(await textOf(page, '.sync')).toMatch(/1 项需要处理/);
    await page.getByText('放弃修改').click();
    await expect.poll(() => textOf(page, '.sync')).toMatch(/已全部同步/);
    await page.context().close();
  });
});

describe('hostile text', () => {
  const formula = '=HYPERLINK("http://evil","x")';
  const mirrored = '\u202Egnissim\u202C';

  browserTest('is shown as it was typed and does nothing: list, card, paper, drawer, map', async () => {
    const long = '长'.repeat(440);
    const body = { id: newId(), machine: null, plate: '<b onclick=1>豫</b>', station: 'east', fault: 'other', lngLat: at(0, 0) };
    const times = { calledAt: NOON, startedAt: null, finishedAt: null };
    const token = await server.token({ role: 'station', station: 'east', name: `${mirrored}<i>` });
    await server.send('POST', '/api/v1/repairs', { ...body, ...times, note: HOSTILE, parts: `${formula} ${mirrored} ${long}` }, token);
    await bay.goto(`${server.url}/station#/open/${body.id}`);
    await bay.reload();
    await bay.locator('.queue__row', { hasText: '<b onclick=1>豫</b>' }).waitFor();
    expect(await bay.locator('textarea[name=note]').inputValue()).toBe(HOSTILE);
    await bay.emulateMedia({ media: 'print' });
    expect(await textOf(bay, '.paper')).toContain(HOSTILE);
    expect(await bay.locator('.paper').evaluate(paper => paper.scrollWidth <= paper.clientWidth)).toBe(true);
    await bay.emulateMedia({ media: null });
    expect(await bay.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await desk.goto(`${server.url}/#/410100/repair/${body.id}`);
    await desk.locator('.drawer', { hasText: HOSTILE }).waitFor();
    expect(await desk.locator('.drawer').evaluate(drawer => drawer.scrollWidth <= drawer.clientWidth)).toBe(true);
    await desk.goto(`${server.url}/#/410100/repairs`);
    await desk.locator('.tabulator-row', { hasText: '<b onclick=1>豫</b>' }).waitFor();
    for (const page of [bay, desk]) {
      expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBe(undefined);
      expect(await page.locator('.station b b, .drawer b b, .drawer img[src=x]').count()).toBe(0);
    }
  });

  browserTest('a plate and a name that are script are text on the map and in the list of machines', async () => {
    await call('C4', { note: '' });
    await desk.goto(`${server.url}/#/410100/machine/C4`);
    await desk.locator('.drawer h2', { hasText: HOSTILE }).waitFor();
    await expect.poll(() => redPixels(desk)).toBeGreaterThan(10);
    await expect
      .poll(async () => {
        const { x, y } = await redMarks(desk);
        await desk.mouse.move(x, y);
        return desk.locator('.map__tip').innerText();
      })
      .toContain(`${HOSTILE} · ${HOSTILE}`);
    await bay.goto(`${server.url}/station#/open`);
    await bay.locator('.queue__row', { hasText: HOSTILE }).waitFor();
    for (const page of [bay, desk]) expect(await page.evaluate(() => (window as unknown as { hit?: number }).hit)).toBe(undefined);
  });

  browserTest('every word of the page is there in English too', async () => {
    const page = await pageOf({ role: 'station', station: 'north', name: 'North' }, '/station');
    await page.evaluate(() => localStorage.setItem('language', 'en'));
    for (const at of ['/open', '/open/new', '/closed']) {
      await page.goto(`${server.url}/station#${at}`);
      await page.reload();
      await page.locator('.sync', { hasText: 'all synced' }).waitFor();
      const shown = await page.locator('.office').innerText();
      expect(shown.replace(/皖K|三夏服务站|中文/g, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    }
    await page.locator('.station__tab').first().click();
    await page.locator('.queue__row').first().click();
    await page.locator('.card__print').waitFor();
    expect((await page.locator('.card').innerText()).replace(/皖K|三夏服务站|北站|三角带|根/g, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    await page.context().close();
  });

  browserTest('no page complained of an error or of a breach of the content security policy', () => {
    expect(complaints).toEqual([]);
  });
});
