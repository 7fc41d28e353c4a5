import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The drill alone takes as long as many others: begun first, nobody waits for it at the end. */
class DrillFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isDrill = (file: TestSpecification) => file.moduleId.endsWith('drill.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isDrill), ...sorted.filter(file => !isDrill(file))];
  }
}

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
    // A worker loads the server's modules once, not once a file; no file leaves anything behind in them.
    isolate: false,
    sequence: { sequencer: DrillFirst },
  },
});
