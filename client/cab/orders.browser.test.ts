import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { at, COUNTY, field, rectangle, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { NoticeInput } from '../../shared/notice.ts';
import type { WorkOrderShown } from '../../shared/work-order.ts';
import { Line } from './line.fixture.ts';
import { complaintsOf, driveTo, heardFrom, invitation, type Position, phone } from './phone.fixture.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
});

afterAll(() => browser?.close());

const HOUR = 3_600_000;
/** Stands at the place near Xingyang since a minute ago. */
const track: Position[] = Array.from({ length: 30 }, (_, second) => [Date.now() - 60_000 + second * 1000, ...at(0, second)]);

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const tap = (page: Page, name: string | RegExp) => button(page, name).tap();
const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();

/** What a dispatcher does, by the same routes as his page. */
function office(server: TestApp) {
  const token = server.token({ role: 'dispatcher', name: '荥阳调度员', division: COUNTY });
  const send = async (method: string, path: string, body: object): Promise<never> => {
    const answer = await server.send(method, `/api/v1${path}`, body, await token);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body;
  };
  const give = async (machine: string, offer: object): Promise<WorkOrderShown> => {
    const offers = [{ id: randomUUID(), machine, machineVersion: server.app.book.orderLedger.versionOf(machine), note: '', ...offer }];
    return ((await send('POST', '/orders', { offers })) as { orders: WorkOrderShown[] }).orders[0];
  };
  return {
    /** 120 mu, 5926 m to the east: by road 8 km. */
    async work(machine: string, over: object = {}): Promise<WorkOrderShown> {
      const request = randomUUID();
      await send('PUT', `/requests/${request}`, {
        ...{ id: request, source: 'farmer', operation: 'harvest', division: TOWN, village: '官峪村', contactName: '老李' },
        ...{ contactPhone: '13700005678', fields: [], areaMu: 120, lngLat: at(5926, 0), crop: '小麦', from: Date.now() },
        ...{ to: Date.now() + 12 * HOUR, pricePerMu: 60, trackedOnly: false, leastWidthM: null, mostWidthM: null },
        ...{ note: '', contract: null, ...over },
      });
      return give(machine, { kind: 'work', request, division: null, operation: 'harvest', areaMu: null, note: '过桥右拐' });
    },
    move: (machine: string) => give(machine, { kind: 'move', request: null, division: TOWN, operation: 'harvest', areaMu: null }),
    async withdraw(id: string, reason: string): Promise<void> {
      const { version } = server.app.book.orders.find(id);
      await send('POST', `/orders/${id}/withdraw`, { version, reason });
    },
    notify: (text: string, isSevere: boolean) =>
      send('POST', '/notices', {
        ...{ id: randomUUID(), division: COUNTY, kinds: [], machines: ['C1'], order: null, until: null, isSevere, text },
      } satisfies NoticeInput),
  };
}

const stateOf = (server: TestApp, id: string) => server.app.book.orders.find(id).state;

/** An enrolled phone on duty whose page is kept for a time without a network. */
async function onDuty(server: TestApp, url: string) {
  const context = await phone(browser, { track });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url + (await invitation(server, 'C1')));
  await tap(page, '同意，用这部手机作业');
  await tap(page, '开始作业');
  await button(page, '结束作业').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await driveTo(page, track.length);
  await shown(page, /服务器已收到 .* 为止/);
  return { context, page, complaints };
}

