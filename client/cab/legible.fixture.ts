import type { Page } from 'playwright-core';

/** Runs in the page: what is too small to read or to hit with a glove, or too pale to read in the sun. */
function illegible(): string[] {
  const [leastPx, leastTargetPx, leastContrast] = [18, 56, 4.5];
  const rgba = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const groundOf = (from: Element): number[] => {
    for (let at: Element | null = from; at; at = at.parentElement) {
      const [r, g, b, alpha = 1] = rgba(getComputedStyle(at).backgroundColor);
      if (alpha === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  /** WCAG 2: relative luminance. */
  const luminance = (colour: number[]): number => {
    const [r, g, b] = colour.slice(0, 3).map(part => (part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: number[], other: number[]): number => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const nameOf = (element: Element): string =>
    `${element.tagName}.${element.className} “${(element.textContent ?? '').trim().slice(0, 20)}”`;
  const isShown = (element: Element): boolean => element.checkVisibility() && !element.closest('[inert]');
  const found: string[] = [];
  let seen = 0;
  const walker = document.createTreeWalker(document.querySelector('.cab')!, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const element = text.parentElement!;
    if (!text.textContent?.trim() || !isShown(element)) continue;
    seen++;
    const style = getComputedStyle(element);
    if (Number.parseFloat(style.fontSize) < leastPx) found.push(`${style.fontSize}: ${nameOf(element)}`);
    // What cannot be used now may be pale.
    const ratio = contrast(rgba(style.color), groundOf(element));
    if (ratio < leastContrast && !element.closest(':disabled')) found.push(`contrast ${ratio.toFixed(1)}: ${nameOf(element)}`);
  }
  for (const target of document.querySelectorAll('.cab :is(button, a, summary, select, input:not([type=file]), label.cab-button)')) {
    const { width, height } = target.getBoundingClientRect();
    if (isShown(target) && (height < leastTargetPx || width < leastTargetPx)) found.push(`${width} × ${height}: ${nameOf(target)}`);
  }
  const across = document.documentElement.scrollWidth - innerWidth;
  if (across > 0) found.push(`${across} px wider than the screen`);
  return seen === 0 ? ['nothing is shown'] : found;
}

/** By day and by night. */
export async function illegibleOn(page: Page): Promise<string[]> {
  const found: string[] = [];
  const before = await page.evaluate(() => document.documentElement.dataset.skin ?? 'day');
  const turn = (skin: string) => page.evaluate(to => document.documentElement.setAttribute('data-skin', to), skin);
  for (const skin of ['day', 'night']) {
    await turn(skin);
    found.push(...(await page.evaluate(illegible)).map(one => `${skin}, ${one}`));
  }
  await turn(before);
  return found;
}
