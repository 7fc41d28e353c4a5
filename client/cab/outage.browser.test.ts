import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { at, COUNTY, field, rectangle, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import { acceptedOf } from '../../server/services/outbox.ts';
import { Line } from './line.fixture.ts';
import { drivenTo, driveTo, invitation, type Position, phone } from './phone.fixture.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
});

afterAll(() => browser?.close());

/** 100 m long, room for 48 passes of 2.5 m. */
const FIELD = field('F1', rectangle(0, 0, 120, 100));
const MINUTE = 60;
const SPEED_M_PER_S = 1.2;
/** There and back, each pass 2.5 m beside the last; 67 minutes of it, a position a second, ended 5 minutes ago. */
const passM = 100 + 2.5;
const [GONE, BACK, END] = [4 * MINUTE, 64 * MINUTE, 67 * MINUTE];
const began = Date.now() - (END + 5 * MINUTE) * 1000;
const place = (second: number): [east: number, north: number] => {
  const driven = second * SPEED_M_PER_S;
  const pass = Math.floor(driven / passM);
  const along = Math.min(100, driven - pass * passM);
  const across = Math.max(0, driven - pass * passM - 100);
  return [1.25 + pass * 2.5 + across, pass % 2 === 0 ? along : 100 - along];
};
const track: Position[] = Array.from({ length: END }, (_, second) => [began + second * 1000, ...at(...place(second))]);

const tap = (page: Page, name: string) => page.getByRole('button', { name }).tap();
const waiting = async (page: Page): Promise<number> =>
  Number(/待传 ([\d,]+)/.exec(await page.locator('.cab-waiting').innerText())?.[1].replace(',', ''));
const arrived = (page: Page, position: number) => expect.poll(() => drivenTo(page), { timeout: 60_000 }).toBe(position);

const PACE = { everyMs: 4, atOnce: 5 };

async function onDuty(server: TestApp, url: string) {
  const context = await phone(browser, { track, ...PACE });
  const page = await context.newPage();
  await begin(server, page, url);
  // The page is kept on the phone before the network goes.
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  return { context, page };
}

async function begin(server: TestApp, page: Page, url: string): Promise<void> {
  await page.goto(url + (await invitation(server, 'C1')));
  await tap(page, '同意，用这部手机作业');
  await tap(page, '开始作业');
  await page.getByRole('button', { name: '结束作业' }).waitFor();
}

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nothing answers any more.
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

const digestOf = async (server: TestApp) =>
  (await server.get('/api/v1/digest', await server.token({ role: 'administrator' }))).body as {
    fixes: number;
    fixSha256: string;
    coverageSha256: string;
    totals: Record<string, number>;
  };

browserTest(
  'an hour without a network and two killed tabs leave the server with what a phone has that never lost it',
  async () => {
    const [undisturbed, disturbed] = [
      await testApp({ realClock: true, fields: [FIELD], pages }),
      await testApp({ realClock: true, fields: [FIELD], pages }),
    ];
    const calm = await onDuty(undisturbed, undisturbed.url);
    await driveTo(calm.page, track.length);

    const line = await Line.to(disturbed.url);
    const first = await onDuty(disturbed, line.url);
    await driveTo(first.page, GONE);
    await arrived(first.page, GONE);
    await expect.poll(() => waiting(first.page), { timeout: 20_000 }).toBe(0);
    const sentBefore = disturbed.app.book.machines.detail('C1').fixes;
    expect(sentBefore).toBeGreaterThan(40);

    // From the 4th minute to the 64th nothing goes through.
    line.cut();
    await driveTo(first.page, 25 * MINUTE);
    await arrived(first.page, 25 * MINUTE);
    await first.page.close({ runBeforeUnload: false });
    const second = await first.context.newPage();
    await second.goto(`${line.url}/cab`);
    // On duty still, without a tap.
    await second.getByRole('button', { name: '结束作业' }).waitFor();
    await driveTo(second, 55 * MINUTE);
    await expect.poll(() => drivenTo(second), { timeout: 60_000, interval: 20 }).toBeGreaterThan(40 * MINUTE);
    // In the middle of it all, as the system ends a program: the page hears nothing of it.
    await crash(second);
    const third = await first.context.newPage();
    await third.goto(`${line.url}/cab`);
    await third.getByRole('button', { name: '结束作业' }).waitFor();
    const killedAt = await drivenTo(third);
    expect(killedAt).toBeLessThan(55 * MINUTE);
    await driveTo(third, BACK);
    await arrived(third, BACK);
    // Kept is a fix every 5 s, 6 m apart: 720 in an hour, less by one or two where a turn or a kill fell.
    await expect.poll(() => waiting(third), { timeout: 20_000 }).toBeGreaterThan(700);
    expect(disturbed.app.book.machines.detail('C1').fixes).toBe(sentBefore);

    await line.mend();
    await driveTo(third, track.length);
    await arrived(third, track.length);
    await arrived(calm.page, track.length);
    for (const page of [third, calm.page]) await expect.poll(() => waiting(page), { timeout: 60_000 }).toBe(0);

    const [expected, actual] = [await digestOf(undisturbed), await digestOf(disturbed)];
    expect(actual).toEqual(expected);
    expect(expected.fixes).toBeGreaterThan(780);
    // 67 minutes at 1.2 m/s in passes of 2.5 m: 47 whole passes of 100 m are 11,750 m² = 1,175,000 dm².
    expect(expected.totals.harvestDm2).toBeGreaterThan(1_150_000);
    // One run of numbers, from 1 without a hole.
    const [outbox, ...others] = disturbed.app.book.fold.outboxesOf('C1');
    expect(others).toEqual([]);
    expect(outbox.lastSeq).toBe(actual.fixes);
  },
  300_000,
);

