import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['{server,shared,client,seed}/**/*.test.{ts,tsx}'],
    globalSetup: 'server/database/test-setup.ts',
    // Real processes, a real database and a real browser on a shared machine: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    maxWorkers: 2,
  },
});
