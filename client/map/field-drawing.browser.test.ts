import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { at, field, rectangle, type TestApp, TOWN, testApp } from '../../server/app-for-test.ts';
import { chromiumPath } from '../../server/program/chromium.ts';
import { browserTest, openBrowser, testPages } from '../../server/program/test-browser.ts';
import type { Polygon } from '../../shared/registry.ts';

/** 100 m × 200 m: 20,000 m² or 30 mu. */
const broad = rectangle(0, 0, 100, 200);

/** Two fields with 3 m between them, 100 m and 50 m wide. */
const fields = [field('F1', broad), field('F2', rectangle(300, 0, 100, 200)), field('F3', rectangle(403, 0, 50, 200))];

describe('drawing fields on the map', () => {
  let browser: Browser;
  let server: TestApp;
  let page: Page;

  beforeAll(async () => {
    if (chromiumPath() === null) return;
    server = await testApp({ demo: true, fields, pages: await testPages() });
    browser = await openBrowser();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.getByText('看全市农机、地块与进度').click();
    await page.locator('.header__time').waitFor();
  });
  afterAll(() => browser?.close());

  const fieldNow = async (id: string) => {
    const token = await server.token({ role: 'viewer' });
    return (await server.get(`/api/v1/fields/${id}`, token)).body as {
      areaMu: number;
      version: number;
      village: string;
      town: string;
      polygon: Polygon;
    };
  };

  /** Where the corners are on the page, once the map has come to rest. */
  const restingCorners = async () => {
    const corners = page.locator('.marker-icon:not(.marker-icon-middle)');
    await expect.poll(() => corners.count()).toBe(4);
    let before = '';
    const boxes = async () => Promise.all((await corners.all()).map(corner => corner.boundingBox()));
    await expect
      .poll(async () => {
        const now = JSON.stringify(await boxes());
        const isResting = now === before;
        before = now;
        return isResting;
      })
      .toBe(true);
    return (await boxes()).map(box => ({ x: box!.x + box!.width / 2, y: box!.y + box!.height / 2 }));
  };

  browserTest('a corner is dragged, and the field has the boundary that was drawn', async () => {
    await page.goto(`${server.url}/#/${TOWN}/field/F1`);
    await page.getByRole('button', { name: '修改边界' }).click();
    const bar = page.locator('.drawing');
    await expect.poll(() => bar.innerText()).toMatch(/29\.9|30\.0|30\.1/);
    // The two upper corners come down by half of the height: 15 mu are left.
    const places = await restingCorners();
    const middleY = (Math.min(...places.map(({ y }) => y)) + Math.max(...places.map(({ y }) => y))) / 2;
    for (const { x, y } of places.filter(place => place.y < middleY)) {
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x, (y + middleY) / 2, { steps: 4 });
      await page.mouse.move(x, middleY, { steps: 4 });
      await page.mouse.up();
    }
    await bar.getByRole('button', { name: '保存' }).click();
    await expect.poll(async () => (await fieldNow('F1')).version, { timeout: 15_000 }).toBe(2);
    expect((await fieldNow('F1')).areaMu).toBeCloseTo(15, 0);
    await page
      .locator('.drawer', { hasText: '15.' })
      .or(page.locator('.drawer', { hasText: '14.9' }))
      .waitFor();
  });

  browserTest('a field is drawn corner by corner, named, and is there', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '新画地块' }).click();
    const bar = page.locator('.drawing');
    await bar.getByText('逐个点出边角').waitFor();
    const map = (await page.locator('.map__canvas').boundingBox())!;
    const [left, top] = [map.x + map.width / 2 - 300, map.y + 180];
    await expect.poll(() => page.locator('.leaflet-container.geoman-draw-cursor').count()).toBe(1);
    for (const [x, y] of [
      [left, top],
      [left + 120, top],
      [left + 120, top + 90],
      [left, top + 90],
      [left, top],
    ] as const) {
      await page.mouse.click(x, y, { delay: 30 });
    }
    await bar.locator('.drawing__village').fill('<img src=x onerror=alert(1)>村');
    await bar.getByRole('button', { name: '保存' }).click();
    await page.locator('.drawer', { hasText: '<img src=x' }).waitFor();
    const id = new URL(page.url()).hash.split('/').at(-1)!;
    expect(await fieldNow(id)).toMatchObject({ village: '<img src=x onerror=alert(1)>村', town: TOWN, version: 1 });
  });

  browserTest('what cannot be a field is refused in words, and nothing is lost', async () => {
    await page.goto(`${server.url}/#/${TOWN}/field/F1`);
    await page.getByRole('button', { name: '修改边界' }).click();
    await expect.poll(() => page.locator('.marker-icon:not(.marker-icon-middle)').count()).toBe(4);
    const token = await server.token({ role: 'administrator' });
    const other = { polygon: { type: 'Polygon', coordinates: [[at(0, 0), at(50, 0), at(50, 50), at(0, 0)]] }, version: 2 };
    expect((await server.send('PUT', '/api/v1/fields/F1', other, token)).status).toBe(200);
    await page.locator('.drawing').getByRole('button', { name: '保存' }).click();
    await page.locator('.drawing [role=alert]', { hasText: '刚被别人改过' }).waitFor();
    await page.locator('.drawing').getByRole('button', { name: '取消' }).click();
    expect(await page.locator('.marker-icon').count()).toBe(0);
  });

  browserTest('a corner that comes near to one of the field beside it lands on that', async () => {
    await page.goto(`${server.url}/#/${TOWN}/field/F2`);
    await page.getByRole('button', { name: '修改边界' }).click();
    const places = await restingCorners();
    const [left, right, top] = [
      Math.min(...places.map(({ x }) => x)),
      Math.max(...places.map(({ x }) => x)),
      Math.min(...places.map(({ y }) => y)),
    ];
    const beside = right + (3 * (right - left)) / 100;
    await page.mouse.move(right, top);
    await page.mouse.down();
    await page.mouse.move(beside + 20, top + 20, { steps: 4 });
    await page.mouse.move(beside + 5, top + 4, { steps: 4 });
    await page.mouse.up();
    await page.locator('.drawing').getByRole('button', { name: '保存' }).click();
    await expect.poll(async () => (await fieldNow('F2')).version, { timeout: 15_000 }).toBe(2);
    await page.locator('.drawing').waitFor({ state: 'detached' });
    const [lng, lat] = at(403, 200);
    const nearest = (await fieldNow('F2')).polygon.coordinates[0].map(([x, y]) => Math.hypot(x - lng, y - lat)).sort((a, b) => a - b)[0];
    expect(nearest).toBeLessThan(1e-8);
  });

  browserTest('a field is cut by a line that is drawn through it, and joined again with the one that is clicked', async () => {
    await page.goto(`${server.url}/#/${TOWN}/field/F3`);
    await page.getByRole('button', { name: '一块分成两块' }).click();
    await expect.poll(() => page.locator('.leaflet-container.geoman-draw-cursor').count()).toBe(1);
    const map = (await page.locator('.map__canvas').boundingBox())!;
    const cover = (await page.locator('.drawer').boundingBox())!.width;
    const middle = map.x + (map.width - cover) / 2;
    await page.mouse.click(middle + 10, map.y + 95, { delay: 30 });
    await page.mouse.click(middle + 10, map.y + map.height - 40, { delay: 30 });
    const bar = page.locator('.drawing');
    await bar.getByText(/变为 .* \+ /).waitFor();
    await bar.getByRole('button', { name: '分开' }).click();
    await page.locator('.drawer', { hasText: 'F3-1' }).waitFor();
    const [one, other] = [await fieldNow('F3-1'), await fieldNow('F3-2')];
    // 50 m × 200 m = 15 mu.
    expect(one.areaMu + other.areaMu).toBeCloseTo(15, 1);
    expect(one.areaMu).toBeGreaterThan(other.areaMu);
    await page.getByRole('button', { name: '并成一块地' }).click();
    await bar.getByText('点一下图上紧挨着的另一块地').waitFor();
    // The smaller lies to the east.
    await expect
      .poll(async () => {
        await page.mouse.click(middle + 100, map.y + map.height / 2);
        return bar.getByText('变为').count();
      })
      .toBe(1);
    await bar.getByRole('button', { name: '合并' }).click();
    await page.locator('.drawer', { hasText: 'F3-1-1' }).waitFor();
    expect((await fieldNow('F3-1-1')).areaMu).toBeCloseTo(15, 1);
  });
});
