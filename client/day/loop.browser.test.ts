import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { at, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { Advice } from '../../shared/advice.ts';
import { driveTo, invitation, type Position, phone } from '../cab/phone.fixture.ts';
import { liveThrough, MORNING, machines } from './late-county.fixture.ts';
import { Person, shiftClock } from './people.fixture.ts';

vi.setConfig({ testTimeout: 150_000 });

const MINUTE = 60_000;
const SETS_OUT = MORNING + 40 * MINUTE;
/** From 登封 westward over the border to the middle of 荥阳: 8 km at 20 m/s, a fix a second. */
const westward: Position[] = Array.from(
  { length: 400 },
  (_, second): Position => [SETS_OUT + second * 1000, ...at(8500 - 20 * second, 20)],
);

describe('a county falls behind, and machines come from where they can be spared', () => {
  let browser: Browser;
  let server: TestApp;
  /** Everybody's clock, the server's too, is so far ahead of this computer's. */
  let aheadMs = 0;
  const setNow = (to: number) => {
    aheadMs = to - Date.now();
  };
  let dispatcher: Person;
  const operators = new Map<string, Person>();
  let finishBefore: string;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ machines, realClock: true, wall: () => Date.now() + aheadMs, pages: await testPages(), forecasts: true });
    await liveThrough(server, setNow);
    setNow(MORNING + 20 * MINUTE);
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  const api = async (path: string): Promise<never> =>
    (await server.get(`/api/v1${path}`, await server.token({ role: 'administrator', name: '王局' }))).body;
  const finishOf = async (division: string): Promise<string> =>
    ((await api(`/forecasts?division=${division}`)) as { forecast: { finish: { p50: string } } }).forecast.finish.p50;
  /** The latest. */
  const adviceNow = async (): Promise<Advice> =>
    ((await api('/advice?division=410100&state=all')) as { advice: Advice[] }).advice.find(({ kind }) => kind === 'moves')!;

  /** Of the four machines, by machine. */
  const ordersBy = () => [...server.app.book.orderLedger.orders.values()].sort((one, two) => (one.machine < two.machine ? -1 : 1));
  /** A minute untouched a phone shows a dim clock. */
  const wake = async ({ page }: Person): Promise<void> => {
    if (await page.locator('.cab-dark').isVisible()) await page.locator('.cab-dark').tap();
  };

  async function onDuty(machine: string): Promise<Person> {
    const context = await phone(browser, { track: machine === 'B1' ? westward : [] });
    await context.addInitScript(shiftClock, aheadMs);
    const operator = await Person.at(context, server.url);
    operators.set(machine, operator);
    await operator.go(await invitation(server, machine));
    await operator.press('同意，用这部手机作业');
    await operator.press('开始作业');
    await operator.sees('结束作业');
    return operator;
  }

  browserTest('two operators of the county that is through are on duty', async () => {
    await onDuty('B1');
    await onDuty('B2');
  });

  browserTest('the dispatcher sees the late county first, and advice with its reasons', async () => {
    dispatcher = await Person.inOffice(browser, { url: server.url, aheadMs });
    const session = await server.token({ role: 'dispatcher', name: '李调度', division: '410100' });
    await dispatcher.page.context().addCookies([{ name: 'session', value: session, url: server.url }]);
    await dispatcher.go('/board');
    const first = dispatcher.page.locator('.board-row--unit').first();
    await first.getByText(/晚 \d+ 天/).waitFor();
    expect(await first.innerText()).toMatch(/荥阳市/);
    finishBefore = await finishOf('410182');
    // 60 of 2,000 mu a day: weeks after the deadline.
    expect(finishBefore > '2027-06-25').toBe(true);
  });

  browserTest('tries out what visiting machines and rain would do, and takes over the moves of a scenario as advice', async () => {
    await dispatcher.go('/what-if');
    const late = dispatcher.page.locator('.what-if__table tr', { hasText: '荥阳市' }).first();
    await dispatcher.press('多来 200 台外地机');
    await dispatcher.press(/^推演$/);
    await late.getByText(/早 \d+ 天/).waitFor();
    await dispatcher.press('丢弃');
    await late.waitFor({ state: 'detached' });
    // Nothing of it was kept.
    expect(await adviceNow()).toBe(undefined);
    await dispatcher.press('8–9 日有雨');
    await dispatcher.page.getByLabel('设想里也允许调机').check();
    await dispatcher.press(/^推演$/);
    await late.waitFor();
    await dispatcher.press('采纳其中的调机');
    await dispatcher.sees('已生成一份待批准的建议。');
    expect([(await adviceNow()).state, (await adviceNow()).reasons[0].code]).toEqual(['open', 'scenario']);
    await dispatcher.go('/board');
  });

  browserTest('approves it: the phones get their orders at once', async () => {
    await dispatcher.press('算麦收调机');
    // In place of the scenario's.
    const card = dispatcher.page.locator('article.advice', { hasText: '县间调机建议', hasNotText: '来自推演' });
    await card.getByText('今天调 4 台').waitFor();
    expect(await card.innerText()).toMatch(/荥阳市：预计 .* 完成，比期限 6月12日 晚 \d+ 天/);
    expect(await card.innerText()).toMatch(/4 台.*收割机：登封市 → 荥阳市/);
    await card.getByRole('button', { name: '批准', exact: true }).click();
    await dispatcher.press('批准并派出');
    await dispatcher.page.getByRole('button', { name: '批准并派出' }).waitFor({ state: 'detached' });
    for (const operator of operators.values()) {
      await wake(operator);
      await operator.sees(/荥阳市/);
    }
    const advice = await adviceNow();
    expect([advice.state, advice.decision?.by, advice.decision?.orders.length]).toEqual(['approved', '李调度', 4]);
    expect(ordersBy().map(({ state }) => state)).toEqual(['offered', 'offered', 'offered', 'offered']);
  });

  browserTest('one operator accepts and sets out, one declines with a reason; the dispatcher sees both', async () => {
    const [one, other] = [operators.get('B1')!, operators.get('B2')!];
    await one.press('接受');
    await one.press('出发');
    await other.press('不接');
    await other.press('机器坏了');
    await expect
      .poll(() => ordersBy().map(({ machine, state }) => `${machine} ${state}`))
      .toEqual(['B1 onTheWay', 'B2 declined', 'B3 offered', 'B4 offered']);
    const board = dispatcher.page.locator('.board');
    await board.getByText('前往中').first().waitFor();
    await dispatcher.sees('机器坏了');
  });

  browserTest('the machine arrives, its order ends by itself, and the forecast turns', async () => {
    setNow(MORNING + 55 * MINUTE);
    await driveTo(operators.get('B1')!.page, westward.length);
    await expect.poll(() => server.app.book.fleet.machines.get('B1')?.county, { timeout: 60_000 }).toBe('410182');
    await expect.poll(() => ordersBy()[0].state, { timeout: 60_000 }).toBe('done');
    // Forecasts are made anew every half hour.
    setNow(MORNING + 95 * MINUTE);
    await expect.poll(() => finishOf('410182'), { timeout: 90_000 }).not.toBe(finishBefore);
    // A third combine beside two.
    expect((await finishOf('410182')) < finishBefore).toBe(true);
  });

  browserTest('all of it is on record, and no browser complained', async () => {
    const administrator = await server.token({ role: 'administrator', name: '王局' });
    const advice = await adviceNow();
    for (const [who, object] of [
      ['李调度', `advice:${advice.id}`],
      ['机手 B1', `order:${ordersBy()[0].id}`],
      ['机手 B2', `order:${ordersBy()[1].id}`],
    ]) {
      const { body } = await server.get(`/api/v1/audit?person=${encodeURIComponent(who)}`, administrator);
      expect(JSON.stringify(body)).toContain(object);
    }
    for (const person of [dispatcher, ...operators.values()]) expect(person.complaints).toEqual([]);
  });
});
