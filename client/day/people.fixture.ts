import type { Browser, BrowserContext, Page } from 'playwright-core';

export const PASSWORD = 'gold wheat 27';

/** Puts a page's clock ahead by so many ms; its timers go on as they are. */
export function shiftClock(aheadMs: number): void {
  const Real = Date;
  class Shifted extends Real {
    constructor(...given: [] | [number]) {
      super(...((given.length === 0 ? [Real.now() + aheadMs] : given) as [number]));
    }
    static override now = (): number => Real.now() + aheadMs;
  }
  globalThis.Date = Shifted as DateConstructor;
}

/** Somebody at a browser of the own: what it complains of is kept. */
export class Person {
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.on('pageerror', error => this.complaints.push(error.message));
    page.on('console', message => {
      if (message.type() === 'error' && !/status of 401/.test(message.text())) this.complaints.push(message.text());
    });
  }

  static async at(context: BrowserContext, url: string): Promise<Person> {
    return new Person(await context.newPage(), url);
  }

  static async inOffice(browser: Browser, { url, aheadMs }: { url: string; aheadMs: number }, phone = false): Promise<Person> {
    const viewport = phone ? { width: 390, height: 844 } : { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, locale: 'zh-CN' });
    await context.addInitScript(shiftClock, aheadMs);
    return Person.at(context, url);
  }

  go = async (path: string): Promise<void> => {
    await this.page.goto(this.url + path);
  };

  press = (name: string | RegExp): Promise<void> => this.page.getByRole('button', { name }).first().click();
  fill = (label: string, text: string): Promise<void> => this.page.getByLabel(label).fill(text);
  sees = (text: string | RegExp): Promise<void> => this.page.getByText(text).first().waitFor();
  textOf = (selector: string): Promise<string> => this.page.locator(selector).first().innerText();

  /** Takes up an invitation with a login and a password. */
  async takeUp(path: string, login: string, name?: string): Promise<void> {
    await this.go(path);
    if (name !== undefined) await this.fill('姓名或单位', name);
    await this.fill('登录名', login);
    await this.fill('密码', PASSWORD);
    await this.press('建立账号并登录');
    await this.page.waitForURL(at => at.pathname !== '/invite');
  }
}
