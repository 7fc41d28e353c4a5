import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type TestApp, testApp } from '../../server/app-for-test.ts';
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

const PASSWORD = 'gold wheat 27';

/** A person at a browser of the own, with what that browser complains of beyond refusals that the page puts into words. */
async function person(server: TestApp, path: string): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  await page.goto(server.url + path);
  return { page, complaints };
}

describe('the first administrator', () => {
  let server: TestApp;
  let first: Awaited<ReturnType<typeof person>>;
  let guest: Awaited<ReturnType<typeof person>>;
  let link: string;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ fields: [], pages });
  });

  browserTest('follows the printed link and has an account', async () => {
    first = await person(server, '/');
    await first.page.getByText('还没有管理员账号').waitFor();
    const { path } = (await server.app.book.people.invitations.forFirstAdministrator())!;
    await first.page.goto(server.url + path);
    await first.page.getByText('邀请您以“系统管理员”身份使用本系统').waitFor();
    await first.page.getByLabel('姓名或单位').fill('王局');
    await first.page.getByLabel('登录名').fill('wang');
    await first.page.getByLabel('密码').fill('12345678');
    await first.page.getByRole('button', { name: '建立账号并登录' }).click();
    await first.page.getByText('这个密码太容易猜到').waitFor();
    await first.page.getByLabel('密码').fill(PASSWORD);
    await first.page.getByRole('button', { name: '建立账号并登录' }).click();
    await first.page.waitForURL(url => url.pathname === '/');
    await first.page.goto(`${server.url}/accounts`);
    await first.page.locator('.sheet tr', { hasText: 'wang' }).getByText('正常').waitFor();
  });

  browserTest('invites a dispatcher of a county, by link and QR code, and is warned that this link reaches nobody else', async () => {
    const { page } = first;
    await page.getByRole('button', { name: '邀请人员' }).click();
    await page.getByRole('radio', { name: '调度员' }).check();
    await page.getByLabel('管辖区划').fill('荥阳');
    await page.getByRole('button', { name: '荥阳市 郑州市' }).click();
    await page.getByLabel('姓名或单位').fill('荥阳调度中心');
    await page.getByRole('button', { name: '生成邀请' }).click();
    await page.getByText('本机地址，别的电脑和手机打不开').waitFor();
    expect(await page.locator('.qr-code path').count()).toBe(1);
    link = await page.locator('.new-link__link').innerText();
    expect(link).toMatch(new RegExp(`^${server.url}/invite#[A-Z2-9]{5}-[A-Z2-9]{5}$`));
    await page.getByRole('button', { name: '完成' }).click();
    await page.locator('.accounts__open tr', { hasText: '荥阳调度中心' }).waitFor();
  });

  browserTest('is joined by who takes it up, and who signs out and in again; the link opens nothing any more', async () => {
    guest = await person(server, new URL(link).pathname + new URL(link).hash);
    const { page } = guest;
    await page.getByText('荥阳市', { exact: true }).waitFor();
    await page.getByLabel('登录名').fill('Xingyang');
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '建立账号并登录' }).click();
    await page.locator('.menu__button').waitFor();
    await page.locator('.menu__button').click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.getByLabel('登录名').fill('xingyang');
    await page.getByLabel('密码').fill('not this one');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText('登录名或密码不对').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.locator('.menu__button', { hasText: '荥阳调度中心' }).waitFor();
    const late = await person(server, new URL(link).pathname + new URL(link).hash);
    await late.page.getByText('这个邀请码已经用过').waitFor();
  });

  browserTest('is asked by that dispatcher for nothing but operators of the county, whose code opens the cab', async () => {
    const { page } = guest;
    await page.goto(`${server.url}/accounts`);
    await page.getByText('还没有账号').waitFor();
    await page.getByRole('button', { name: '邀请人员' }).click();
    await page.getByLabel('所驾农机').fill('c1');
    await page.getByRole('button', { name: '豫A·C1' }).click();
    expect(await page.getByRole('radio').count()).toBe(0);
    // The name is the one that the machine's list has.
    expect(await page.getByLabel('姓名或单位').inputValue()).toBe('机手 C1');
    await page.getByRole('button', { name: '生成邀请' }).click();
    expect(await page.locator('.new-link__link').innerText()).toMatch(/\/cab#enrol=[A-Z2-9]{5}-[A-Z2-9]{5}$/);
    await page.getByRole('button', { name: '完成' }).click();
    await page.locator('.accounts__open tr', { hasText: '机手 C1' }).getByRole('button', { name: '撤回' }).click();
    await page.getByText('没有待接受的邀请').waitFor();
    await page.goto(server.url);
    await page.locator('.menu__button').waitFor();
  });

  browserTest('disables that account: its open page is at the sign-in page within two seconds', async () => {
    const { page } = first;
    await page.reload();
    await page.locator('.sheet tr', { hasText: 'Xingyang' }).getByRole('button').click();
    await page.getByRole('button', { name: '停用账号' }).click();
    await page.locator('.sheet tr', { hasText: 'Xingyang' }).getByText('已停用').waitFor();
    await guest.page.getByText('登录已在别处结束').waitFor({ timeout: 2000 });
  });

  browserTest('cannot disable the own account, and is told why; what was done is in the audit trail', async () => {
    const { page } = first;
    await page.goto(`${server.url}/audit`);
    const line = page.locator('.audit tr', { hasText: '停用账号' });
    await line.waitFor();
    expect(await line.innerText()).toMatch(/王局\s*系统管理员\s*停用账号\s*账号 荥阳调度中心\s*停用\s*是\s*127\.0\.0\.1/);
    await page.getByLabel('操作人').fill('荥阳');
    await expect.poll(() => page.locator('.audit tbody tr', { hasText: '王局' }).count()).toBe(0);
    expect(await page.locator('.audit tbody tr', { hasText: '退出登录' }).count()).toBe(1);
    await page.goto(`${server.url}/accounts`);
    await page.locator('.sheet tr', { hasText: 'wang' }).getByRole('button').click();
    await page.getByRole('button', { name: '停用账号' }).click();
    await page.getByText('这是最后一个能登录的管理员').waitFor();
    expect([first.complaints, guest.complaints]).toEqual([[], []]);
  });

  browserTest('sees a lock count down after five wrong passwords', async () => {
    const { page } = await person(server, '/');
    await page.getByLabel('登录名').fill('wang');
    for (let i = 0; i < 5; i++) {
      await page.getByLabel('密码').fill(`wrong password ${i}`);
      await page.getByRole('button', { name: '登录', exact: true }).click();
      await expect.poll(() => page.getByRole('button', { name: '登录', exact: true }).isEnabled()).toBe(true);
    }
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByText(/暂时锁定。1[45] 分 \d+ 秒后可再试/).waitFor();
    expect(await page.getByRole('button', { name: '登录', exact: true }).isEnabled()).toBe(false);
  });
});
