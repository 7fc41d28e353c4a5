import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { test } from 'vitest';
import { buildClient } from './build.mjs';
import { chromiumAdvice, chromiumFlags, chromiumPath } from './chromium.ts';
import { projectRoot } from './install.mjs';

/**
 * A test that needs a browser: skipped where there is none, but on a build server (`CI`) it then fails, as nobody would notice. For files
 * named `*.browser.test.ts`.
 */
export const browserTest = test.skipIf(chromiumPath() === null && !process.env.CI);

/** The browser for tests and benches, to be closed by the caller. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(`There is no Chromium: ${chromiumAdvice}`);
  return await chromium.launch({ executablePath, args: chromiumFlags });
}

/** The folder of the built pages, built now if their sources have changed. */
export async function testPages(): Promise<string> {
  await buildClient();
  return join(projectRoot, 'dist/client');
}
