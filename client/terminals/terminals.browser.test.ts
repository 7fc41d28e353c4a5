import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { DrillTerminal } from '../../seed/drill/drill-terminal.ts';
import { LOCATION, locationBody, REGISTER, registerBody } from '../../seed/drill/terminal-frames.ts';
import { at, COUNTY, machine, NOON, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';

let browser: Browser;
let pages: string;

beforeAll(async () => {
  if (chromiumPath() === null) return;
  pages = await testPages();
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const HOSTILE = '<img src=x onerror="document.title=1">';
const [lng, lat] = at(0, 0);

browserTest('a terminal is enrolled, and its messages and place are seen as they come; what it says is shown as text', async () => {
  const server = await testApp({ machines: [machine('C1', { operatorName: HOSTILE })], pages });
  const port = await server.app.jt808.listen(0, '127.0.0.1');
  const token = await server.token({ role: 'dispatcher', division: COUNTY, name: '李调度' });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([{ name: 'session', value: token, url: server.url }]);
  const page = await context.newPage();
  const terminal = new DrillTerminal({ edition: 2013, number: '13812345678' }, { port, from: '127.0.0.1' });
  try {
    await page.goto(`${server.url}/terminals`);
    await page.getByText(`TCP 端口 ${port}`).waitFor();
    await page.getByText('还没有登记终端').waitFor();
    await page.getByLabel('终端号').fill('13812345678');
    await page.getByLabel('装在哪台农机').fill('C1');
    await page.getByRole('button', { name: `豫A·C1 · ${HOSTILE}` }).click();
    await page.getByRole('button', { name: '登记', exact: true }).click();
    const card = page.locator('.terminal', { hasText: '13812345678' });
    await card.getByText('○ 未连接').waitFor();
    expect(await card.innerText()).toMatch(/豫A·C1[\s\S]*李调度 登记于/);

    await terminal.tell(LOCATION, locationBody({ fixTime: NOON - 3_600_000, lng, lat, speedKmh: 4.3, headingDeg: 0 }));
    await terminal.tell(REGISTER, Buffer.concat([registerBody(2013), Buffer.from(HOSTILE)]));
    await card.getByText('● 已连接 · 来自 127.0.0.1').waitFor();
    expect((await card.locator('.terminal__counts').innerText()).replace(/\s+/g, ' ')).toMatch(/^已收 1 被拒 0 重复 0/);
    await card.getByText('最近消息').click();
    const messages = await card.locator('.terminal__messages li').allInnerTexts();
    expect(messages.map(text => text.replace(/^.*?(?=register|location|authenticate)/s, ''))).toEqual([
      `register ${HOSTILE} 127.0.0.1`,
      'location 113.400000 34.700000 4.3 km/h',
      'authenticate 127.0.0.1',
      'register 127.0.0.1',
    ]);
    expect([await page.locator('img[src=x]').count(), await page.title()]).toEqual([0, '麦收调度']);
  } finally {
    terminal.close();
  }
});