describe('an order on the phone', () => {
  let server: TestApp;
  let line: Line;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ realClock: true, pages, fields: [field('F1', rectangle(3000, 0, 100, 100))] });
    line = await Line.to(server.url);
    ({ context, page, complaints } = await onDuty(server, line.url));
  });

  browserTest('comes live as a card over everything, is spoken once, and is accepted with one tap', async () => {
    await tap(page, '故障');
    const { id } = await office(server).work('C1');
    const card = page.getByRole('alertdialog', { name: '新任务' });
    await card.waitFor();
    const words = (await card.innerText()).replaceAll(/\s+/g, ' ');
    expect(words).toContain('荥阳高村乡官峪村');
    expect(words).toMatch(/面积 120 亩 距离 约 8 公里 亩价 60 元\/亩/);
    expect(words).toContain('联系人 老李 备注 过桥右拐');
    expect(await card.getByRole('link', { name: '打电话' }).getAttribute('href')).toBe('tel:13700005678');
    expect(await card.getByRole('link', { name: '导航' }).getAttribute('href')).toMatch(
      /^https:\/\/uri\.amap\.com\/navigation\?to=113\.47\d+%2C34\.69\d+/,
    );
    expect(await heardFrom(page)).toEqual(['荥阳高村乡官峪村，120亩，8公里，亩价60元。']);
    await tap(page, '接受');
    await expect.poll(() => stateOf(server, id)).toBe('accepted');
    // What was open behind it is there still.
    await shown(page, '哪里坏了？');
    await tap(page, '返回');
    expect((await heardFrom(page)).length).toBe(1);
  });

  browserTest('is set out for, begun and finished with the main button, and then listed as done', async () => {
    const { id } = server.app.book.orderLedger.liveOf('C1')[0];
    await tap(page, '出发');
    await expect.poll(() => stateOf(server, id)).toBe('onTheWay');
    await tap(page, '到了，开工');
    await expect.poll(() => stateOf(server, id)).toBe('working');
    await shown(page, /已测/);
    await tap(page, '做完了');
    await shown(page, '这一单做完了？');
    expect(stateOf(server, id)).toBe('working');
    await tap(page, '做完了');
    await expect.poll(() => stateOf(server, id)).toBe('done');
    await shown(page, '今天已结束 1 单');
  });

  browserTest('to move says where to; declining takes a tap and a reason', async () => {
    const { id } = await office(server).move('C1');
    await page.getByRole('alertdialog', { name: '调机任务' }).waitFor();
    expect((await heardFrom(page)).at(-1)).toMatch(/^请转场到荥阳市高村乡，[\d.]+公里，约\d+分钟。$/);
    await tap(page, '不接');
    await tap(page, '太远');
    await expect.poll(() => stateOf(server, id)).toBe('declined');
    expect(server.app.book.orders.find(id).declineReason).toBe('tooFar');
    await shown(page, '今天已结束 2 单');
  });

  browserTest('that was withdrawn is explained with a sound, and is gone with a tap', async () => {
    const { id } = await office(server).work('C1');
    await tap(page, '接受');
    await expect.poll(() => stateOf(server, id)).toBe('accepted');
    await office(server).withdraw(id, '农户改期');
    await page.getByRole('alertdialog', { name: '调度员已撤回' }).waitFor();
    await shown(page, '原因：农户改期');
    expect((await heardFrom(page)).at(-1)).toBe('荥阳高村乡官峪村，调度员已撤回：农户改期。');
    await tap(page, '知道了');
    await button(page, '结束作业').waitFor();
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
  });

  browserTest('is there after a reload without a network; what is done with it waits, and is sent in its order', async () => {
    const { id } = await office(server).work('C1');
    await page.getByRole('alertdialog', { name: '新任务' }).waitFor();
    line.cut();
    const before = (await heardFrom(page)).length;
    await page.reload();
    await page.getByRole('alertdialog', { name: '新任务' }).waitFor();
    await tap(page, '接受');
    await tap(page, '出发');
    await shown(page, '网络恢复后自动告诉调度员');
    await expect.poll(() => page.locator('.order-now .order-state').innerText()).toMatch(/前往\s+待传/);
    await page.reload();
    await button(page, '到了，开工').waitFor();
    expect(stateOf(server, id)).toBe('offered');
    // Not called out again.
    expect((await heardFrom(page)).length).toBe(before);
    await line.mend();
    await expect.poll(() => stateOf(server, id), { timeout: 20_000 }).toBe('onTheWay');
    const { accepted, onTheWay } = server.app.book.orders.find(id).times;
    expect(accepted!).toBeLessThan(onTheWay!);
    await expect.poll(() => page.locator('.order-waiting').count()).toBe(0);
    await office(server).withdraw(id, '换机');
    await tap(page, '知道了');
  });

  browserTest('accepted without a network and withdrawn meanwhile is explained in words, and blocks nothing', async () => {
    const { id } = await office(server).work('C1');
    await page.getByRole('alertdialog', { name: '新任务' }).waitFor();
    line.cut();
    await tap(page, '接受');
    await tap(page, '出发');
    await button(page, '到了，开工').waitFor();
    await office(server).withdraw(id, '改派给更近的农机');
    await line.mend();
    await page.getByRole('alertdialog', { name: '没有办成' }).waitFor({ timeout: 20_000 });
    await shown(page, '调度员已撤回这一单。');
    await shown(page, '原因：改派给更近的农机');
    expect((await heardFrom(page)).at(-1)).toBe('荥阳高村乡官峪村，调度员已撤回这一单。');
    await tap(page, '知道了');
    await button(page, '结束作业').waitFor();
    await expect.poll(() => page.getByRole('alertdialog').count()).toBe(0);
    expect(stateOf(server, id)).toBe('withdrawn');
    await expect.poll(() => page.locator('.cab-waiting').innerText(), { timeout: 20_000 }).toMatch(/待传 0/);
  });

  browserTest('off duty is shown without a sound, and can be answered', async () => {
    await tap(page, '结束作业');
    await shown(page, '未上工时，本机不记录、也不上传位置。');
    await expect.poll(() => server.app.sockets.count).toBe(0);
    const before = (await heardFrom(page)).length;
    const { id } = await office(server).work('C1');
    // Off duty there is no socket: the page asks when it is looked at again, and every minute.
    await page.reload();
    await page.getByRole('alertdialog', { name: '新任务' }).waitFor();
    await tap(page, '接受');
    await expect.poll(() => stateOf(server, id)).toBe('accepted');
    expect((await heardFrom(page)).length).toBe(before);
    await tap(page, '开始作业');
    await button(page, '出发').waitFor();
  });

  browserTest('reads every word in English after one switch, but for names', async () => {
    await tap(page, '更多');
    await tap(page, 'English');
    await tap(page, 'Back');
    await button(page, 'Set out').waitFor();
    const words = await page.locator('.cab').innerText();
    expect(words.replaceAll(/豫A·C1|荥阳高村乡官峪村|老李|过桥右拐/g, '').match(/[\u4e00-\u9fff]+/g)).toBeNull();
    for (const width of [360, 390]) {
      await page.setViewportSize({ width, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    }
    await tap(page, 'More');
    await tap(page, '中文');
    await tap(page, '返回');
  });

  browserTest('was told of no error and of no breach of the content security policy', async () => {
    // The browser itself notes the two answers, to accept and to set out, that came too late.
    const refused = 'Failed to load resource: the server responded with a status of 409 (Conflict)';
    expect(complaints).toEqual([refused, refused]);
    await context.close();
  });
});

