import { expect } from 'vitest';
import { browserTest, openBrowser } from './test-browser.ts';

browserTest('the browser draws Chinese text with real glyphs', async () => {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent('<span id="wheat">麦</span><span id="corn">玉</span><span id="none">\u{10FFFF}</span>');
    const pictures = await Promise.all(
      ['#wheat', '#corn', '#none'].map(id =>
        page
          .locator(id)
          .screenshot()
          .then(bytes => bytes.toString('base64')),
      ),
    );
    expect(new Set(pictures).size).toBe(3);
  } finally {
    await browser.close();
  }
});