/** 18.7 km/h to the north: each second 5.2 m further, so every position is kept. */
const northwards: Position[] = Array.from({ length: 900 }, (_, second) => [began + second * 1000, ...at(500, second * 5.2)]);
/** Enough for some 500 of them. */
const ROOM_BYTES = 250_000;

async function storedTimes(server: TestApp): Promise<number[]> {
  const times: number[] = [];
  for await (const batch of server.app.book.log.ofMachine('C1', 0, Date.now())) times.push(...acceptedOf(batch).map(fix => fix.fixTime));
  return times;
}

browserTest(
  'a phone that gets full gives up older fixes, names them as a gap, and every other one is stored once, the newest too',
  async () => {
    const server = await testApp({ realClock: true, pages });
    const line = await Line.to(server.url);
    // Without its own code, which would take room, too.
    const context = await phone(browser, { track: northwards, ...PACE, keepsPage: false });
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    const giveRoom = (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin: line.url, quotaSize });
    await giveRoom(ROOM_BYTES);
    await begin(server, page, line.url);
    line.cut();
    await driveTo(page, 750);
    const givenUp = async () => Number(/舍去 (\d+) 条/.exec(await page.locator('.cab-senses').innerText())?.[1] ?? 0);
    await expect.poll(givenUp).toBeGreaterThan(0);
    await arrived(page, 750);
    // What became free is counted by the browser some time later; until then new fixes may have to wait in memory.
    await giveRoom(10 * ROOM_BYTES);
    await driveTo(page, northwards.length);
    await expect.poll(async () => (await waiting(page)) + (await givenUp())).toBe(northwards.length);
    const thinned = await givenUp();
    await page.locator('.cab-gaps summary').tap();
    expect(await page.locator('.cab-gaps').innerText()).toMatch(/手机存满，舍去了较旧的定位/);

    await line.mend();
    await expect.poll(() => waiting(page), { timeout: 60_000 }).toBe(0);
    const stored = await storedTimes(server);
    const told = northwards.map(([time]) => time);
    expect(server.app.book.machines.detail('C1')).toMatchObject({ fixes: told.length - thinned, thinned, refused: 0 });
    // Once each and in order; of those given up one in five seconds is left; behind them, to the newest, none is missing.
    const lost = told.filter(time => !stored.includes(time));
    const [from, to] = [told.indexOf(lost[0]) - 1, told.indexOf(lost.at(-1)!) + 1];
    const left = told.slice(from, to).filter((_, i) => i % 5 === 0);
    expect(stored).toEqual([...told.slice(0, from), ...left, ...told.slice(to)]);
    const dispatcher = await server.token({ role: 'dispatcher', division: COUNTY });
    const { body } = await server.get(`/api/v1/machines/C1/trail?from=${told[0]}&to=${told.at(-1)}`, dispatcher);
    expect((body as { gaps: unknown[] }).gaps).toEqual([{ from: told[from], to: told[to], cause: 'thinned' }]);
  },
  120_000,
);
