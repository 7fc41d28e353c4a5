import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { at, rectangle, type TestApp, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import { dayStart } from '../../shared/season.ts';
import { driveTo, type Position, phone } from '../cab/phone.fixture.ts';
import { Person, shiftClock } from './people.fixture.ts';
import { fieldsFile, machines, type SeasonFile, stations, units } from './season-files.ts';

const MINUTE = 60_000;
const DAY = '2027-06-06';
const MORNING = dayStart(DAY) + 10 * 60 * MINUTE;

/** 20 m × 100 m: 2,000 m², 3 mu. Beside it 40 m × 100 m, 6 mu, which nobody touches. */
const wheat = [
  { id: 'F1', polygon: rectangle(0, 0, 20, 100) },
  { id: 'F2', polygon: rectangle(60, 0, 40, 100) },
];
/** Eight passes of 2.5 m side by side, there and back at a metre a second, five metres over either end. */
const cutting: Position[] = Array.from({ length: 8 }, (_, pass) =>
  Array.from({ length: 111 }, (_, metre): Position => {
    const north = pass % 2 === 0 ? metre - 5 : 105 - metre;
    return [MORNING + (pass * 114 + metre) * 1000, ...at(1.25 + 2.5 * pass, north)];
  }),
).flat();

vi.setConfig({ testTimeout: 150_000 });

describe('the simplest day of a real season, from an empty database to the bulletin', () => {
  let browser: Browser;
  let server: TestApp;
  /** Everybody's clock, the server's too, is so far ahead of this computer's. */
  let aheadMs = MORNING + 20 * MINUTE - Date.now();
  let admin: Person;
  let operator: Person;
  let station: Person;
  const everybody: Person[] = [];
  const links: Record<string, string> = {};
  const clock = () => ({ url: server.url, aheadMs });

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ empty: true, realClock: true, wall: () => Date.now() + aheadMs, pages: await testPages() });
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  const newPerson = async (onPhone = false): Promise<Person> => {
    const person = await Person.inOffice(browser, clock(), onPhone);
    everybody.push(person);
    return person;
  };

  browserTest('the first administrator comes by the link that the program printed', async () => {
    const { path } = (await server.app.book.people.invitations.forFirstAdministrator())!;
    admin = await newPerson();
    await admin.takeUp(path, 'wang', '王局');
    await admin.page.waitForURL('**/setup');
  });

  browserTest('sets the season up from files', async () => {
    await admin.fill('年份', '2027');
    await admin.page.getByLabel('年份').blur();
    await admin.press('建立作业季');
    const bring = async (kind: string, title: string, file: SeasonFile, button: string) => {
      const step = admin.page.locator('.step', { has: admin.page.locator('.step__head strong', { hasText: title }) });
      // The first list lies open once there is a season.
      if (kind !== 'units') await step.locator('.step__head').click();
      await admin.page.locator(`input[name=${kind}]`).setInputFiles(file);
      await admin.press(button);
      await admin.page.locator('.note--good').waitFor();
    };
    await bring('units', '单位与面积', units, '导入 6 个单位');
    await bring('machines', '农机', machines, '导入 1 台农机');
    await bring('stations', '服务站', stations, '导入 1 个服务站');
    await bring('fields', '地块', fieldsFile(wheat), '导入 2 个地块');
    const { registry } = server.app.book;
    expect([
      registry.season?.year,
      registry.divisions.size,
      registry.machines.size,
      registry.stations.length,
      registry.fields.size,
    ]).toEqual([2027, 6, 1, 1, 2]);
  });

  browserTest('invites a dispatcher, a clerk, a station and an operator', async () => {
    const invite = async (role: string, label: string, typed: string, choice: RegExp, name: string) => {
      await admin.press('邀请人员');
      await admin.page.getByRole('radio', { name: role }).check();
      await admin.fill(label, typed);
      await admin.press(choice);
      await admin.fill('姓名或单位', name);
      await admin.press('生成邀请');
      const link = new URL(await admin.textOf('.new-link__link'));
      await admin.press('完成');
      return link.pathname + link.hash;
    };
    await admin.go('/accounts');
    links.dispatcher = await invite('调度员', '管辖区划', '荥阳', /^荥阳市/, '李调度');
    links.clerk = await invite('统计员', '管辖区划', '高村', /^高村乡/, '赵统计');
    links.station = await invite('服务站人员', '所属服务站', '高村', /^高村乡三夏服务站/, '孙师傅');
    links.operator = await invite('机手', '所驾农机', '00001', /^豫01·00001/, '张师傅');
  });

  browserTest('the operator enrols the phone, cuts a field of 3 mu, and sees 3.0', async () => {
    const context = await phone(browser, { track: cutting });
    await context.addInitScript(shiftClock, aheadMs);
    operator = await Person.at(context, server.url);
    everybody.push(operator);
    await operator.go(links.operator);
    await operator.sees('豫01·00001');
    await operator.press('同意，用这部手机作业');
    await operator.press('开始作业');
    await operator.press(/放下/);
    await driveTo(operator.page, cutting.length);
    const viewer = await server.token({ role: 'viewer' });
    const field = async () => (await server.get('/api/v1/fields/F1', viewer)).body as { stage: string; operations: unknown };
    await expect.poll(async () => (await field()).stage, { timeout: 100_000 }).toBe('harvested');
    // A minute untouched it shows a dim clock.
    if (await operator.page.locator('.cab-dark').isVisible()) await operator.page.locator('.cab-dark').tap();
    await expect.poll(() => operator.textOf('.cab-today b'), { timeout: 30_000 }).toBe('3.0');
    await expect.poll(() => operator.textOf('.cab-waiting'), { timeout: 30_000 }).toMatch(/待传 0/);
    expect((await field()).operations).toMatchObject([{ operation: 'harvest', machines: [{ machine: 'ZZ-1' }] }]);
  });

  browserTest('breaks down; the station sees it, repairs it, and the machine is available again', async () => {
    await operator.press('故障');
    await operator.press('发动机');
    await operator.press('报修');
    station = await newPerson(true);
    await station.takeUp(links.station, 'gaocun');
    await station.page.waitForURL('**/station');
    await station.page.locator('.queue__row', { hasText: '豫01·00001' }).click();
    expect(server.app.book.fleet.countsOf('410182')).toMatchObject({ registered: 1, inRepair: 1, available: 0 });
    await station.press('开始维修');
    await operator.sees('高村乡三夏服务站 正在修');
    await station.page.locator('textarea[name=parts]').fill('喷油嘴 1 个');
    await station.press('完成');
    await expect.poll(() => server.app.book.repairs.openOf('ZZ-1')).toBeNull();
    await operator.press('结束作业');
    await expect.poll(() => server.app.book.duties.of('ZZ-1')?.on).toBe(false);
  });

  browserTest('the clerk reports 2.5 mu by machine and 0.8 by hand, and that nothing is sown', async () => {
    aheadMs = dayStart(DAY) + 16 * 60 * MINUTE - Date.now();
    const clerk = await newPerson(true);
    await clerk.takeUp(links.clerk, 'zhao');
    await clerk.page.waitForURL('**/report');
    const inputs = (operation: string) => clerk.page.locator(`[data-operation=${operation}] input`);
    await inputs('harvest').nth(0).fill('2.5');
    await inputs('harvest').nth(1).fill('0.8');
    await inputs('sow').nth(0).fill('0');
    await inputs('sow').nth(1).fill('0');
    await clerk.page.locator('.report-send .button').click();
    await clerk.page.locator('[data-operation=sow] .report-card__done').waitFor();
  });

  browserTest('at 17:00 the dispatcher issues the bulletin, and every figure in it is right', async () => {
    aheadMs = dayStart(DAY) + (17 * 60 + 1) * MINUTE - Date.now();
    const dispatcher = await newPerson();
    await dispatcher.takeUp(links.dispatcher, 'li');
    await dispatcher.go('/bulletin');
    const row = async (unit: string) =>
      (await dispatcher.page.locator('.paper__table--progress tbody tr', { hasText: unit }).locator('td').allInnerTexts()).join(' | ');
    await dispatcher.page.locator('.paper__table--progress').waitFor();
    // 高村乡: measured 3.0 by machine beats the 2.5 reported, 0.8 by hand: 3.8 of 64 mu are 5.94 %, 3 of 3.8 by machine 78.95 %.
    expect(await row('高村乡')).toBe(
      '高村乡 | 64.0 | 3.8 | 3.0 | 5.94% | 78.95% | 3.8 | 50.0 | 0.0 | 0.0 | 0.00% | — | 0.0 | 0 | 0 | 0 | ',
    );
    expect(await row('王村镇')).toBe('王村镇 | 36.0 | 0.0 | 0.0 | 0.00% | — | 0.0 | 30.0 | 0.0 | 0.0 | 0.00% | — | 0.0 | 0 | 0 | 0 | ');
    // The machine belongs to the county: 3.8 of 100 mu.
    expect(await row('合计')).toBe('合计 | 100.0 | 3.8 | 3.0 | 3.80% | 78.95% | 3.8 | 80.0 | 0.0 | 0.0 | 0.00% | — | 0.0 | 1 | 0 | 0 | ');
    const compared = await dispatcher.page.locator('.paper__table--compared tbody tr', { hasText: '高村乡' }).locator('td').allInnerTexts();
    expect(compared.join(' | ')).toBe('高村乡 | — | 3.0 | 2.5 | 0.8 | 0.5 |  | 0.0 | 0.0 | 0.0 | 0.0 | ');
    await dispatcher.press('签发');
    await dispatcher.press('确认签发');
    await dispatcher.sees('第 1 版');
    // Only a page in front may write to the clipboard.
    await dispatcher.page.bringToFront();
    await dispatcher.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await dispatcher.press('复制微信文字');
    await dispatcher.sees('微信文字已复制');
    expect((await dispatcher.page.evaluate(() => navigator.clipboard.readText())).split('\n')).toEqual([
      '【荥阳市“三夏”农机生产进度】',
      '截至6月6日17时，荥阳市已收小麦3.8亩，占种植面积100亩的3.80%，机收率78.95%，当日收获3.8亩，出动联合收割机1台。',
      '夏播已播0.0亩，占计划面积80亩的0.00%，当日播种0.0亩，出动播种机0台。',
      '1. 高村乡：收3.8亩（5.94%），机收率78.95%，当日3.8亩；播0.0亩（0.00%），机播率—，当日0.0亩',
      '2. 王村镇：收0.0亩（0.00%），机收率—，当日0.0亩；播0.0亩（0.00%），机播率—，当日0.0亩',
      expect.stringMatching(/^签发：李调度 6月6日17时\d+分$/),
    ]);
    const issued = await server.get(`/api/v1/bulletins/410182/${DAY}/1`, await server.token({ role: 'administrator' }));
    expect(issued).toMatchObject({ status: 200, body: { author: '李调度', cutOff: dayStart(DAY) + 17 * 60 * MINUTE, version: 1 } });
  });

  browserTest('the audit trail names who did what, from the season to the bulletin', async () => {
    await admin.go('/audit');
    for (const [who, object] of [
      ['王局', 'season:2027'],
      ['张师傅', 'duty:ZZ-1'],
      ['孙师傅', 'repair:'],
      ['赵统计', 'reported:410182100:harvest'],
      ['李调度', 'bulletin:410182'],
    ]) {
      const { body } = await server.get(`/api/v1/audit?person=${encodeURIComponent(who)}`, await server.token({ role: 'administrator' }));
      expect(JSON.stringify(body)).toContain(object);
      await admin.sees(who);
    }
  });

  browserTest('nobody was told of an error on the way', () => {
    expect(everybody.map(person => person.complaints)).toEqual(everybody.map(() => []));
  });
});