describe('a notice on the phone', () => {
  browserTest('that is severe fills the screen and comes again every minute until it is read; others are a line', async () => {
    const server = await testApp({ realClock: true, pages });
    const context = await phone(browser, { track, hasVoice: false });
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(server.url + (await invitation(server, 'C1')));
    await tap(page, '同意，用这部手机作业');
    await tap(page, '开始作业');
    await button(page, '结束作业').waitFor();
    await office(server).notify('加油站改在卫生院门口', false);
    await expect
      .poll(async () => {
        await page.clock.runFor(1000);
        return page.getByText('加油站改在卫生院门口').count();
      })
      .toBe(1);
    expect(await heardFrom(page)).toEqual([]);
    await office(server).notify('15:00 前收机入库', true);
    const card = page.getByRole('alertdialog', { name: '紧急通知' });
    await expect
      .poll(async () => {
        await page.clock.runFor(1000);
        return card.count();
      })
      .toBe(1);
    // Eight notes each time: this phone has no voice.
    await expect.poll(async () => (await heardFrom(page)).length).toBe(8);
    await page.clock.runFor(60_000);
    await expect.poll(async () => (await heardFrom(page)).length).toBe(16);
    await page.clock.runFor(60_000);
    await expect.poll(async () => (await heardFrom(page)).length).toBe(24);
    await tap(page, '知道了');
    await card.waitFor({ state: 'detached' });
    await expect.poll(async () => (await server.app.book.notices.forMachine('C1')).find(({ isSevere }) => isSevere)?.readAt).not.toBe(null);
    await page.clock.runFor(120_000);
    expect((await heardFrom(page)).length).toBe(24);
    // Untouched meanwhile, it is the dim clock.
    await page.getByText('点一下屏幕返回').tap();
    await tap(page, /通知 2/);
    await expect.poll(async () => (await server.app.book.notices.forMachine('C1')).every(({ readAt }) => readAt !== null)).toBe(true);
  });
});
